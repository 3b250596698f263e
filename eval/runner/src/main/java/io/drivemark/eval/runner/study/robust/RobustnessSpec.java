package io.drivemark.eval.runner.study.robust;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under what networks of labels are judged besides clean frames. Immutable.
 *
 * @param corruptions names of corruptions, in order; may be empty if there are conditions
 * @param severities of each corruption, 1 to 5, ascending
 * @param frames how many frames of a split, evenly spread over it; all if it has fewer
 * @param conditions other weather and light, for datasets that can be seen so; values by attribute
 */
public record RobustnessSpec(
    List<String> corruptions,
    List<Integer> severities,
    int frames,
    List<Map<String, String>> conditions) {
  /** A mild and a grave one: at 4 and 5 noise leaves nothing to compare. */
  public static final List<Integer> DEFAULT_SEVERITIES = List.of(1, 3);

  /** Frames where a study does not say. */
  public static final int DEFAULT_FRAMES = 40;

  public RobustnessSpec {
    corruptions = List.copyOf(corruptions);
    severities = severities.stream().distinct().sorted().toList();
    conditions =
        conditions.stream()
            .map(c -> Collections.unmodifiableMap(new TreeMap<>(c)))
            .distinct()
            .toList();
    if (frames < 1 || corruptions.isEmpty() && conditions.isEmpty()) {
      throw new IllegalArgumentException("robustness: no frames, or neither kind of state");
    }
    if (severities.isEmpty() && !corruptions.isEmpty()) {
      throw new IllegalArgumentException("robustness: corruptions at no severity");
    }
  }
}
