package io.drivemark.eval.runner.study;

import io.drivemark.config.ConfigMap;
import io.drivemark.eval.metrics.depth.DepthCrop;
import io.drivemark.eval.metrics.depth.DepthRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The key {@code depth} of study files: which distances are judged, {@code {crop: garg, min: 0.001,
 * max: 80}} for example; without it all that are known. Stateless.
 */
final class DepthKeys {
  static final String KEY = "depth";

  private static final List<String> CROPS =
      Arrays.stream(DepthCrop.values()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();

  private DepthKeys() {}

  static DepthRule read(ConfigMap root) {
    if (!root.has(KEY)) {
      return DepthRule.everywhere();
    }
    ConfigMap map = root.map(KEY);
    String crop = map.choice("crop", CROPS.get(0), CROPS);
    double least = map.number("min", 0);
    double most = map.number("max", Double.POSITIVE_INFINITY);
    if (!(least >= 0 && least < most)) {
      map.problem(
          map.has("max") ? "max" : "min",
          "found min: "
              + least
              + " and max: "
              + most
              + " metres, expected 0 or more, and less than max");
      return DepthRule.everywhere();
    }
    return new DepthRule(least, most, DepthCrop.values()[CROPS.indexOf(crop)]);
  }

  /** The key of a rule; empty where it need not be written. */
  static Optional<Map<String, Object>> write(DepthRule rule) {
    if (rule.equals(DepthRule.everywhere())) {
      return Optional.empty();
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("crop", rule.crop().name().toLowerCase(Locale.ROOT));
    out.put("min", rule.leastMetres());
    if (!Double.isInfinite(rule.mostMetres())) {
      out.put("max", rule.mostMetres());
    }
    return Optional.of(out);
  }
}
