package io.drivemark.architectures.graph.op;

import java.util.List;

/**
 * A pointwise function without weights. Input and output: any shape. {@code a} and {@code b} are
 * the slope of LEAKY_RELU, the alpha of ELU, alpha and beta of HARD_SIGMOID, lower and upper bound
 * of CLIP (ReLU6 is CLIP 0 to 6); 0 where the kind takes none.
 */
public record Activation(Kind kind, double a, double b) implements Op {
  /** Which function. */
  public enum Kind {
    RELU,
    LEAKY_RELU,
    ELU,
    SIGMOID,
    TANH,
    HARD_SIGMOID,
    HARD_SWISH,
    CLIP,
    EXP,
    SQRT,
    /** 1 where x is above 0, else 0, with a gradient of 0 everywhere. */
    STEP
  }

  /** max(0, x). */
  public static Activation relu() {
    return new Activation(Kind.RELU, 0, 0);
  }

  /** min(max(0, x), 6). */
  public static Activation relu6() {
    return new Activation(Kind.CLIP, 0, 6);
  }

  /** A kind that takes no parameter. */
  public static Activation of(Kind kind) {
    return new Activation(kind, 0, 0);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shapes.requireInputs(inputs, 1, 1, "Activation");
    return List.of(inputs.get(0));
  }
}
