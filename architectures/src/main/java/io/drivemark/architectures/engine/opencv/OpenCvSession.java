package io.drivemark.architectures.engine.opencv;

import io.drivemark.architectures.engine.Buffers;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/**
 * A network in OpenCV. Values go through buffers of its own that OpenCV's matrices lie on, one copy
 * in and one out.
 */
final class OpenCvSession implements Session {
  private final Net net;
  private Optional<GateRun> gates = Optional.empty();
  private final String version;
  private final String network;
  private final int threads;
  private final Shape inputShape;
  private final List<String> layers;
  private final List<Shape> outputShapes = new ArrayList<>();
  private final FloatBuffer input;
  private final Mat inputMat;
  private final List<FloatBuffer> outputs = new ArrayList<>();
  private final List<Mat> outputMats = new ArrayList<>();
  private boolean closed;

  private OpenCvSession(Net net, Importable importable, String version, EngineOptions options) {
    this.net = net;
    this.version = version;
    this.network = importable.network().name();
    this.threads = options.threads();
    this.inputShape = importable.inputShape();
    this.layers = importable.network().outputs();
    ByteBuffer bytes = bytes(inputShape);
    this.input = bytes.asFloatBuffer();
    this.inputMat = mat(bytes, inputShape);
  }

  /** Takes over an imported network and runs it once, so that what fails, fails here. */
  static OpenCvSession around(
      Net net, Importable importable, String version, EngineOptions options) {
    net.setPreferableBackend(Dnn.DNN_BACKEND_OPENCV);
    net.setPreferableTarget(Dnn.DNN_TARGET_CPU);
    OpenCvSession session = new OpenCvSession(net, importable, version, options);
    try {
      session.prepare(importable);
      return session;
    } catch (Exception e) {
      Closer.after(e, session);
      throw e;
    }
  }

  private void prepare(Importable importable) {
    List<Mat> results = forward();
    for (int i = 0; i < results.size(); i++) {
      Shape found = shape(results.get(i));
      Shape expected = importable.outputShapes().get(i);
      if (expected.isKnown() && expected.elements() != found.elements()) {
        throw new BadInputException(
            "opencv: output "
                + i
                + " of network "
                + network
                + " has shape "
                + found
                + ", expected "
                + expected);
      }
      Shape shape = expected.isKnown() ? expected : found;
      outputShapes.add(shape);
      ByteBuffer bytes = bytes(shape);
      outputs.add(bytes.asFloatBuffer());
      outputMats.add(mat(bytes, found));
      results.get(i).release();
    }
    Reference.reachabilityFence(results); // not finalised while the last is being released
  }

  /** Whether noise gives the same outputs, up to 1e-3·max(1, max|output|). */
  boolean answersLike(OpenCvSession other) {
    Random random = new Random(1);
    FloatBuffer noise = Session.buffer(inputShape);
    for (int i = 0; i < noise.capacity(); i++) {
      noise.put(i, (float) random.nextGaussian());
    }
    List<FloatBuffer> mine = outputShapes.stream().map(Session::buffer).toList();
    List<FloatBuffer> theirs = outputShapes.stream().map(Session::buffer).toList();
    run(noise, mine);
    other.run(noise, theirs);
    for (int i = 0; i < mine.size(); i++) {
      float largest = 1;
      float apart = 0;
      for (int j = 0; j < mine.get(i).capacity(); j++) {
        largest = Math.max(largest, Math.abs(theirs.get(i).get(j)));
        apart = Math.max(apart, Math.abs(theirs.get(i).get(j) - mine.get(i).get(j)));
      }
      if (!(apart <= 1e-3f * largest)) {
        return false;
      }
    }
    return true;
  }

  private List<Mat> forward() {
    if (Core.getNumThreads() != threads) {
      Core.setNumThreads(threads);
    }
    net.setInput(inputMat);
    List<Mat> results = new ArrayList<>();
    net.forward(results, layers);
    return results;
  }

  @Override
  public String runtimeVersion() {
    return version;
  }

  /** The same session, which says that it runs gates so. */
  OpenCvSession running(Optional<GateRun> run) {
    gates = run;
    return this;
  }

  @Override
  public Optional<GateRun> gates() {
    return gates;
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public List<Shape> outputShapes() {
    return List.copyOf(outputShapes);
  }

  @Override
  public void run(FloatBuffer image, List<FloatBuffer> results) {
    if (closed) {
      throw new IllegalStateException("this opencv session is closed; open another");
    }
    Buffers.check(image, inputShape, results, outputShapes);
    EngineFailure.running("opencv", network, inputShape, () -> answer(image, results));
  }

  private Void answer(FloatBuffer image, List<FloatBuffer> results) {
    input.put(0, image.duplicate().clear(), 0, input.capacity());
    List<Mat> made = forward();
    for (int i = 0; i < made.size(); i++) {
      made.get(i).convertTo(outputMats.get(i), CvType.CV_32F);
      made.get(i).release();
      FloatBuffer values = outputs.get(i);
      results.get(i).duplicate().clear().put(0, values, 0, values.capacity());
    }
    Reference.reachabilityFence(made);
    return null;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      outputMats.forEach(Mat::release);
      inputMat.release();
      Reference.reachabilityFence(this);
    }
  }

  private static ByteBuffer bytes(Shape shape) {
    return ByteBuffer.allocateDirect(Math.toIntExact(4 * shape.elements()))
        .order(ByteOrder.nativeOrder());
  }

  /** A matrix that lies on a buffer. */
  private static Mat mat(ByteBuffer bytes, Shape shape) {
    Mat flat = new Mat(1, bytes.capacity() / 4, CvType.CV_32F, bytes);
    Mat shaped = flat.reshape(1, shape.extents());
    flat.release();
    Reference.reachabilityFence(flat);
    return shaped;
  }

  private static Shape shape(Mat mat) {
    int[] extents = new int[mat.dims()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = mat.size(i);
    }
    return Shape.of(extents);
  }
}
