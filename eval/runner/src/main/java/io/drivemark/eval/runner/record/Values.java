package io.drivemark.eval.runner.record;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Small helpers for the records. Stateless. */
final class Values {
  private Values() {}

  static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
