package io.drivemark.architectures.model;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.config.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which units mean and standard deviation are given: here pixels are 0..255, in many programs
 * 0..1. Stateless.
 */
final class PixelUnits {
  private static final BigDecimal LARGEST_PIXEL = BigDecimal.valueOf(255);

  private PixelUnits() {}

  /**
   * Whether both look as if pixels were 0..1. Mean 0 with deviation 1 (raw pixels) does not.
   *
   * <p>Mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225 do.
   */
  static boolean lookLikeUnitInterval(List<Double> mean, List<Double> std) {
    boolean raw = mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
    return !raw
        && mean.stream().allMatch(m -> m >= 0 && m <= 1)
        && std.stream().allMatch(s -> Math.abs(s) <= 1);
  }

  /** The same numbers for pixels in 0..255. */
  static List<Double> fromUnitInterval(List<Double> values) {
    return values.stream()
        .map(v -> BigDecimal.valueOf(v).multiply(LARGEST_PIXEL).doubleValue())
        .toList();
  }

  /** What to say where both look like units of 0..1: with the line to paste. */
  static String problem(InputSpec input) {
    InputSpec right =
        new InputSpec(
            input.size(),
            input.channels(),
            fromUnitInterval(input.mean()),
            fromUnitInterval(input.std()));
    return "found mean "
        + input.mean()
        + " and std "
        + input.std()
        + ", which are in units of 0..1; expected are units of pixels, 0..255. Write\n    input: "
        + line(right)
        + "\n  or, if those numbers are meant for pixels of 0..255, add to 'input'\n    units:"
        + " 0..255";
  }

  /** One sentence on statistics that can hardly be meant; empty where they can. */
  static Optional<String> doubt(InputSpec input) {
    List<Double> mean = input.mean();
    List<Double> std = input.std();
    boolean smallMean =
        mean.stream().allMatch(m -> m >= 0 && m <= 1) && mean.stream().anyMatch(m -> m > 0);
    boolean smallStd = std.stream().allMatch(s -> Math.abs(s) < 1);
    if (lookLikeUnitInterval(mean, std)) {
      return Optional.of(
          "mean "
              + mean
              + " and std "
              + std
              + " look like units of 0..1, and pixels are 0..255: if so, give input: "
              + line(
                  new InputSpec(
                      input.size(),
                      input.channels(),
                      fromUnitInterval(mean),
                      fromUnitInterval(std)))
              + " in a model file");
    }
    if (smallMean) {
      return Optional.of(
          "mean "
              + mean
              + " looks like units of 0..1 and std "
              + std
              + " like units of 0..255; both"
              + " are taken as units of 0..255");
    }
    if (smallStd) {
      return Optional.of(
          "std "
              + std
              + " looks like units of 0..1 and mean "
              + mean
              + " like units of 0..255; both"
              + " are taken as units of 0..255");
    }
    return Optional.empty();
  }

  private static String line(InputSpec input) {
    return "{"
        + input.size().map(size -> "size: " + size + ", ").orElse("")
        + "channels: "
        + input.channels()
        + ", mean: "
        + numbers(input.mean())
        + ", std: "
        + numbers(input.std())
        + "}";
  }

  /** Without the zeros that a double's text ends in. */
  static String numbers(List<Double> values) {
    return values.stream().map(Numbers::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
