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

  /** Operators of ONNX that make one value of each value of their first input. */
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Abs",
          "Cast",
          "Ceil",
          "Celu",
          "Cos",
          "Erf",
          "Floor",
          "Gelu",
          "Log",
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

  /** Operators of ONNX that weigh the values of their first input against each other. */
  private static final Set<String> NORMALISING =
      Set.of(
          "GroupNormalization",
          "Hardmax",
          "InstanceNormalization",
          "LRN",
          "LogSoftmax",
          "LpNormalization",
          "MeanVarianceNormalization");

  /** Whether it is a standard operator that reads every value by itself. */
  public boolean isElementwise() {
    return domain.isEmpty() && outputs == 1 && ELEMENTWISE.contains(type);
  }

  /** Whether it is a whole TorchScript file. */
  public boolean isTorchScript() {
    return domain.equals(TORCHSCRIPT);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    boolean normalises = domain.isEmpty() && outputs == 1 && NORMALISING.contains(type);
    boolean keeps = normalises || isElementwise();
    return keeps && !inputs.isEmpty()
        ? List.of(inputs.get(0))
        : IntStream.range(0, outputs).mapToObj(i -> Shape.unknown()).toList();
  }
}
