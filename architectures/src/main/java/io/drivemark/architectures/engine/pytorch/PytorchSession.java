package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.drivemark.architectures.engine.Buffers;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network opened for inference: weights and script stay in native memory. Not thread-safe. */
final class PytorchSession implements Session {
  private final String network;
  private final String version;
  private final int threads;
  private final Shape input;
  private final List<Shape> outputs;
  private final PtNDManager manager;
  private final PtSymbolBlock script;
  private final FloatBuffer image;
  private final List<IValue> arguments = new ArrayList<>();
  private final Optional<GateRun> gates;
  private boolean closed;

  PytorchSession(Network network, Shape input, EngineOptions options) {
    this.network = network.name();
    this.gates = GateRun.masked("pytorch", GatedForms.isGated(network), options.form());
    this.input = input;
    this.threads = options.threads();
    String source;
    try {
      ScriptWriter writer = new ScriptWriter(network, input, ScriptMode.INFERENCE);
      String body = writer.write("x");
      this.outputs = network.outputs().stream().map(writer::shape).toList();
      List<String> results =
          network.outputs().stream()
              .map(o -> "torch.contiguous(torch.to(" + writer.expression(o) + ", 6))")
              .toList();
      source =
          "  def forward(self: __torch__."
              + ScriptArchive.CLASS
              + ", x: Tensor, p: List[Tensor]) -> List[Tensor]:\n"
              + body
              + "    return ["
              + String.join(", ", results)
              + "]\n";
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "engine pytorch cannot run network "
              + network.name()
              + " on an image of "
              + input.height()
              + "x"
              + input.width()
              + ": "
              + e.getMessage(),
          e);
    }
    this.version = Torch.version();
    this.manager = Torch.manager();
    try {
      this.script = Torch.load(manager, source);
      ByteBuffer memory = Torch.bytes(Float.BYTES * input.elements());
      this.image = memory.asFloatBuffer();
      arguments.add(IValue.from(Torch.over(manager, memory, input.extents(), DataType.FLOAT32)));
      List<PtNDArray> weights = new ArrayList<>();
      for (Weight weight : network.weights().values()) {
        weights.add(
            Torch.over(
                manager,
                Torch.memory(weight.tensor()),
                weight.tensor().shape().extents(),
                weight.tensor().isFloat() ? DataType.FLOAT32 : DataType.INT64));
      }
      arguments.add(IValue.listFrom(weights.toArray(PtNDArray[]::new)));
    } catch (RuntimeException e) {
      Closer.after(e, manager);
      throw e;
    }
  }

  @Override
  public String runtimeVersion() {
    return version;
  }

  @Override
  public Optional<GateRun> gates() {
    return gates;
  }

  @Override
  public Shape inputShape() {
    return input;
  }

  @Override
  public List<Shape> outputShapes() {
    return outputs;
  }

  @Override
  public void run(FloatBuffer given, List<FloatBuffer> results) {
    if (closed) {
      throw new IllegalStateException("this pytorch session is closed; open another");
    }
    Buffers.check(given, input, results, outputs);
    EngineFailure.running("pytorch", network, input, () -> answer(given, results));
  }

  private Void answer(FloatBuffer given, List<FloatBuffer> results) {
    Torch.threads(threads);
    image.put(0, given.duplicate().clear(), 0, image.capacity());
    PtNDArray[] made;
    try (IValue answer =
        IValueUtils.runMethod(script, "forward", arguments.toArray(IValue[]::new))) {
      made = answer.toTensorArray(manager);
    }
    for (int i = 0; i < made.length; i++) {
      FloatBuffer values =
          made[i].toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      results.get(i).duplicate().clear().put(0, values, 0, values.limit());
      made[i].close();
    }
    return null;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Closer all = new Closer();
      all.add(manager);
      all.add(script);
      arguments.forEach(all::add);
      all.close();
    }
  }
}
