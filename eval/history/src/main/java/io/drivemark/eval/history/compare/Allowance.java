package io.drivemark.eval.history.compare;

import io.drivemark.config.Numbers;
import io.drivemark.eval.decide.Measure;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * By how much the second result may be worse than the first and still count as the same. Immutable.
 *
 * @param miou absolute, of mIoU, a fraction
 * @param absRel absolute, of AbsRel
 * @param latency relative: 0.02 is 2 %
 */
public record Allowance(double miou, double absRel, double latency) {
  private static final double LATENCY = 0.02;
  private static final String EXAMPLE = "for example miou=0.002,latency=2%";

  public Allowance {
    require("miou", miou);
    require("absRel", absRel);
    require("latency", latency);
  }

  private static void require(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + ": 0 or more and less than 1, found " + value);
    }
  }

  /** What rounding alone may move, and 2 % of a latency. */
  public static Allowance defaults() {
    return new Allowance(Measure.MIOU.same(), Measure.ABS_REL.same(), LATENCY);
  }

  /** What is allowed of a measure. */
  double of(Measure measure) {
    return switch (measure) {
      case MIOU -> miou;
      case ABS_REL -> absRel;
    };
  }

  /**
   * From a text as {@code miou=0.002,latency=2%}; what it does not name stays as {@link #defaults}.
   *
   * @throws BadInputException if it cannot be read, with everything that is wrong
   */
  public static Allowance parse(String text) {
    Allowance usual = defaults();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("miou", usual.miou);
    values.put("absRel", usual.absRel);
    values.put("latency", usual.latency);
    List<String> seen = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int at = part.indexOf('=');
      String name = at < 0 ? part.strip() : part.substring(0, at).strip();
      if (!values.containsKey(name)) {
        throw problem(
            "found '" + name + "', expected one of " + String.join(", ", values.keySet()));
      }
      if (seen.contains(name)) {
        throw problem(name + " stands there twice; keep one");
      }
      seen.add(name);
      values.put(name, value(name, at < 0 ? "" : part.substring(at + 1).strip()));
    }
    return new Allowance(values.get("miou"), values.get("absRel"), values.get("latency"));
  }

  private static double value(String name, String text) {
    boolean percent = text.endsWith("%");
    OptionalDouble number =
        Numbers.real(percent ? text.substring(0, text.length() - 1).strip() : text);
    double value = number.isPresent() ? number.getAsDouble() / (percent ? 100 : 1) : Double.NaN;
    if (!(value >= 0 && value < 1)) {
      throw problem(
          name
              + " is '"
              + text
              + "', expected a number of 0 or more and less than 1, or a percentage below 100 %");
    }
    return value;
  }

  private static BadInputException problem(String what) {
    return new BadInputException("--allow: " + what + "; " + EXAMPLE);
  }
}
