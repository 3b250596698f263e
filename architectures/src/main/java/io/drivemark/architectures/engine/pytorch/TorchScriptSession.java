package io.drivemark.architectures.engine.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.drivemark.architectures.engine.Buffers;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.OutputSelector;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A TorchScript file opened for inference. Its answer is a tensor, or a list, tuple or dictionary
 * of tensors; each can be an output. Not thread-safe.
 */
final class TorchScriptSession implements Session {
  private final String name;
  private final String version;
  private final int threads;
  private final Shape input;
  private final PtNDManager manager;
  private final PtSymbolBlock script;
  private final FloatBuffer image;
  private final IValue argument;
  private final List<Port> ports;
  private boolean closed;

  private TorchScriptSession(
      String name,
      PtNDManager manager,
      PtSymbolBlock script,
      Shape input,
      int threads,
      OutputSelector selector) {
    this.name = name;
    this.version = Torch.version();
    this.threads = threads;
    this.input = input;
    this.manager = manager;
    this.script = script;
    ByteBuffer memory = Torch.bytes(Float.BYTES * input.elements());
    this.image = memory.asFloatBuffer();
    this.argument = IValue.from(Torch.over(manager, memory, input.extents(), DataType.FLOAT32));
    Map<String, PtNDArray> first = answers();
    List<Port> all = new ArrayList<>();
    first.forEach((key, tensor) -> all.add(port(key, tensor)));
    first.values().forEach(PtNDArray::close);
    if (all.isEmpty()) {
      throw new BadInputException(
          "TorchScript file "
              + name
              + " answers with no tensor; expected scores [1, classes, height, width], alone or in"
              + " a list, tuple or dictionary");
    }
    ports = selector.select(List.copyOf(all)).stream().map(all::get).toList();
  }

  /**
   * Opens a file and runs it once on zeros, which says what its output looks like.
   *
   * @param selector which of its tensors are outputs
   * @throws BadInputException if PyTorch cannot load or run it, or by the selector
   */
  static TorchScriptSession open(
      String name, Opaque file, Shape input, int threads, OutputSelector selector) {
    PtNDManager manager = Torch.manager();
    try {
      byte[] archive = Base64.getDecoder().decode(file.serializedNode());
      PtSymbolBlock script = Torch.load(manager, archive);
      return new TorchScriptSession(name, manager, script, input, threads, selector);
    } catch (EngineException | IllegalStateException e) {
      Closer.after(e, manager);
      throw new BadInputException(
          "engine pytorch cannot run "
              + name
              + ", a TorchScript file, on an image of "
              + input.height()
              + "x"
              + input.width()
              + ": "
              + firstLine(e)
              + "; save it again with torch.jit.save, on the CPU and in float32",
          e);
    } catch (RuntimeException e) {
      Closer.after(e, manager);
      throw e;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  /** The tensors of the answer by name. */
  private Map<String, PtNDArray> answers() {
    Torch.threads(threads);
    try (IValue answer = IValueUtils.runMethod(script, "forward", argument)) {
      return ScriptAnswer.tensors(answer, manager);
    }
  }

  /** As float32, in memory row by row; the array given is closed if it is not that. */
  private static PtNDArray floats(PtNDArray found) {
    if (found.getDataType() == DataType.FLOAT32) {
      return found;
    }
    PtNDArray converted = found.toType(DataType.FLOAT32, false);
    found.close();
    return converted;
  }

  private static Port port(String name, PtNDArray tensor) {
    long[] extents = tensor.getShape().getShape();
    return new Port(
        name,
        tensor.getDataType().name().toLowerCase(Locale.ROOT),
        Shape.of(Arrays.stream(extents).mapToInt(Math::toIntExact).toArray()));
  }

  @Override
  public String runtimeVersion() {
    return version;
  }

  @Override
  public Shape inputShape() {
    return input;
  }

  @Override
  public List<Shape> outputShapes() {
    return ports.stream().map(Port::shape).toList();
  }

  @Override
  public void run(FloatBuffer given, List<FloatBuffer> results) {
    if (closed) {
      throw new IllegalStateException("this pytorch session is closed; open another");
    }
    Buffers.check(given, input, results, outputShapes());
    EngineFailure.running("pytorch", name, input, () -> answer(given, results));
  }

  private Void answer(FloatBuffer given, List<FloatBuffer> results) {
    image.put(0, given.duplicate().clear(), 0, image.capacity());
    Map<String, PtNDArray> made = answers();
    try {
      for (int i = 0; i < ports.size(); i++) {
        PtNDArray tensor = floats(made.remove(ports.get(i).name()));
        FloatBuffer values =
            tensor.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
        results.get(i).duplicate().clear().put(0, values, 0, values.limit());
        tensor.close();
      }
    } finally {
      made.values().forEach(PtNDArray::close);
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
      all.add(argument);
      all.close();
    }
  }
}
