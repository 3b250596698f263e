package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.drivemark.architectures.graph.Network;
import java.util.Optional;

/**
 * The whole numbers that a foreign network takes its image in. Immutable.
 *
 * @param type for example {@code uint8}
 * @param least value of the type
 * @param most value of the type
 */
public record WholeImage(String type, double least, double most) {
  /** What a network takes; empty if it takes numbers with fractions. */
  public static Optional<WholeImage> of(Network network) {
    return ForeignInterface.wholeImage(network).map(WholeImage::of);
  }

  private static WholeImage of(DataType type) {
    String name = ElementTypes.name(type);
    int bits = ElementTypes.bits(type);
    return name.startsWith("u")
        ? new WholeImage(name, 0, Math.pow(2, bits) - 1)
        : new WholeImage(name, -Math.pow(2, bits - 1), Math.pow(2, bits - 1) - 1);
  }

  /** Whether the type holds a value exactly. */
  public boolean holds(double value) {
    return value == Math.rint(value) && value >= least && value <= most;
  }
}
