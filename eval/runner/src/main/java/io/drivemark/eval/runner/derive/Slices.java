package io.drivemark.eval.runner.derive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups frames by what is known of them. Stateless. */
final class Slices {
  /** More values than this are no slices but frames by another name. */
  private static final int MOST = 50;

  private Slices() {}

  /**
   * Positions of frames by attribute and value, both sorted, for attributes of at least two values,
   * not too many.
   *
   * @param attributes of each frame
   */
  static Map<String, Map<String, List<Integer>>> of(List<Map<String, String>> attributes) {
    Map<String, Map<String, List<Integer>>> all = new TreeMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      int frame = i;
      attributes
          .get(i)
          .forEach(
              (name, value) ->
                  all.computeIfAbsent(name, n -> new TreeMap<>())
                      .computeIfAbsent(value, v -> new ArrayList<>())
                      .add(frame));
    }
    Map<String, Map<String, List<Integer>>> out = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> {
          if (values.size() > 1 && values.size() <= MOST) {
            out.put(name, values);
          }
        });
    return out;
  }
}
