package io.drivemark.eval.runner.robust;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.corruption.CorruptionLevel;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One way in which frames are seen besides as they are: corrupted, or under another weather or
 * light. Immutable.
 *
 * @param word as evidence calls it
 * @param level the corruption, of a corrupted state
 * @param scenes the same scenes under the condition, of the others
 * @param name what a condition differs in from the plain one; empty of the plain one itself
 */
record FrameState(
    String word, Optional<CorruptionLevel> level, Optional<Dataset> scenes, String name) {

  static FrameState of(CorruptionLevel level) {
    return new FrameState(level.word(), Optional.of(level), Optional.empty(), "");
  }

  /**
   * The plain weather and light of a dataset, then those that a study asks for; none for a dataset
   * that can be seen in one way alone. Attributes that a condition does not name are the plain
   * ones.
   *
   * @throws io.drivemark.problem.BadInputException if the dataset has no such condition
   */
  static List<FrameState> conditions(Dataset dataset, RobustnessSpec spec) {
    Map<String, String> plain = new TreeMap<>();
    dataset.conditions().forEach((attribute, values) -> plain.put(attribute, values.get(0)));
    if (plain.isEmpty() || spec.conditions().isEmpty()) {
      return List.of();
    }
    List<FrameState> out = new ArrayList<>();
    out.add(condition(dataset, plain, ""));
    for (Map<String, String> asked : spec.conditions()) {
      Map<String, String> values = new TreeMap<>(plain);
      values.putAll(asked);
      if (!values.equals(plain)) {
        out.add(condition(dataset, values, words(asked)));
      }
    }
    return out;
  }

  private static FrameState condition(Dataset dataset, Map<String, String> values, String name) {
    return new FrameState(
        words(values), Optional.empty(), Optional.of(dataset.under(values)), name);
  }

  private static String words(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
  }

  /** All that its photographs follow from besides the frame, as text for digests. */
  String identity() {
    return level
        .map(CorruptionLevel::identity)
        .orElseGet(() -> word + " " + scenes.orElseThrow().digest());
  }
}
