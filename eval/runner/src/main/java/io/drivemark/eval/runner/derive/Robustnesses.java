package io.drivemark.eval.runner.derive;

import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.metrics.StateScores;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Plain;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What follows from the counts of frames in several states. Stateless. */
public final class Robustnesses {
  /** Raised whenever figures or intervals would come out otherwise. */
  public static final int DERIVATION = 1;

  private Robustnesses() {}

  /**
   * What was looked at.
   *
   * @param key see {@link Robustness#key}
   * @param levels corruptions at severities; their figures are not read
   * @param plain the plain state, where there are conditions
   * @param conditions likewise; their figures are not read
   * @param shots pictures
   */
  public record Asked(
      String key,
      List<Level> levels,
      Optional<String> plain,
      List<Condition> conditions,
      List<Shot> shots) {
    /** What a record says was looked at. */
    public static Asked of(Robustness recorded) {
      return new Asked(
          recorded.key(),
          recorded.levels(),
          recorded.plain().map(Plain::state),
          recorded.conditions(),
          recorded.shots());
    }

    /** All states as evidence calls them. */
    public List<String> states() {
      return Stream.of(
              levels.stream().map(Level::state),
              plain.stream(),
              conditions.stream().map(Condition::state))
          .flatMap(s -> s)
          .toList();
    }
  }

  /**
   * The figures and their intervals.
   *
   * @param clean counts of the clean frames by sample id; may hold others besides
   * @param states counts by state, then by sample id
   * @param attributes of the frames by sample id
   * @throws io.drivemark.problem.BadInputException if a frame's truth is not the same in all states
   */
  public static Robustness of(
      Asked asked,
      Protocol protocol,
      Map<String, ConfusionMatrix> clean,
      Map<String, Map<String, ConfusionMatrix>> states,
      Map<String, Map<String, String>> attributes) {
    if (!List.copyOf(states.keySet()).equals(asked.states())) {
      throw new IllegalArgumentException(
          "its states are " + states.keySet() + ", expected " + asked.states());
    }
    List<List<ConfusionMatrix>> all = counts(clean, states);
    Clusters clusters = clusters(states, attributes);
    List<OptionalDouble> mious =
        all.stream().map(counts -> protocol.evaluate(counts).miou().value()).toList();
    int levels = asked.levels().size();
    List<List<Integer>> groups = groups(asked.levels());
    List<Estimate> estimates =
        StateScores.estimates(
            protocol,
            all,
            clusters,
            Reliability.PAIRED,
            all.size() + 2,
            (m, out) -> {
              for (int s = 0; s < m.length; s++) {
                out[s] = (s > levels ? m[levels + 1] : m[0]) - m[s];
              }
              out[m.length] = mean(m, groups);
              out[m.length + 1] = share(m, groups);
            });
    List<Level> found = new ArrayList<>();
    for (int l = 0; l < levels; l++) {
      Level level = asked.levels().get(l);
      OptionalDouble miou = mious.get(1 + l);
      found.add(
          new Level(
              level.corruption(),
              level.severity(),
              miou,
              span(difference(mious.get(0), miou), estimates, 1 + l)));
    }
    List<Condition> conditions = new ArrayList<>();
    for (int c = 0; c < asked.conditions().size(); c++) {
      Condition condition = asked.conditions().get(c);
      OptionalDouble miou = mious.get(levels + 2 + c);
      conditions.add(
          new Condition(
              condition.name(),
              condition.state(),
              miou,
              span(difference(mious.get(levels + 1), miou), estimates, levels + 2 + c)));
    }
    Robustness without =
        new Robustness(
            asked.key(),
            DERIVATION,
            all.get(0).size(),
            clusters.description(),
            mious.get(0),
            found,
            Span.NONE,
            Span.NONE,
            asked.plain().map(state -> new Plain(state, mious.get(levels + 1))),
            conditions,
            List.of(),
            asked.shots());
    return without
        .scores()
        .map(
            scores ->
                without.withFigures(
                    span(scores.mean(), estimates, all.size()),
                    span(scores.share(), estimates, all.size() + 1)))
        .orElse(without);
  }

