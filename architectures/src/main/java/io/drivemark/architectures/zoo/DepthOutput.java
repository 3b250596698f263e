package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import java.util.Optional;

/**
 * How networks of the zoo end that answer with distances in metres: exp(ln 80 · sigmoid(x)), which
 * lies within 1 and 80 m whatever x is, is about 9 m where x is 0, and whose logarithm a loss sees
 * as a plain sigmoid. Stateless.
 */
public final class DepthOutput {
  /** The output and the head's name. */
  public static final String NAME = "depth";

  private static final double NEAREST = 1;
  private static final double FARTHEST = 80;

  private DepthOutput() {}

  /**
   * Adds the nodes {@code depth.sigmoid}, {@code depth.log} and {@code depth}.
   *
   * @param x one plane [1, 1, h, w] of any numbers
   * @return {@link #NAME}, metres of the same shape
   */
  public static String of(NetworkBuilder b, String x) {
    Tensor range = Tensor.filled(Shape.of(1, 1, 1, 1), (float) Math.log(FARTHEST / NEAREST));
    String log =
        b.add(
            NAME + ".log",
            new Elementwise(Elementwise.Kind.MUL),
            b.add(NAME + ".sigmoid", Activation.of(Activation.Kind.SIGMOID), x),
            b.constant(NAME + ".range", range));
    return b.add(NAME, Activation.of(Activation.Kind.EXP), log);
  }

  /** What that output means. */
  public static Head head() {
    return new Head(
        NAME, Optional.of(NAME), new DepthHead(NEAREST, FARTHEST, DepthHead.Form.METRES));
  }
}
