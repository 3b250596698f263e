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
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript file opened for inference. Its answer is a tensor, or a list, tuple or dictionary
 * of which the first tensor counts ({@code out} in a dictionary, as torchvision's networks call
 * it). Not thread-safe.
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
  private final Shape output;
  private boolean closed;

  private TorchScriptSession(
      String name, PtNDManager manager, PtSymbolBlock script, Shape input, int threads) {
    this.name = name;
    this.version = Torch.version();
    this.threads = threads;
    this.input = input;
    this.manager = manager;
    this.script = script;
    ByteBuffer memory = Torch.bytes(Float.BYTES * input.elements());
    this.image = memory.asFloatBuffer();
    this.argument = IValue.from(Torch.over(manager, memory, input.extents(), DataType.FLOAT32));
    try (PtNDArray first = forward()) {
      long[] extents = first.getShape().getShape();
      this.output = Shape.of(Arrays.stream(extents).mapToInt(Math::toIntExact).toArray());
    }
  }

  /**
   * Opens a file and runs it once on zeros, which says what its output looks like.
   *
   * @throws BadInputException if PyTorch cannot load or run it
   */
  static TorchScriptSession open(String name, Opaque file, Shape input, int threads) {
    PtNDManager manager = Torch.manager();
    try {
      byte[] archive = Base64.getDecoder().decode(file.serializedNode());
      PtSymbolBlock script = Torch.load(manager, archive);
      return new TorchScriptSession(name, manager, script, input, threads);
    } catch (EngineException | IllegalStateException e) {
      manager.close();
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
      manager.close();
      throw e;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  /** The first tensor of the answer, float32, in memory row by row. */
  private PtNDArray forward() {
    Torch.threads(threads);
    try (IValue answer = IValueUtils.runMethod(script, "forward", argument)) {
      PtNDArray found = first(answer);
      if (found.getDataType() == DataType.FLOAT32) {
        return found;
      }
      PtNDArray converted = found.toType(DataType.FLOAT32, false);
      found.close();
      return converted;
    }
  }

  private PtNDArray first(IValue answer) {
    if (answer.isTensor()) {
      return answer.toTensor(manager);
    }
    if (answer.isTensorList()) {
      PtNDArray[] all = answer.toTensorArray(manager);
      for (int i = 1; i < all.length; i++) {
        all[i].close();
      }
      if (all.length > 0) {
        return all[0];
      }
    } else if (answer.isTuple() || answer.isList()) {
      IValue[] parts = answer.isTuple() ? answer.toIValueTuple() : answer.toIValueArray();
      if (parts.length > 0) {
        try {
          return first(parts[0]);
        } finally {
          Arrays.stream(parts).forEach(IValue::close);
        }
      }
    } else if (answer.isMap()) {
      Map<String, IValue> parts = answer.toIValueMap();
      IValue part = parts.containsKey("out") ? parts.get("out") : null;
      if (part != null) {
        try {
          return first(part);
        } finally {
          parts.values().forEach(IValue::close);
        }
      }
    }
    throw new BadInputException(
        "TorchScript file "
            + name
            + " answers with no tensor; expected scores [1, classes, height, width], alone, first of"
            + " a list or tuple, or under 'out' of a dictionary");
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
    return List.of(output);
  }

  @Override
  public void run(FloatBuffer given, List<FloatBuffer> results) {
    if (closed) {
      throw new IllegalStateException("this pytorch session is closed; open another");
    }
    Buffers.check(given, input, results, outputShapes());
    EngineFailure.running("pytorch", name, input, () -> answer(given, results.get(0)));
  }

  private Void answer(FloatBuffer given, FloatBuffer result) {
    image.put(0, given.duplicate().clear(), 0, image.capacity());
    try (PtNDArray made = forward()) {
      FloatBuffer values = made.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      result.duplicate().clear().put(0, values, 0, values.limit());
    }
    return null;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      argument.close();
      script.close();
      manager.close();
    }
  }
}
