package io.drivemark.architectures.graph.op;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An operator of a foreign file that this suite does not know: engines that read ONNX run it. What
 * it makes has an unknown shape, but for standard operators that change every element by itself or
 * normalise a map: these keep the shape of their first input. Holds the serialised ONNX node so
 * that nothing is lost. In the domain {@link #TORCHSCRIPT} it is a whole TorchScript file instead,
 * which PyTorch alone runs.
 *
 * @param type of the operator, for example {@code Erf}
 * @param domain of the operator; empty for ONNX's own
 * @param serializedNode the ONNX node, in Base64
 * @param outputs how many values it makes
 * @param stored the tensor that a Constant holds
 */
public record Opaque(
    String type, String domain, String serializedNode, int outputs, Optional<Stored> stored)
    implements Op {
  /**
   * A stored tensor of a type that weights here do not have.
   *
   * @param type for example {@code int8}
   * @param shape its extents
   */
  public record Stored(String type, Shape shape) {}

  /** Operators of ONNX that quantise or read quantised values: they multiply nothing. */
  private static final Set<String> QUANTISING =
      Set.of("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear");

  /** One that stores nothing. */
  public Opaque(String type, String domain, String serializedNode, int outputs) {
    this(type, domain, serializedNode, outputs, Optional.empty());
  }

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

  /** Whether its multiply-accumulates are known: it has none. */
  public boolean isCounted() {
    return domain.isEmpty()
        && (type.equals("Constant") || type.equals("Cast") || QUANTISING.contains(type));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    boolean normalises = domain.isEmpty() && outputs == 1 && NORMALISING.contains(type);
    boolean quantises = domain.isEmpty() && outputs == 1 && QUANTISING.contains(type);
    boolean keeps = normalises || quantises || isElementwise();
    if (stored.isPresent() && outputs == 1) {
      return List.of(stored.get().shape());
    }
    return keeps && !inputs.isEmpty()
        ? List.of(inputs.get(0))
        : IntStream.range(0, outputs).mapToObj(i -> Shape.unknown()).toList();
  }
}
