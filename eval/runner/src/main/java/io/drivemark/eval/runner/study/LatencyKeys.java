package io.drivemark.eval.runner.study;

import io.drivemark.config.ConfigMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key {@code latency} of study files: how speed is measured, {@code {runs: 200, group: 13}} for
 * example, or {@code off}. Stateless.
 */
final class LatencyKeys {
  static final String KEY = "latency";

  private LatencyKeys() {}

  static Optional<LatencySpec> read(ConfigMap root) {
    if (!root.isMap(KEY)) {
      return root.flag(KEY, true) ? Optional.of(LatencySpec.DEFAULT) : Optional.empty();
    }
    ConfigMap map = root.map(KEY);
    int runs = atLeast(map, "runs", LatencySpec.DEFAULT.runs(), LatencySpec.LEAST_RUNS);
    int group = atLeast(map, "group", LatencySpec.DEFAULT_GROUP, LatencySpec.LEAST_GROUP);
    return Optional.of(new LatencySpec(runs, map.flag("operators", false), group));
  }

  /** A whole number; one below the least is a problem, and the least stands for it. */
  private static int atLeast(ConfigMap map, String key, int usual, int least) {
    int value = map.integer(key, usual);
    if (value < least) {
      map.problem(key, "found " + value + ", expected at least " + least);
    }
    return Math.max(value, least);
  }

  static Map<String, Object> write(LatencySpec latency) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("runs", latency.runs());
    if (latency.operators()) {
      map.put("operators", true);
    }
    map.put("group", latency.group());
    return map;
  }
}
