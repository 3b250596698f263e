package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.eval.runner.record.driving.Danger;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What answers of every age mean for people and for the way ahead on one clip: for each picture's
 * truth the counts against the answer from so many pictures before. Whole numbers with no latency
 * in them. Immutable.
 *
 * @param byPicture by the truth's picture, then by delay; both ascending
 */
public record DangerCounts(Map<Integer, Map<Integer, Danger>> byPicture) {
  public DangerCounts {
    Map<Integer, Map<Integer, Danger>> copy = new TreeMap<>();
    byPicture.forEach(
        (picture, byDelay) ->
            copy.put(picture, Collections.unmodifiableMap(new TreeMap<>(byDelay))));
    byPicture = Collections.unmodifiableMap(copy);
  }

  /**
   * The sum over all truths from a picture on, at one delay.
   *
   * @param first the first picture that is judged
   * @return empty if one of them is missing, so that all delays of a curve are of the same truths
   */
  public Optional<Danger> atDelay(int delay, int first) {
    Danger sum = new Danger(0, 0, 0, 0);
    for (Map.Entry<Integer, Map<Integer, Danger>> truth : byPicture.entrySet()) {
      if (truth.getKey() < first) {
        continue;
      }
      Danger known = truth.getValue().get(delay);
      if (known == null) {
        return Optional.empty();
      }
      sum = sum.plus(known);
    }
    return Optional.of(sum);
  }
}
