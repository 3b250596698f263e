package io.drivemark.eval.runner.record.robust;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How far the confidences of a network's labels are off, as they are and in each state: expected
 * calibration errors as fractions, pooled over the frames. Immutable.
 *
 * @param clean the error on the frames as they are
 * @param errors in each state, in the order of {@link Robustness#states()}
 * @param mean the mean over corruptions of the mean over severities; undefined without corruptions
 * @param rise that less the clean error
 * @param rises of each corruption, then of each condition
 */
public record RobustCalibration(
    OptionalDouble clean, List<OfState> errors, Span mean, Span rise, List<Rise> rises) {

  /**
   * A state.
   *
   * @param state as evidence calls it
   * @param error expected calibration error
   * @param overconfidence the mean confidence less the share of right pixels
   */
  public record OfState(String state, OptionalDouble error, OptionalDouble overconfidence) {
    public OfState {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(overconfidence, "overconfidence");
    }
  }

  /**
   * How much larger the error is than without.
   *
   * @param name the corruption, or what the condition differs in
   * @param error of a corruption the mean over its severities
   * @param rise that less the clean error; of a condition less that under the plain weather and
   *     light
   */
  public record Rise(String name, OptionalDouble error, Span rise) {
    public Rise {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(rise, "rise");
    }
  }

  /**
   * How a network's errors differ from another's on the same frames in the same states.
   *
   * @param clean this network's clean error less the other's
   * @param mean this network's mean error under corruption less the other's
   * @param meanP two-sided p-value of the swap test for {@code mean}, not adjusted
   */
  public record Difference(Span clean, Span mean, OptionalDouble meanP) {
    public Difference {
      Objects.requireNonNull(clean, "clean");
      Objects.requireNonNull(mean, "mean");
      Objects.requireNonNull(meanP, "meanP");
    }
  }

  public RobustCalibration {
    Objects.requireNonNull(clean, "clean");
    errors = List.copyOf(errors);
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(rise, "rise");
    rises = List.copyOf(rises);
  }
}
