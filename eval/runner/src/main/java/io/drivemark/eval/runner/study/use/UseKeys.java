package io.drivemark.eval.runner.study.use;

import io.drivemark.config.ConfigMap;
import io.drivemark.problem.Nearest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The key {@code use} of a study's dataset: {@code {models: [enet-camvid], engines: [onnxruntime],
 * sections: [driving]}}. What is left out is all of the study. Stateless.
 */
public final class UseKeys {
  public static final String KEY = "use";

  private static final String MODELS = "models";
  private static final String ENGINES = "engines";
  private static final String SECTIONS = "sections";

  private UseKeys() {}

  /**
   * Reads the key; problems are told to the map.
   *
   * @param resolve a model as the study names it, a path against the study's folder
   */
  public static DatasetUse read(ConfigMap dataset, UnaryOperator<String> resolve) {
    if (!dataset.has(KEY)) {
      return DatasetUse.ALL;
    }
    ConfigMap map = dataset.map(KEY);
    return new DatasetUse(
        inOrder(some(map, MODELS).stream().map(resolve)), some(map, ENGINES), sections(map));
  }

  private static Set<String> inOrder(Stream<String> names) {
    return names.collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Names, each once; none only where the key is left out. */
  private static Set<String> some(ConfigMap map, String key) {
    List<String> names = map.strings(key);
    if (map.has(key) && names.isEmpty()) {
      map.problem(key, "found none, expected at least one; leave the key out for all of the study");
    }
    return once(map, key, names);
  }

  private static List<String> sections(ConfigMap map) {
    if (!map.has(SECTIONS)) {
      return DatasetUse.SECTIONS;
    }
    List<String> names = List.copyOf(once(map, SECTIONS, map.strings(SECTIONS)));
    for (String name : names) {
      if (!DatasetUse.SECTIONS.contains(name)) {
        map.problem(
            SECTIONS,
            "found "
                + name
                + Nearest.hint(name, DatasetUse.SECTIONS)
                + ", expected some of "
                + String.join(", ", DatasetUse.SECTIONS));
      }
    }
    return names;
  }

  private static Set<String> once(ConfigMap map, String key, List<String> names) {
    Set<String> out = new LinkedHashSet<>();
    for (String name : names) {
      if (!out.add(name)) {
        map.problem(key, name + " stands twice in the list");
      }
    }
    return out;
  }

  /**
   * That uses name what the study has, and that all it has is used somewhere.
   *
   * @param root the study, to which problems are told
   * @param models of the study, as uses name them
   * @param engines of the study, by name
   */
  public static void check(
      ConfigMap root, List<DatasetUse> uses, Stream<String> models, Stream<String> engines) {
    if (uses.isEmpty() || uses.stream().allMatch(DatasetUse.ALL::equals)) {
      return;
    }
    Set<String> allModels = inOrder(models);
    Set<String> allEngines = inOrder(engines);
    uses.forEach(use -> requireKnown(root, MODELS, use.models(), allModels));
    uses.forEach(use -> requireKnown(root, ENGINES, use.engines(), allEngines));
    requireUsed(root, MODELS, allModels, uses, DatasetUse::hasModel);
    requireUsed(root, ENGINES, allEngines, uses, DatasetUse::hasEngine);
    for (String section : DatasetUse.SECTIONS) {
      if (root.keys().contains(section) && uses.stream().noneMatch(u -> u.hasSection(section))) {
        root.problem(
            section,
            "is asked of no dataset; add it to the sections of one's use, or leave it out");
      }
    }
  }

  private static void requireKnown(
      ConfigMap root, String what, Set<String> named, Set<String> known) {
    for (String name : named) {
      if (!known.contains(name)) {
        root.problem(
            "datasets",
            "one is used for "
                + what
                + " "
                + name
                + Nearest.hint(name, known)
                + ", expected some of the study's: "
                + String.join(", ", known));
      }
    }
  }

  private static void requireUsed(
      ConfigMap root,
      String what,
      Set<String> names,
      List<DatasetUse> uses,
      BiPredicate<DatasetUse, String> isUsed) {
    for (String name : names) {
      if (uses.stream().noneMatch(use -> isUsed.test(use, name))) {
        root.problem(
            what, name + " is used for no dataset; name it in the use of one, or leave it out");
      }
    }
  }

  /** The key as a study file has it; empty where all of the study meets the dataset. */
  public static Optional<Map<String, Object>> write(DatasetUse use) {
    if (use.equals(DatasetUse.ALL)) {
      return Optional.empty();
    }
    Map<String, Object> out = new LinkedHashMap<>();
    if (!use.models().isEmpty()) {
      out.put(MODELS, List.copyOf(use.models()));
    }
    if (!use.engines().isEmpty()) {
      out.put(ENGINES, List.copyOf(use.engines()));
    }
    if (!use.sections().equals(DatasetUse.SECTIONS)) {
      out.put(SECTIONS, use.sections());
    }
    return Optional.of(out);
  }
}
