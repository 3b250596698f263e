package io.drivemark.eval.streaming;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was answered on one sequence when the truth was asked: each truth is held against the newest
 * answer that was there, over all repetitions. Sums of {@link DelayCounts}; an answer of zero
 * latency gives those on time. Immutable.
 *
 * @param judged every picture whose truth was asked, ascending
 * @param queries how often it was asked, over all repetitions
 * @param unanswered how many of these came before the first answer; every pixel counts as missed
 * @param tooOld how many were answered by a picture whose counts are not known: it is more than
 *     {@link DelayCounts#most} pictures before, or could not be judged. They are in no counts, so
 *     that figures of these counts hold only where it is 0
 * @param ageNanos the sum of the ages of the answers, from exposure to query
 */
public record StreamingCounts(
    List<Judged> judged, long queries, long unanswered, long tooOld, long ageNanos) {

  /**
   * A picture's truth.
   *
   * @param picture its number in the sequence
   * @param late counts against what was answered, over all repetitions and instants up to the next
   *     picture
   * @param onTime counts against its own prediction, once; absent if that could not be judged
   */
  public record Judged(int picture, ConfusionMatrix late, Optional<ConfusionMatrix> onTime) {}

  public StreamingCounts {
    judged = List.copyOf(judged);
  }

  /**
   * Asks the truth of a sequence.
   *
   * @param repetitions what was answered, simulated once or more
   * @param warmUpNanos from when on it is asked
   */
  public static StreamingCounts of(
      DelayCounts counts, CameraClock clock, List<Schedule> repetitions, long warmUpNanos) {
    SortedMap<Integer, ConfusionMatrix> late = new TreeMap<>();
    long queries = 0;
    long unanswered = 0;
    long tooOld = 0;
    long ages = 0;
    for (Instant truth : counts.instants()) {
      long time =
          clock.time((long) truth.picture() * counts.between() + truth.part(), counts.between());
      if (time < warmUpNanos) {
        continue;
      }
      for (Schedule schedule : repetitions) {
        queries++;
        int newest = schedule.newestAt(time);
        if (newest == Schedule.NONE) {
          unanswered++;
          late.merge(truth.picture(), counts.unanswered(truth), ConfusionMatrix::plus);
          continue;
        }
        Answer answer = schedule.answers().get(newest);
        ages = Math.addExact(ages, time - answer.exposed());
        Optional<ConfusionMatrix> known = counts.at(truth, truth.picture() - answer.picture());
        if (known.isEmpty()) {
          tooOld++;
          late.putIfAbsent(
              truth.picture(), ConfusionMatrix.empty(counts.unanswered(truth).space()));
        } else {
          late.merge(truth.picture(), known.get(), ConfusionMatrix::plus);
        }
      }
    }
    List<Judged> judged = new ArrayList<>();
    late.forEach(
        (picture, matrix) ->
            judged.add(new Judged(picture, matrix, counts.at(new Instant(picture, 0), 0))));
    return new StreamingCounts(judged, queries, unanswered, tooOld, ages);
  }

  /** The mean age of the answers at the times of asking, in nanoseconds; NaN without answers. */
  public double meanAgeNanos() {
    return (double) ageNanos / (queries - unanswered);
  }
}
