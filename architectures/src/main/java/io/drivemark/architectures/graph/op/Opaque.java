package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * An operator of a foreign file that this suite does not know: engines that read ONNX run it,
 * shapes behind it are unknown. Holds the serialised ONNX node so that nothing is lost. In the
 * domain {@link #TORCHSCRIPT} it is a whole TorchScript file instead, which PyTorch alone runs.
 */
public record Opaque(String type, String domain, String serializedNode, int outputs) implements Op {
  /** Domain of an operator that holds a TorchScript file, in Base64. */
  public static final String TORCHSCRIPT = "org.pytorch.script";

  /** Whether it is a whole TorchScript file. */
  public boolean isTorchScript() {
    return domain.equals(TORCHSCRIPT);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return java.util.stream.IntStream.range(0, outputs).mapToObj(i -> Shape.unknown()).toList();
  }
}
