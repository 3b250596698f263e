package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.truth.PolygonTruth;
import io.drivemark.problem.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what labels of polygons mean: {@code coding} of kind {@code cityscapes-polygons}. Classes
 * are stored by their indices once polygons are drawn. Stateless.
 */
final class PolygonCoding {
  private static final String VOID = "void";
  private static final String SKIP = "skip";

  private PolygonCoding() {}

  static CodingReader.Declared read(ConfigMap map, LabelSpace space) {
    Map<String, Integer> labels = new TreeMap<>();
    if (map.has("values")) {
      ConfigMap values = map.map("values");
      values
          .allStrings()
          .forEach(
              (label, target) ->
                  stored(values, space, label, target).ifPresent(v -> labels.put(label, v)));
    } else {
      for (int i = 0; i < space.size(); i++) {
        labels.put(space.classes().get(i).name(), i);
      }
    }
    for (String label : map.strings(VOID)) {
      if (labels.put(label, TruthFormat.UNCOVERED) != null) {
        map.problem(VOID, "label '" + label + "' is there already");
      }
    }
    boolean unknownIsVoid = map.choice("unknown", "error", CodingReader.UNKNOWN).equals(VOID);
    if (space.size() >= TruthFormat.UNCOVERED) {
      map.problem("kind", "polygons can have at most 254 classes, found " + space.size());
    }
    Map<Integer, Integer> indices = new TreeMap<>();
    for (int i = 0; i < Math.min(space.size(), TruthFormat.UNCOVERED); i++) {
      indices.put(i, i);
    }
    TreeSet<Integer> voids = new TreeSet<>(java.util.Set.of(TruthFormat.UNCOVERED));
    return new CodingReader.Declared(
        new LabelCoding(LabelCoding.Kind.INDEX, space, indices, voids, unknownIsVoid),
        new TruthFormat(
            TruthFormat.Kind.POLYGONS,
            Optional.empty(),
            Optional.empty(),
            labels,
            unknownIsVoid ? OptionalInt.of(space.size()) : OptionalInt.empty()));
  }

  private static OptionalInt stored(
      ConfigMap values, LabelSpace space, String label, String target) {
    OptionalInt index = space.indexOf(target);
    if (index.isPresent()) {
      return index;
    }
    if (target.equals(VOID) || target.equals(SKIP)) {
      return OptionalInt.of(target.equals(VOID) ? TruthFormat.UNCOVERED : PolygonTruth.SKIP);
    }
    values.problem(
        label,
        "found '"
            + target
            + "'"
            + Nearest.hint(target, space.classNames())
            + ", expected void, skip (not drawn) or one of "
            + String.join(", ", space.classNames()));
    return OptionalInt.empty();
  }
}
