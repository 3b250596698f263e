package io.drivemark.eval.streaming;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What answering a camera came to, really or simulated, so that the two can be held side by side.
 * Immutable.
 *
 * @param pictures that came
 * @param answers how many of them a run took
 * @param misses runs that took longer than the deadline; one that takes just as long keeps it
 * @param runNanos all runs together
 * @param ages of the newest answer
 */
public record Pace(long pictures, long answers, long misses, long runNanos, Ages ages) {

  /** That of one sequence. */
  public static Pace of(Feed feed, Schedule schedule, long deadlineNanos) {
    long misses = 0;
    long nanos = 0;
    for (Answer answer : schedule.answers()) {
      long run = answer.finish() - answer.start();
      misses += run > deadlineNanos ? 1 : 0;
      nanos = Math.addExact(nanos, run);
    }
    return new Pace(
        feed.arrivals().size(), schedule.answers().size(), misses, nanos, Ages.of(schedule));
  }

  /** That of several repetitions together. */
  public static Pace sum(Collection<Pace> parts) {
    return new Pace(
        parts.stream().mapToLong(Pace::pictures).sum(),
        parts.stream().mapToLong(Pace::answers).sum(),
        parts.stream().mapToLong(Pace::misses).sum(),
        parts.stream().mapToLong(Pace::runNanos).sum(),
        Ages.sum(parts.stream().map(Pace::ages).toList()));
  }

  /** The share of pictures that no run took; NaN where none came. */
  public double leftOut() {
    return (double) (pictures - answers) / pictures;
  }

  /** The share of runs longer than the deadline; NaN without runs. */
  public double missed() {
    return (double) misses / answers;
  }

  /** The mean time of a run in nanoseconds; NaN without runs. */
  public double meanNanos() {
    return (double) runNanos / answers;
  }

  /**
   * How often two ways of answering one camera agree: the share of its pictures at whose exposure
   * the newest answer is of the same picture, or there is none in either.
   *
   * @param pictures that the camera took
   * @param fromNanos pictures exposed before are not looked at
   * @param others each is held against the first
   * @return empty where no picture is looked at
   */
  public static OptionalDouble same(
      CameraClock clock, int pictures, long fromNanos, Schedule one, List<Schedule> others) {
    long asked = 0;
    long same = 0;
    for (int picture = 0; picture < pictures; picture += clock.every()) {
      long time = clock.exposure(picture);
      if (time < fromNanos) {
        continue;
      }
      for (Schedule other : others) {
        asked++;
        same += newest(one, time) == newest(other, time) ? 1 : 0;
      }
    }
    return asked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) same / asked);
  }

  private static int newest(Schedule schedule, long time) {
    int newest = schedule.newestAt(time);
    return newest == Schedule.NONE ? Schedule.NONE : schedule.answers().get(newest).picture();
  }
}
