package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands for the labels of a declaration that has distances alone: one class, where a distance
 * is known. Its label files are its files of distances. Stateless.
 */
final class DistancesAlone {
  private static final LabelClass MEASURED =
      new LabelClass("measured", 0xFFFFFF, "depth", false, false);
  private static final int MOST = 65535;

  private DistancesAlone() {}

  /** Its one class; keys of labels are problems. */
  static LabelSpace space(ConfigMap root, String name) {
    for (String key : List.of("labels", "classes", "coding", "drivable")) {
      if (root.has(key)) {
        root.problem(
            key,
            "says something of labels, and layout has none; add truth there, or remove " + key);
      }
    }
    return new LabelSpace(name, List.of(MEASURED));
  }

  /** Its stored values: unknown distances are void. A missing key {@code depth} is a problem. */
  static CodingReader.Declared coding(
      ConfigMap root, LabelSpace space, Optional<DepthCoding> depth) {
    if (depth.isEmpty()) {
      root.problem(
          "depth",
          "is missing beside layout.depth: what a stored step stands for, for example depth:"
              + " {metresPerUnit: 0.00390625, unknown: [0]}");
    }
    SortedSet<Integer> unknown = depth.map(DepthCoding::unknown).orElse(new TreeSet<>());
    Map<Integer, Integer> values = new TreeMap<>();
    for (int value = 0; value <= MOST; value++) {
      if (!unknown.contains(value)) {
        values.put(value, 0);
      }
    }
    return new CodingReader.Declared(
        new LabelCoding(LabelCoding.Kind.INDEX, space, values, unknown, false),
        TruthFormat.png(Optional.empty()));
  }
}
