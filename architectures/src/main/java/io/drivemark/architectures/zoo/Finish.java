package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import java.util.OptionalDouble;

/**
 * What follows a convolution: BatchNorm and an activation, or a bias and an activation. Immutable.
 *
 * @param epsilon BatchNorm's, empty where there is none
 * @param activation the last step
 */
public record Finish(OptionalDouble epsilon, Activation activation) {
  /** BatchNorm with this epsilon, then the activation. */
  public static Finish normalised(double epsilon, Activation activation) {
    return new Finish(OptionalDouble.of(epsilon), activation);
  }

  /** A bias, then ReLU. */
  public static Finish biased() {
    return new Finish(OptionalDouble.empty(), Activation.relu());
  }

  /**
   * Adds a convolution and what follows it.
   *
   * @param name the convolution's node; the others are called {@code NAME.bn} and {@code NAME.relu}
   */
  public String of(NetworkBuilder b, String name, NetworkBuilder.Convolution convolution) {
    return b.add(name + ".relu", activation, linear(b, name, convolution));
  }

  /** The same without the activation. */
  public String linear(NetworkBuilder b, String name, NetworkBuilder.Convolution convolution) {
    return epsilon.isPresent()
        ? b.batchNorm(name + ".bn", convolution.build(), epsilon.getAsDouble())
        : convolution.bias().build();
  }

  /** Normalises, where this does, and activates a value. */
  public String after(NetworkBuilder b, String name, String x) {
    return b.add(name + ".relu", activation, normalised(b, name, x));
  }

  /** Normalises a value, where this does. */
  public String normalised(NetworkBuilder b, String name, String x) {
    return epsilon.isPresent() ? b.batchNorm(name + ".bn", x, epsilon.getAsDouble()) : x;
  }

  /** Whether convolutions carry a bias. */
  public boolean hasBias() {
    return epsilon.isEmpty();
  }
}
