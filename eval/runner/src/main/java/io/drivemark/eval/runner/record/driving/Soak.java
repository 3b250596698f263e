package io.drivemark.eval.runner.record.driving;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What happened when a network ran alone at a camera's pace, beside what its timed runs say would
 * happen. It stands on no board: runs that wait for pictures are not those that latencies are
 * compared by. Immutable.
 *
 * @param camera pictures a second
 * @param policy when a free worker begins with which picture
 * @param seconds how long
 * @param pictures how many the camera took
 * @param measured what happened
 * @param simulated what the timed runs give, over 8 repetitions from different ones on
 * @param same the share of pictures, from the warm-up on, at whose exposure the newest answer was
 *     equally many pictures old in both, over all repetitions; absent where none came after it
 * @param holds whether that share is at least 0.95, so that the simulation may be believed
 */
public record Soak(
    double camera,
    String policy,
    double seconds,
    long pictures,
    Pace measured,
    Pace simulated,
    OptionalDouble same,
    boolean holds) {
  public Soak {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(simulated, "simulated");
    Objects.requireNonNull(same, "same");
  }

  /**
   * What answering the camera came to.
   *
   * @param runMs the mean time of a run
   * @param leftOut the share of pictures that no run took
   * @param missed the share of runs longer than the deadline
   * @param ageMs the mean age of the newest answer over time; absent, like the peaks, where there
   *     were no two answers
   * @param peakP50Ms the median of the peaks: the age right before the next answer
   * @param peakP99Ms their 99th percentile by nearest rank; absent too under 100 peaks
   * @param peakMaxMs the longest blindness
   */
  public record Pace(
      double runMs,
      double leftOut,
      double missed,
      OptionalDouble ageMs,
      OptionalDouble peakP50Ms,
      OptionalDouble peakP99Ms,
      OptionalDouble peakMaxMs) {
    public Pace {
      Objects.requireNonNull(ageMs, "ageMs");
      Objects.requireNonNull(peakP50Ms, "peakP50Ms");
      Objects.requireNonNull(peakP99Ms, "peakP99Ms");
      Objects.requireNonNull(peakMaxMs, "peakMaxMs");
    }
  }
}
