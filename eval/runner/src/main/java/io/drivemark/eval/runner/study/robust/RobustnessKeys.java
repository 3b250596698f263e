package io.drivemark.eval.runner.study.robust;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key {@code robustness} of study files: {@code {corruptions: all, severities: [1, 3], frames:
 * 40, conditions: [{weather: fog}, {light: night}]}}. {@code corruptions} is {@code all}, which is
 * what holds where it is left out, {@code none}, or a list of names. Stateless.
 */
public final class RobustnessKeys {
  public static final String KEY = "robustness";

  /** What a study can bound: the share of the clean mIoU that is kept under corruption. */
  public static final String SHARE = "robustShare";

  private static final String ALL = "all";
  private static final String NONE = "none";
  private static final String CORRUPTIONS = "corruptions";
  private static final String SEVERITIES = "severities";
  private static final String FRAMES = "frames";
  private static final String CONDITIONS = "conditions";

  private RobustnessKeys() {}

  /**
   * What a study file asks for; problems are told to the map. Empty without the key.
   *
   * @param required words of what the study bounds
   */
  public static Optional<RobustnessSpec> read(ConfigMap root, List<String> required) {
    if (!root.has(KEY)) {
      if (required.contains(SHARE)) {
        root.problem(
            "require", SHARE + " is bounded, but no frames are corrupted; add '" + KEY + ": {}'");
      }
      return Optional.empty();
    }
    ConfigMap map = root.map(KEY);
    List<String> corruptions = corruptions(map);
    List<Integer> severities = severities(map);
    int frames = map.integer(FRAMES, RobustnessSpec.DEFAULT_FRAMES);
    if (frames < 1) {
      map.problem(FRAMES, "found " + frames + ", expected at least 1");
    }
    List<Map<String, String>> conditions = new ArrayList<>();
    if (map.has(CONDITIONS)) {
      for (ConfigMap condition : map.maps(CONDITIONS, "weather")) {
        conditions.add(condition.allStrings());
      }
    }
    if (corruptions.isEmpty() && conditions.isEmpty()) {
      map.problem(
          CORRUPTIONS,
          "found none, and no conditions: expected one of the two, or no " + KEY + " at all");
      return Optional.empty();
    }
    return frames < 1 || severities.isEmpty()
        ? Optional.empty()
        : Optional.of(new RobustnessSpec(corruptions, severities, frames, conditions));
  }

  private static List<String> corruptions(ConfigMap map) {
    Corruptions installed = Corruptions.installed();
    List<String> names = map.strings(CORRUPTIONS);
    if (!map.has(CORRUPTIONS) || names.equals(List.of(ALL))) {
      return installed.names();
    }
    if (names.equals(List.of(NONE))) {
      return List.of();
    }
    for (String name : names) {
      try {
        installed.require(name);
      } catch (BadInputException e) {
        map.problem(CORRUPTIONS, e.getMessage() + ", or " + ALL + " or " + NONE);
      }
    }
    if (names.stream().distinct().count() < names.size()) {
      map.problem(CORRUPTIONS, "found a name twice");
    }
    return names;
  }

  private static List<Integer> severities(ConfigMap map) {
    if (!map.has(SEVERITIES)) {
      return RobustnessSpec.DEFAULT_SEVERITIES;
    }
    List<Integer> out = map.integers(SEVERITIES);
    if (out.stream().anyMatch(s -> s < Corruption.LEAST || s > Corruption.MOST)) {
      map.problem(
          SEVERITIES,
          "found " + out + ", expected numbers " + Corruption.LEAST + " to " + Corruption.MOST);
      return List.of();
    }
    if (out.isEmpty()) {
      map.problem(SEVERITIES, "found none, expected at least one");
    }
    return out;
  }

  /** The key as it reads back, every default spelled out. */
  public static Map<String, Object> write(RobustnessSpec spec) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put(CORRUPTIONS, spec.corruptions().isEmpty() ? NONE : spec.corruptions());
    out.put(SEVERITIES, spec.severities());
    out.put(FRAMES, spec.frames());
    if (!spec.conditions().isEmpty()) {
      out.put(CONDITIONS, spec.conditions().stream().map(LinkedHashMap::new).toList());
    }
    return out;
  }
}
