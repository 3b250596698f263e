package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a model takes by calculation at the entry's input size. Immutable.
 *
 * @param params learned values; absent where a TorchScript file hides them
 * @param macs multiply-accumulates an inference; absent where an operator's cost is not known; the
 *     upper end where it depends on the input
 * @param macsAtLeast the lower end, equal to {@code macs} unless the network chooses its work by
 *     the input
 * @param activationBytes bytes of all intermediate values at float32
 */
public record Cost(
    OptionalLong params,
    OptionalLong macs,
    OptionalLong macsAtLeast,
    OptionalLong activationBytes) {
  public Cost {
    Objects.requireNonNull(params, "params");
    Objects.requireNonNull(macs, "macs");
    Objects.requireNonNull(macsAtLeast, "macsAtLeast");
    Objects.requireNonNull(activationBytes, "activationBytes");
  }
}
