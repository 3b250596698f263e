package io.drivemark.eval.runner.study;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.Cues;
import io.drivemark.config.ConfigMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads and writes models with cues: {@code {of: enet-camvid, cues: [{keyframes: {every: 2}}]}}.
 * Stateless.
 */
final class CueKeys {
  private static final String OF = "of";
  private static final String CUES = "cues";
  private static final String NAME = "name";

  private CueKeys() {}

  /** Whether a mapping is to be read here. */
  static boolean areThere(ConfigMap map) {
    boolean of = map.has(OF);
    return map.has(CUES) || of;
  }

  /**
   * Reads one. What is wrong is recorded in the mapping.
   *
   * @param file resolves a path and leaves names alone
   * @param isPath whether a reference is a path
   * @return of no cues: the model itself, which no study gets to see
   */
  static ModelSource read(ConfigMap map, UnaryOperator<String> file, Predicate<String> isPath) {
    refuse(map, "file", "expected one of the two; of takes the path of a file as well");
    refuse(map, "architecture", "it has random weights; take a model that was trained");
    refuse(
        map,
        "mapping",
        "classes are mapped as those of the model inside; write the mapping where that is named, as"
            + " {name: MODEL, mapping: MAPPING}");
    if (!map.has(OF)) {
      map.problem(
          CUES,
          "stands without of: name the model inside, as {of: MODEL, cues: [...]}; it becomes a row"
              + " of its own");
    }
    String of = map.has(OF) ? file.apply(map.string(OF)) : "";
    Optional<String> name = map.optionalString(NAME);
    if (!map.has(CUES)) {
      map.problem(
          OF, "stands without cues: expected those around it, for example cues: [skip-if-still]");
      return new ModelSource.Named(of);
    }
    List<Cue> read = Cues.read(map, CUES);
    if (read.isEmpty()) {
      return new ModelSource.Named(of);
    }
    Cues cues = new Cues(read);
    if (name.isEmpty() && cues.models().stream().anyMatch(isPath)) {
      map.problem(
          NAME,
          "is missing, expected what to call it: its cues run a network by its path, which is no"
              + " part of a name");
    }
    return new ModelSource.Cued(of, name, cues.withModels(file));
  }

  private static void refuse(ConfigMap map, String key, String why) {
    if (map.has(key)) {
      map.problem(key, "stands beside of and cues: " + why);
    }
  }

  /** As a study writes it, every default spelled out. */
  static Map<String, Object> write(ModelSource.Cued cued) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(OF, cued.of());
    cued.given().ifPresent(name -> map.put(NAME, name));
    map.put(CUES, cued.cues().keys());
    return map;
  }
}
