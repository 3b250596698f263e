package io.drivemark.architectures.graph.op;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An operator of a foreign file that this suite does not know: engines that read ONNX run it. What
 * it makes has an unknown shape, but for standard operators that change every element by itself or
 * normalise a map: these keep the shape of their first input. Holds the serialised ONNX node so
 * that nothing is lost. In the domain {@link #TORCHSCRIPT} it is a whole TorchScript file instead,
 * which PyTorch alone runs.
 */
public record Opaque(String type, String domain, String serializedNode, int outputs) implements Op {
  /** Domain of an operator that holds a TorchScript file, in Base64. */
  public static final String TORCHSCRIPT = "org.pytorch.script";

  /** Operators of ONNX whose one output has the shape of their first input. */
  private static final Set<String> SHAPE_KEEPING =
      Set.of(
          "Abs",
          "Cast",
          "Ceil",
          "Celu",
          "Cos",
          "Erf",
          "Floor",
          "Gelu",
          "GroupNormalization",
          "Hardmax",
          "InstanceNormalization",
          "LRN",
          "Log",
          "LogSoftmax",
          "LpNormalization",
          "MeanVarianceNormalization",
          "Mish",
          "Neg",
          "Reciprocal",
          "Round",
          "Selu",
          "Shrink",
          "Sign",
          "Sin",
          "Softplus",
          "Softsign",
          "Swish",
          "ThresholdedRelu");

  /** Whether it is a whole TorchScript file. */
  public boolean isTorchScript() {
    return domain.equals(TORCHSCRIPT);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    boolean keeps = domain.isEmpty() && outputs == 1 && SHAPE_KEEPING.contains(type);
    return keeps && !inputs.isEmpty()
        ? List.of(inputs.get(0))
        : IntStream.range(0, outputs).mapToObj(i -> Shape.unknown()).toList();
  }
}
