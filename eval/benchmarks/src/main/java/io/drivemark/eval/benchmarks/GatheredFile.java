package io.drivemark.eval.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.StandInImage;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.architectures.onnx.gated.NotNarrow;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** The exported file in gathered form in a session as anybody opens it. */
final class GatheredFile implements Runnable {
  private final OrtSession session;
  private final Map<String, OnnxTensor> image;

  GatheredFile(Closer open, Network gated, int height, int width, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.addConfigEntry("session.intra_op.allow_spinning", "0"); // others take turns with it
      byte[] bytes = GatedForms.of(gated).orElseThrow().gathered(height, width).bytes();
      session = open.add(environment.createSession(bytes, options));
      String name = gated.inputs().get(0).name();
      int channels = gated.inputs().get(0).shape().channels();
      FloatBuffer values =
          ByteBuffer.allocateDirect(4 * channels * height * width)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      StandInImage.fill(values);
      long[] shape = {1, channels, height, width};
      image = Map.of(name, open.add(OnnxTensor.createTensor(environment, values, shape)));
    } catch (OrtException | NotNarrow e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    try {
      session.run(image).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
