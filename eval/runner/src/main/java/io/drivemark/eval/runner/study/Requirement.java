package io.drivemark.eval.runner.study;

import io.drivemark.config.Numbers;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound every entry of a study must keep, for example {@code miou >=0.5}. A value that is
 * undefined or was not measured does not keep it. Immutable.
 *
 * @param metric what is bounded
 * @param comparison which side is good
 * @param bound the limit, itself good for {@code >=} and {@code <=}
 */
public record Requirement(Metric metric, Comparison comparison, double bound) {
  private static final Pattern TEXT = Pattern.compile("(>=|<=|>|<)\\s*([-+0-9.eE]+)");

  /** What can be bounded. */
  public enum Metric {
    MIOU("miou", accuracy(Accuracy::miou)),
    PIXEL_ACCURACY("pixelAccuracy", accuracy(Accuracy::pixelAccuracy)),
    MEAN_ACCURACY("meanAccuracy", accuracy(Accuracy::meanAccuracy)),
    FREQUENCY_WEIGHTED_IOU("frequencyWeightedIou", accuracy(Accuracy::frequencyWeightedIou)),
    FPS("fps", speed(s -> OptionalDouble.of(s.fps()))),
    LATENCY_MEAN_MS("latencyMs", speed(s -> OptionalDouble.of(s.endToEnd().mean()))),
    LATENCY_P50_MS("latencyP50Ms", speed(s -> OptionalDouble.of(s.endToEnd().p50()))),
    LATENCY_P95_MS("latencyP95Ms", speed(s -> OptionalDouble.of(s.endToEnd().p95()))),
    LATENCY_P99_MS("latencyP99Ms", speed(s -> s.endToEnd().p99())),
    PARAMS("params", cost(c -> widen(c.params()))),
    MACS("macs", cost(c -> widen(c.macs())));

    private final String word;
    private final Function<Entry, OptionalDouble> value;

    Metric(String word, Function<Entry, OptionalDouble> value) {
      this.word = word;
      this.value = value;
    }

    /** As study files write it. */
    public String word() {
      return word;
    }

    /** What an entry has there; empty if undefined or not measured. */
    public OptionalDouble of(Entry entry) {
      return value.apply(entry);
    }

    /** All words. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Metric::word).toList();
    }

    private static Function<Entry, OptionalDouble> accuracy(Function<Accuracy, OptionalDouble> f) {
      return e -> e.accuracy().map(f).orElse(OptionalDouble.empty());
    }

    private static Function<Entry, OptionalDouble> speed(Function<Speed, OptionalDouble> f) {
      return e -> e.speed().map(f).orElse(OptionalDouble.empty());
    }

    private static Function<Entry, OptionalDouble> cost(Function<Cost, OptionalDouble> f) {
      return e -> e.cost().map(f).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble widen(OptionalLong value) {
      return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
    }
  }

  /** Which side of the bound is good. */
  public enum Comparison {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As study files write it. */
    public String sign() {
      return sign;
    }

    private boolean holds(double value, double bound) {
      return switch (this) {
        case AT_LEAST -> value >= bound;
        case AT_MOST -> value <= bound;
        case ABOVE -> value > bound;
        case BELOW -> value < bound;
      };
    }
  }

  public Requirement {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException("bound of " + metric.word() + ": " + bound);
    }
  }

  /** Reads a bound such as {@code >=0.5}; empty if the text is none. */
  static Optional<Requirement> parse(Metric metric, String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    OptionalDouble bound = Numbers.real(matcher.group(2));
    return Arrays.stream(Comparison.values())
        .filter(c -> bound.isPresent() && c.sign.equals(matcher.group(1)))
        .findFirst()
        .map(c -> new Requirement(metric, c, bound.getAsDouble()));
  }

  /** The bound as study files write it. */
  public String text() {
    return comparison.sign() + bound;
  }

  /** A value that misses the bound, in as few digits from 6 on as show that it misses it. */
  private String written(double value) {
    for (int digits = 6; digits < 17; digits++) {
      String text = String.format(Locale.ROOT, "%." + digits + "g", value);
      if (!comparison.holds(Double.parseDouble(text), bound)) {
        return text;
      }
    }
    return Double.toString(value);
  }

  /** Says how an entry breaks this requirement; empty if it keeps it. */
  public Optional<String> finding(Entry entry) {
    OptionalDouble value = metric.of(entry);
    if (value.isPresent() && comparison.holds(value.getAsDouble(), bound)) {
      return Optional.empty();
    }
    String found = value.isPresent() ? written(value.getAsDouble()) : "undefined or not measured";
    return Optional.of(
        entry.model().name()
            + " on "
            + entry.dataset().name()
            + "/"
            + entry.dataset().split()
            + " with "
            + entry.engine().name()
            + " at "
            + entry.input()
            + ": "
            + metric.word()
            + " is "
            + found
            + ", required "
            + text());
  }
}
