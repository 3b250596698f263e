package io.drivemark.eval.decide.select;

import io.drivemark.config.Numbers;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.standard.DepthGauge;
import io.drivemark.eval.runner.study.Quantity;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A limit that a network must keep to be chosen, for example {@code latencyP95Ms<=50}. Immutable.
 *
 * @param word what is bounded: one of {@link #words()}
 * @param most whether the limit is an upper one
 * @param limit keeps the budget itself
 */
public record Budget(String word, boolean most, double limit) {
  /** The mean latency of a frame. */
  static final String LATENCY = "latencyMs";

  /** Frames a second: 1 / mean latency. */
  static final String FPS = "fps";

  /** Bytes of all intermediate values at float32. */
  static final String ACTIVATIONS = "activationBytes";

  /** Bytes of the learned values as the model's file keeps them. */
  static final String STORED = "storedBytes";

  /** Most bytes of intermediate values at one time. */
  static final String PEAK = "peakActivationBytes";

  /** Percentiles of the latency of a frame. */
  private static final Map<String, Double> PERCENTILES =
      Map.of("latencyP50Ms", 0.5, "latencyP95Ms", 0.95, "latencyP99Ms", 0.99);

  private static final Set<String> COSTS = Set.of("params", "macs", STORED, ACTIVATIONS, PEAK);

  private static final Set<String> DISTANCES =
      new DepthGauge().figures().stream().map(Figure::id).collect(Collectors.toSet());

  private static final Pattern TEXT =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*(<=|>=)\\s*([-+0-9.eE]+)\\s*");

  public Budget {
    Objects.requireNonNull(word, "word");
    if (!Double.isFinite(limit)) {
      throw new IllegalArgumentException("budget of " + word + ": " + limit);
    }
  }

  /**
   * Reads one.
   *
   * @throws BadInputException if it is none, or bounds nothing that is known
   */
  public static Budget parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    OptionalDouble limit =
        matcher.matches() ? Numbers.real(matcher.group(3)) : OptionalDouble.empty();
    if (limit.isEmpty()) {
      throw new BadInputException(
          "--budget: found '"
              + text
              + "', expected a figure, <= or >=, and a number, for example latencyP95Ms<=50");
    }
    String word = named("--budget", matcher.group(1));
    return new Budget(word, matcher.group(2).equals("<="), limit.getAsDouble());
  }

  /**
   * The figure that a user calls so.
   *
   * @param option that gave it, for the message
   * @throws BadInputException if there is none
   */
  public static String named(String option, String name) {
    String word = name.equals("safeMiou") ? "safe" : name;
    List<String> words = words();
    if (!words.contains(word)) {
      throw new BadInputException(
          option
              + ": no figure is called '"
              + name
              + "'"
              + Nearest.hint(name, words)
              + "; there are "
              + String.join(", ", words));
    }
    return word;
  }

  /** All that can be bounded. */
  public static List<String> words() {
    List<String> out = new ArrayList<>();
    Quantity.all(Gauges.installed()).forEach(q -> out.add(q.word()));
    out.add(STORED);
    out.add(ACTIVATIONS);
    out.add(PEAK);
    return out;
  }

  /** Whether a value keeps it; NaN does not. */
  public boolean holds(double value) {
    return most ? value <= limit : value >= limit;
  }

  /** Which percentile of latency it bounds. */
  Optional<Double> percentile() {
    return Optional.ofNullable(PERCENTILES.get(word));
  }

  /** Whether it bounds what was timed. */
  boolean isOfTime() {
    return word.equals(LATENCY) || word.equals(FPS) || percentile().isPresent();
  }

  /** Whether networks of a task can have it at all: times and costs of all, figures of one. */
  boolean concerns(Task task) {
    return isOfTime() || COSTS.contains(word) || DISTANCES.contains(word) == (task == Task.DEPTH);
  }

  /** As people write it: {@code latencyP95Ms<=50}. */
  public String text() {
    return word + (most ? "<=" : ">=") + Numbers.text(limit);
  }
}