  /**
   * How one network's figures differ from another's.
   *
   * @param mine the network's counts by state, with its clean ones
   * @param others those of the other network in the same states on the same frames
   * @throws io.drivemark.problem.BadInputException if the frames' truths differ
   */
  static Difference difference(
      String from,
      Protocol protocol,
      Robustness recorded,
      List<List<ConfusionMatrix>> mine,
      List<List<ConfusionMatrix>> others,
      Clusters clusters,
      Robustness other) {
    List<List<Integer>> groups = groups(recorded.levels());
    int states = 1 + recorded.levels().size();
    List<List<ConfusionMatrix>> first = mine.subList(0, states);
    List<List<ConfusionMatrix>> second = others.subList(0, states);
    List<List<ConfusionMatrix>> both = new ArrayList<>(first);
    both.addAll(second);
    double[] one = new double[states];
    double[] two = new double[states];
    List<Estimate> estimates =
        StateScores.estimates(
            protocol,
            both,
            clusters,
            Reliability.PAIRED,
            2,
            (m, out) -> {
              System.arraycopy(m, 0, one, 0, states);
              System.arraycopy(m, states, two, 0, states);
              out[0] = mean(one, groups) - mean(two, groups);
              out[1] = share(one, groups) - share(two, groups);
            });
    return new Difference(
        from,
        span(difference(recorded.mean().value(), other.mean().value()), estimates, 0),
        span(difference(recorded.share().value(), other.share().value()), estimates, 1),
        StateScores.swapP(protocol, first, second, clusters, m -> mean(m, groups)),
        StateScores.swapP(protocol, first, second, clusters, m -> share(m, groups)),
        Optional.of(clusters.count()),
        Optional.empty());
  }

  /** The clean counts of the frames, then those of each state, all in the states' frame order. */
  static List<List<ConfusionMatrix>> counts(
      Map<String, ConfusionMatrix> clean, Map<String, Map<String, ConfusionMatrix>> states) {
    Set<String> samples = samples(states);
    List<List<ConfusionMatrix>> all = new ArrayList<>();
    all.add(samples.stream().map(id -> Objects.requireNonNull(clean.get(id), id)).toList());
    states.values().forEach(state -> all.add(samples.stream().map(state::get).toList()));
    return all;
  }

  static Clusters clusters(
      Map<String, Map<String, ConfusionMatrix>> states,
      Map<String, Map<String, String>> attributes) {
    return Reliability.clusters(
        samples(states).stream().map(id -> attributes.getOrDefault(id, Map.of())).toList());
  }

  private static Set<String> samples(Map<String, Map<String, ConfusionMatrix>> states) {
    return new LinkedHashSet<>(states.values().iterator().next().keySet());
  }

  /** For each corruption the places of its levels, after the clean state. */
  static List<List<Integer>> groups(List<Level> levels) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int l = 0; l < levels.size(); l++) {
      groups.computeIfAbsent(levels.get(l).corruption(), c -> new ArrayList<>()).add(1 + l);
    }
    return List.copyOf(groups.values());
  }

  /** The mean over corruptions of drawn values; NaN where one is, or without corruptions. */
  static double mean(double[] mious, List<List<Integer>> groups) {
    double sum = 0;
    for (List<Integer> group : groups) {
      double ofGroup = 0;
      for (int state : group) {
        ofGroup += mious[state];
      }
      sum += ofGroup / group.size();
    }
    return sum / groups.size();
  }

  /** rPC likewise; NaN too where nothing is right on clean frames. */
  private static double share(double[] mious, List<List<Integer>> groups) {
    return mious[0] > 0 ? mean(mious, groups) / mious[0] : Double.NaN;
  }

  private static OptionalDouble difference(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
        : OptionalDouble.empty();
  }

  static Span span(OptionalDouble value, List<Estimate> estimates, int at) {
    Optional<Interval> interval =
        value.isEmpty() || estimates.isEmpty() ? Optional.empty() : estimates.get(at).expanded();
    return new Span(
        value,
        interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()));
  }
}
