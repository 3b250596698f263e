package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What tells whether two cells gave the same answers, bit for bit. Digests are the first 16
 * hexadecimal digits of SHA-256. Immutable.
 *
 * @param canary of the float32 numbers, low byte first, of all outputs of the network for one fixed
 *     made-up frame: equal where engine, machine and network give equal bits
 * @param frames of the prints of all judged frames, see {@link
 *     io.drivemark.eval.runner.evidence.FramePrints}; absent where no frame was judged
 * @param fragile how many pixels of these frames could change by rounding; absent where the network
 *     gives no scores of classes
 */
public record Prints(
    String canary,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> frames,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong fragile) {
  public Prints {
    Objects.requireNonNull(canary, "canary");
    Objects.requireNonNull(frames, "frames");
    Objects.requireNonNull(fragile, "fragile");
  }
}
