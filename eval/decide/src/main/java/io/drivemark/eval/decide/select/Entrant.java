package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.metrics.DrawnScore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One network on one engine at one size, as far as a selection needs it. Immutable.
 *
 * @param label a name that no other entrant of the selection has
 * @param identity equal for two that are the same weights on the same engine at the same size,
 *     under two names: twins
 * @param accuracy the figure that networks are ranked by; empty if there is none
 * @param score the same in the form that draws take
 * @param timed its runs, process by process
 * @param figures what else is known of it, by the words of budgets
 * @param obstacle why it cannot be compared, where that is known before latencies are looked at
 */
public record Entrant(
    String label,
    String identity,
    OptionalDouble accuracy,
    Optional<DrawnScore> score,
    List<Timed> timed,
    Map<String, Known> figures,
    Optional<Obstacle> obstacle) {

  /**
   * What it took in one process. Takes over the array.
   *
   * @param occasion the number of the night or study it was part of
   * @param process the number of the process, over all occasions
   * @param timing machine, rotation and control
   * @param roundsMs every run end to end in milliseconds, by round of the rotation
   */
  public record Timed(int occasion, int process, Timing timing, double[][] roundsMs) {
    public Timed {
      Objects.requireNonNull(timing, "timing");
      if (roundsMs.length == 0) {
        throw new IllegalArgumentException("no timed runs");
      }
    }
  }

  /**
   * A figure that can be bounded.
   *
   * @param value empty where it is undefined
   * @param score the same in the form that draws take; empty of what does not vary with the frames,
   *     or whose counts do not add
   */
  public record Known(OptionalDouble value, Optional<DrawnScore> score) {
    public Known {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(score, "score");
    }
  }

  public Entrant {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(score, "score");
    timed = List.copyOf(timed);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    Objects.requireNonNull(obstacle, "obstacle");
  }
}
