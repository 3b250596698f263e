package io.drivemark.eval.runner.timing;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which cells of a finished study are timed in turn again. Stateless. */
public final class ForkRotations {
  private static final int KEY_DIGITS = 8;

  private ForkRotations() {}

  /**
   * The rotations that the study itself had: folders of its cells, the reference first. Cells that
   * were not timed are in none.
   */
  public static List<List<String>> of(StudyResult study) {
    Map<String, List<Entry>> byRotation = new LinkedHashMap<>();
    for (Entry entry : study.entries()) {
      entry
          .speed()
          .flatMap(Speed::rotation)
          .ifPresent(
              rotation ->
                  byRotation.computeIfAbsent(rotation.id(), id -> new ArrayList<>()).add(entry));
    }
    return byRotation.values().stream()
        .map(members -> withReference(study, members, members))
        .toList();
  }

  /**
   * The rotations of some cells alone, for example of those that are to be confirmed: each of the
   * study's rotations with those of its cells, and its reference. A rotation with none of them is
   * left out.
   *
   * @param wanted folders of cells
   */
  public static List<List<String>> among(StudyResult study, List<String> wanted) {
    return of(study).stream()
        .filter(
            rotation ->
                rotation.stream().skip(1).anyMatch(wanted::contains)
                    || wanted.contains(rotation.get(0)) && isOwn(study, rotation))
        .map(
            rotation -> {
              List<String> out = new ArrayList<>(List.of(rotation.get(0)));
              rotation.stream().skip(1).filter(wanted::contains).forEach(out::add);
              return List.copyOf(out);
            })
        .toList();
  }

  /** Whether a rotation is the one that its reference has its own times from: the first. */
  private static boolean isOwn(StudyResult study, List<String> rotation) {
    return of(study).stream()
        .filter(other -> other.get(0).equals(rotation.get(0)))
        .findFirst()
        .filter(rotation::equals)
        .isPresent();
  }

  private static List<String> withReference(
      StudyResult study, List<Entry> members, List<Entry> rotation) {
    Optional<String> key =
        rotation.get(0).speed().flatMap(Speed::rotation).flatMap(Speed.Rotation::referenceKey);
    List<String> out = new ArrayList<>();
    key.flatMap(k -> ofKey(study, k)).ifPresent(out::add);
    members.stream().map(Entry::folder).filter(f -> !out.contains(f)).forEach(out::add);
    return List.copyOf(out);
  }

  /** Names of folders end in the first digits of their keys. */
  private static Optional<String> ofKey(StudyResult study, String key) {
    String end = "-" + key.substring(0, KEY_DIGITS);
    return study.entries().stream().map(Entry::folder).filter(f -> f.endsWith(end)).findFirst();
  }
}
