package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the key {@code unscoredObjects} of a declaration, recording problems. Stateless. */
final class UnscoredObjectReader {
  private static final String KEY = "unscoredObjects";

  private UnscoredObjectReader() {}

  static List<UnscoredObject> read(
      ConfigMap root, LabelSpace space, ObjectNumbers numbers, TruthFormat truth) {
    List<UnscoredObject> out = new ArrayList<>();
    if (!root.has(KEY)) {
      return out;
    }
    if (!root.has("meanInstancePixels")) {
      root.problem(KEY, "expected the mean sizes of classes beside it, 'meanInstancePixels'");
    }
    if (numbers.divisor().isEmpty() || truth.kind() != TruthFormat.Kind.PNG) {
      root.problem(
          KEY,
          "expected object files whose numbers tell what an object is: 'objects' of "
              + "thousands, thousands-from-one or bytes-from-one, and labels in PNG files");
    }
    TreeSet<String> categories = new TreeSet<>();
    space.classes().stream().map(LabelClass::category).forEach(categories::add);
    Set<Integer> values = new HashSet<>();
    for (ConfigMap item : root.maps(KEY, "name")) {
      String name = item.string("name");
      String category = item.string("category");
      int value = item.integer("value");
      Optional<Double> meanPixels = item.optionalNumber("meanPixels");
      if (space.indexOf(name).isPresent()) {
        item.problem("name", "'" + name + "' is a class, which has a score of its own");
      }
      if (!categories.contains(category)) {
        item.problem(
            "category",
            "no category of "
                + space.name()
                + Nearest.hint(category, List.copyOf(categories))
                + "; expected one of "
                + String.join(", ", categories));
      }
      boolean fits = value >= 0 && values.add(value);
      if (!fits) {
        item.problem("value", "found " + value + ", expected a number from 0 that is there once");
      }
      boolean positive = meanPixels.filter(p -> p > 0 && Double.isFinite(p)).isPresent();
      if (!positive) {
        item.problem("meanPixels", "expected the mean size of such an object in pixels, above 0");
      } else if (fits) {
        out.add(
            new UnscoredObject(
                name, category, meanPixels.get(), value, numbers.divisor().orElse(1)));
      }
    }
    return out;
  }
}
