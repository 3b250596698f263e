package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.history.judge.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The census: each metric of each series, of tonight and of the nights that a baseline looks back,
 * is judged, not judged for a reason, or gone. A series that was to be measured and was not is not
 * judged; one that was not to be measured any more is gone.
 */
final class Counting {
  /** The metric of a series of which nothing was ever measured. */
  private static final String ANY = "any";

  private final JudgeRules rules;
  private final Nights nights;
  private final LatencyJudge latency;
  private final Map<Series, AccuracyTest.Result> accuracy;
  private final Set<String> noisy = new HashSet<>();
  private final Set<String> exact = new HashSet<>();
  private final List<Census> out = new ArrayList<>();

  Counting(
      JudgeRules rules,
      Nights nights,
      LatencyJudge latency,
      Map<Series, AccuracyTest.Result> accuracy) {
    this.rules = rules;
    this.nights = nights;
    this.latency = latency;
    this.accuracy = accuracy;
    for (MetricRule rule : rules.metrics()) {
      (rule.noisy() ? noisy : exact).add(rule.metric());
    }
    Map<Series, Set<String>> known = known();
    Map<Series, SeriesNight> tonight = new HashMap<>();
    for (SeriesNight one : nights.get(nights.tonight()).series()) {
      tonight.put(one.series(), one);
      known.computeIfAbsent(one.series(), s -> new LinkedHashSet<>());
    }
    known.forEach((series, metrics) -> count(series, metrics, tonight.get(series)));
    out.sort(Comparator.comparing(Census::series).thenComparing(Census::metric));
  }

  /** Metrics that are judged, by series, of tonight and of the window before. */
  private Map<Series, Set<String>> known() {
    Map<Series, Set<String>> known = new HashMap<>();
    int from = Math.max(0, nights.size() - 1 - rules.window());
    for (int t = from; t < nights.size(); t++) {
      for (SeriesNight one : nights.get(t).series()) {
        if (one.unmeasured().isEmpty()) {
          addMetrics(one, known.computeIfAbsent(one.series(), s -> new LinkedHashSet<>()));
        }
      }
    }
    return known;
  }

  private void addMetrics(SeriesNight one, Set<String> to) {
    for (Timing timing : one.timings()) {
      if (noisy.contains(timing.metric())) {
        to.add(timing.metric());
      }
    }
    if (one.accuracy().isPresent()) {
      for (Measurement figure : one.accuracy().get().values()) {
        if (exact.contains(figure.metric())) {
          to.add(figure.metric());
        }
      }
    }
  }

  private void count(Series series, Set<String> metrics, SeriesNight tonight) {
    if (tonight != null && metrics.isEmpty()) {
      out.add(
          new Census(
              series,
              ANY,
              Census.State.NOT_JUDGED,
              tonight.unmeasured().orElse("nothing that is judged was measured")));
    }
    for (String metric : metrics) {
      if (tonight == null) {
        Night.Ref last = last(series);
        out.add(
            new Census(
                series, metric, Census.State.GONE, "last measured in the night " + last.uid()));
      } else {
        Optional<String> why =
            tonight.unmeasured().isPresent() ? tonight.unmeasured() : whyNot(tonight, metric);
        out.add(
            why.map(w -> new Census(series, metric, Census.State.NOT_JUDGED, w))
                .orElseGet(() -> new Census(series, metric, Census.State.JUDGED, "")));
      }
    }
  }

  private Optional<String> whyNot(SeriesNight tonight, String metric) {
    if (rules.rule(metric).orElseThrow().noisy()) {
      return latency.whyNot(tonight.series(), metric);
    }
    AccuracyTest.Result result = accuracy.get(tonight.series());
    if (result == null || !metricsOf(tonight).contains(metric)) {
      return Optional.of("not measured");
    }
    return result.isJudged() ? Optional.empty() : Optional.of(result.finding().note());
  }

  private Set<String> metricsOf(SeriesNight one) {
    Set<String> out = new LinkedHashSet<>();
    addMetrics(one, out);
    return out;
  }

  private Night.Ref last(Series series) {
    for (int t = nights.size() - 1; t >= 0; t--) {
      if (nights.get(t).series().stream()
          .anyMatch(one -> one.series().equals(series) && one.unmeasured().isEmpty())) {
        return nights.ref(t);
      }
    }
    throw new IllegalStateException(series.label() + " is in no night");
  }

  List<Census> census() {
    return List.copyOf(out);
  }

  Verdict.Coverage coverage() {
    return new Verdict.Coverage(
        count(Census.State.JUDGED),
        count(Census.State.NOT_JUDGED),
        count(Census.State.GONE),
        rules.coverage());
  }

  private int count(Census.State state) {
    return (int) out.stream().filter(one -> one.state() == state).count();
  }
}
