package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.catalog.Layout.Member;
import io.drivemark.datasets.catalog.Layout.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads where files lie: the key {@code layout} of a declaration. Stateless. */
final class LayoutReader {
  private static final String EXPRESSION = "~";

  private LayoutReader() {}

  /**
   * Reads one way of lying.
   *
   * @param distancesAlone whether its files of distances stand for those of labels
   */
  static Layout read(ConfigMap map, boolean distancesAlone) {
    String id = map.string("id", PathPattern.ID);
    List<PathPattern> images = patterns(map, "image", id, false);
    List<PathPattern> labels = patterns(map, "truth", id, distancesAlone);
    List<PathPattern> instances = patterns(map, "instances", id, true);
    List<PathPattern> depths = patterns(map, "depth", id, true);
    List<PathPattern> rights = patterns(map, "right", map.string("rightId", id), true);
    if (map.has("rightId") && rights.isEmpty()) {
      map.problem("rightId", "stands without right, the pattern that it is for");
    }
    List<PathPattern> confidences = patterns(map, "confidence", id, true);
    List<PathPattern> cameras = patterns(map, "camera", map.string("cameraId", id), true);
    if (map.has("cameraId") && cameras.isEmpty()) {
      map.problem("cameraId", "stands without camera, the pattern that it is for");
    }
    List<PathPattern> streams = patterns(map, "stream", id, true);
    Map<String, List<Member>> members = new TreeMap<>();
    ConfigMap splits = map.map("members");
    for (String split : splits.keys()) {
      List<Member> some = new ArrayList<>();
      for (String text : splits.strings(split)) {
        member(splits, split, text).ifPresent(some::add);
      }
      members.put(split, some);
    }
    return new Layout(
        images,
        distancesAlone ? depths : labels,
        instances,
        depths,
        rights,
        confidences,
        cameras,
        streams,
        map.optionalString("list"),
        selection(map),
        members,
        map.flag("spareImages", false));
  }

  /**
   * Whether a layout has files of distances and none of labels. Its frames are found by those
   * files, which stand for labels that say where a distance is known.
   */
  static boolean hasDistancesAlone(ConfigMap map) {
    return map.keys().contains("depth") && !map.keys().contains("truth");
  }

  /** An expression of a declaration; a problem is recorded where it is no valid one. */
  static Optional<Pattern> expression(ConfigMap map, String key, String regex) {
    try {
      return Optional.of(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      map.problem(key, "no valid regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  private static Optional<Selection> selection(ConfigMap map) {
    if (!map.has("select")) {
      return Optional.empty();
    }
    ConfigMap select = map.map("select");
    ConfigMap every = select.map("every");
    Map<String, Integer> steps = new TreeMap<>();
    for (String split : every.keys()) {
      int step = every.integer(split);
      if (step < 1) {
        every.problem(split, "found " + step + ", expected at least 1");
      }
      steps.put(split, Math.max(1, step));
    }
    return Optional.of(new Selection(select.string("list"), steps));
  }

  /** One id, a range {@code first..last}, or {@code ~expression}. */
  private static Optional<Member> member(ConfigMap splits, String split, String text) {
    if (text.startsWith(EXPRESSION)) {
      return expression(splits, split, text.substring(EXPRESSION.length()))
          .map(Member.Matching::new);
    }
    int at = text.indexOf("..");
    return Optional.of(
        at < 0
            ? new Member.Range(text, text)
            : new Member.Range(text.substring(0, at), text.substring(at + 2)));
  }

  private static List<PathPattern> patterns(
      ConfigMap map, String key, String id, boolean optional) {
    List<PathPattern> out = new ArrayList<>();
    for (String text : map.strings(key)) {
      PathPattern.check(text, id)
          .ifPresentOrElse(
              problem -> map.problem(key, "pattern '" + text + "' " + problem),
              () -> out.add(new PathPattern(text, id)));
    }
    if (!optional && !map.has(key)) {
      map.problem(key, "is missing: expected a pattern such as " + key + "/{split}/{id}.png");
    }
    return out;
  }
}
