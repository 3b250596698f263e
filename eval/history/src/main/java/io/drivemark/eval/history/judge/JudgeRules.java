package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By what a night is judged. Immutable.
 *
 * @param metrics what is judged; a metric that is not here is not
 * @param least nights that a latency needs before it, at least 3
 * @param window the most nights that a baseline looks back
 * @param segment the least nights on each side of a change of level, at least 3
 * @param falseDiscovery the share of false claims among claims that is accepted
 * @param screen likewise for candidates, before they are confirmed
 * @param forks fresh processes that a confirmation needs
 * @param mates series without a finding that are timed again beside candidates
 * @param coverage the least share of judged figures of all expected ones
 * @param band the widest A-A band, half of it relative to the latency, of a night that is fit for
 *     timing, whatever is usual; empty for any
 */
public record JudgeRules(
    List<MetricRule> metrics,
    int least,
    int window,
    int segment,
    double falseDiscovery,
    double screen,
    int forks,
    int mates,
    double coverage,
    OptionalDouble band) {
  /** Latency from the decoded frame to the label map, mean and 95th percentile. */
  public static final MetricRule LATENCY =
      new MetricRule("latencyMs", "latency", "ms", true, false, 0.02, 0);

  public static final MetricRule LATENCY_P95 =
      new MetricRule("latencyP95Ms", "p95 latency", "ms", true, false, 0.04, 0);

  public static final MetricRule MIOU = new MetricRule("miou", "mIoU", "", false, true, 0.0005, 0);

  public static final MetricRule IOU = new MetricRule("iou", "IoU", "", false, true, 0.005, 0);

  public static final MetricRule ABS_REL =
      new MetricRule("absRel", "AbsRel", "", false, false, 0.0005, 0);

  /** Rules by which any A-A band will do that is usual. */
  public JudgeRules(
      List<MetricRule> metrics,
      int least,
      int window,
      int segment,
      double falseDiscovery,
      double screen,
      int forks,
      int mates,
      double coverage) {
    this(
        metrics,
        least,
        window,
        segment,
        falseDiscovery,
        screen,
        forks,
        mates,
        coverage,
        OptionalDouble.empty());
  }

  public JudgeRules {
    metrics = List.copyOf(metrics);
    if (least < 3 || window < least || segment < 3 || forks < 1 || mates < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "rules: least %d, window %d, segment %d, forks %d, mates %d",
              least,
              window,
              segment,
              forks,
              mates));
    }
    share("false-discovery", falseDiscovery);
    share("screen", screen);
    share("require-coverage", coverage);
    if (band.isPresent() && !(band.getAsDouble() > 0)) {
      throw new IllegalArgumentException("band: more than 0, found " + band.getAsDouble());
    }
  }

  /** What holds where a night's file says nothing. */
  public static JudgeRules defaults() {
    return new JudgeRules(
        List.of(LATENCY, LATENCY_P95, MIOU, IOU, ABS_REL), 10, 60, 3, 0.05, 0.2, 2, 4, 0.9);
  }

  /** The rule of a metric; empty if it is not judged. */
  public Optional<MetricRule> rule(String metric) {
    return metrics.stream().filter(rule -> rule.metric().equals(metric)).findFirst();
  }

  /** The same with a widest A-A band. */
  public JudgeRules withBand(OptionalDouble widest) {
    return new JudgeRules(
        metrics, least, window, segment, falseDiscovery, screen, forks, mates, coverage, widest);
  }

  private static void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + ": in 0..1, found " + value);
    }
  }
}
