package io.drivemark.architectures.engine.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.drivemark.architectures.engine.Buffers;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in ONNX Runtime. The caller's buffers are wrapped once and remembered, so that running
 * again with the same buffers copies and allocates next to nothing. Outputs of other types, class
 * labels for example, are converted to float32.
 */
final class OnnxRuntimeSession implements Session {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String network;
  private final String inputName;
  private final Shape inputShape;
  private final List<Output> outputs = new ArrayList<>();
  private final List<Shape> outputShapes;
  private final Map<String, OnnxValue> pinned = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private Optional<GateRun> gates = Optional.empty();
  private FloatBuffer wrappedInput;
  private boolean closed;

  /** An output: the tensor the runtime writes to, and the buffer it was wrapped around. */
  private static final class Output {
    final String name;
    final Shape shape;
    final OnnxJavaType type;
    FloatBuffer wrapped;
    OnnxTensor tensor;

    Output(String name, Shape shape, OnnxJavaType type) {
      this.name = name;
      this.shape = shape;
      this.type = type;
    }
  }

  private OnnxRuntimeSession(
      OrtEnvironment environment, OrtSession session, Network network, Shape inputShape) {
    this.environment = environment;
    this.session = session;
    this.network = network.name();
    this.inputName = network.inputs().get(0).name();
    this.inputShape = inputShape;
    this.outputShapes = new ArrayList<>();
  }

  /** Takes over an opened session; closes it if it cannot be used. */
  static OnnxRuntimeSession around(OrtEnvironment environment, OrtSession session, Network network)
      throws OrtException {
    try {
      String input = network.inputs().get(0).name();
      TensorInfo info = (TensorInfo) session.getInputInfo().get(input).getInfo();
      OnnxRuntimeSession made =
          new OnnxRuntimeSession(environment, session, network, shape(info.getShape()));
      Map<String, TensorInfo> infos = made.describe(network.outputs());
      for (String name : network.outputs()) {
        TensorInfo output = infos.get(name);
        made.outputs.add(
            new Output(name, shape(output.getShape()), checked(network, name, output)));
        made.outputShapes.add(shape(output.getShape()));
      }
      return made;
    } catch (OrtException | RuntimeException e) {
      Closer.after(e, session);
      throw e;
    }
  }

  /** The same session, which says that it runs gates so. */
  OnnxRuntimeSession running(GateRun run) {
    gates = Optional.of(run);
    return this;
  }

  @Override
  public Optional<GateRun> gates() {
    return gates;
  }

  /** What the runtime says of the outputs; where it cannot say, what a first run gives. */
  private Map<String, TensorInfo> describe(List<String> names) throws OrtException {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    Map<String, NodeInfo> declared = session.getOutputInfo();
    for (String name : names) {
      if (declared.get(name).getInfo() instanceof TensorInfo info && isKnown(info)) {
        infos.put(name, info);
      }
    }
    if (infos.size() < names.size()) {
      FloatBuffer zeros = Session.buffer(inputShape);
      try (OnnxTensor x = OnnxTensor.createTensor(environment, zeros, longs(inputShape));
          OrtSession.Result result = session.run(Map.of(inputName, x))) {
        for (String name : names) {
          OnnxValue value = result.get(name).orElseThrow();
          if (!(value.getInfo() instanceof TensorInfo info)) {
            throw new BadInputException(
                "onnxruntime: output " + name + " of network " + network + " is no tensor");
          }
          infos.put(name, info);
        }
      }
    }
    return infos;
  }

  private static boolean isKnown(TensorInfo info) {
    for (long extent : info.getShape()) {
      if (extent < 0) {
        return false;
      }
    }
    return true;
  }

  private static OnnxJavaType checked(Network network, String name, TensorInfo info) {
    return switch (info.type) {
      case FLOAT, INT64, INT32, UINT8, INT8, FLOAT16, BFLOAT16, DOUBLE, BOOL, INT16 -> info.type;
      default ->
          throw new BadInputException(
              "onnxruntime: output "
                  + name
                  + " of network "
                  + network.name()
                  + " holds "
                  + info.type
                  + "; numbers or truth values are expected: convert it with Cast to float32, and"
                  + " export it again");
    };
  }

  @Override
  public String runtimeVersion() {
    return environment.getVersion();
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
  public void run(FloatBuffer input, List<FloatBuffer> results) {
    checkOpen();
    Buffers.check(input, inputShape, results, outputShapes);
    EngineFailure.running(
        "onnxruntime",
        network,
        inputShape,
        () -> {
          bindInput(input);
          for (int i = 0; i < outputs.size(); i++) {
            bindOutput(outputs.get(i), results.get(i));
          }
          session.run(inputs, pinned).close();
          return null;
        });
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).type != OnnxJavaType.FLOAT) {
        OutputValues.copy(outputs.get(i).tensor, results.get(i).duplicate().clear());
      }
    }
  }

  private void bindInput(FloatBuffer input) throws OrtException {
    if (input == wrappedInput) {
      return;
    }
    FloatBuffer view = view(input, inputShape);
    OnnxTensor tensor = OnnxTensor.createTensor(environment, view, longs(inputShape));
    OnnxTensor old = inputs.put(inputName, tensor);
    wrappedInput = input;
    if (old != null) {
      old.close();
    }
  }

  private void bindOutput(Output output, FloatBuffer buffer) throws OrtException {
    if (buffer == output.wrapped) {
      return;
    }
    FloatBuffer view = view(buffer, output.shape);
    if (output.type == OnnxJavaType.FLOAT || output.tensor == null) {
      OnnxTensor tensor =
          output.type == OnnxJavaType.FLOAT
              ? OnnxTensor.createTensor(environment, view, longs(output.shape))
              : own(output);
      OnnxTensor old = output.tensor;
      output.tensor = tensor;
      pinned.put(output.name, tensor);
      if (old != null) {
        old.close();
      }
    }
    output.wrapped = buffer;
  }

  private OnnxTensor own(Output output) throws OrtException {
    int bytes = Math.toIntExact(output.shape.elements() * output.type.size);
    ByteBuffer own = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, own, longs(output.shape), output.type);
  }

  private static FloatBuffer view(FloatBuffer buffer, Shape shape) {
    return buffer.duplicate().clear().limit(Math.toIntExact(shape.elements()));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this onnxruntime session is closed; open another");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Closer all = new Closer();
    all.add(session);
    outputs.stream().filter(o -> o.tensor != null).forEach(o -> all.add(o.tensor));
    inputs.values().forEach(all::add);
    all.close();
  }

  private static Shape shape(long[] extents) {
    int[] all = new int[extents.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.toIntExact(extents[i]);
    }
    return Shape.of(all);
  }

  private static long[] longs(Shape shape) {
    int[] extents = shape.extents();
    long[] all = new long[extents.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = extents[i];
    }
    return all;
  }
}
