package io.drivemark.eval.decide.robust;

import io.drivemark.eval.decide.Comparison;
import io.drivemark.eval.decide.SwapReach;
import io.drivemark.eval.robustness.CorruptedScores;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Span;
import io.drivemark.eval.statistics.AdjustedP;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How the networks of a yardstick stand under corruption. Held side by side are those that were
 * judged on as many frames in the same states as the first one; others are left out and counted.
 * Immutable.
 *
 * @param reference name of the network that degradations are held against: the first one
 * @param states what all were judged in
 * @param frames how many frames
 * @param rows one a network, in the given order
 * @param verdicts how networks keep their accuracy, each held against another one
 * @param leftOut networks that were judged in other states
 */
public record RobustStanding(
    String reference,
    List<String> states,
    int frames,
    List<Row> rows,
    List<Verdict> verdicts,
    List<String> leftOut) {

  /** Whether a network keeps more or less of its accuracy than another one. */
  public enum Finding {
    /** It keeps more, beyond doubt. */
    KEEPS_MORE,
    /** It keeps less, beyond doubt. */
    KEEPS_LESS,
    /** They cannot be told apart. */
    OPEN,
    /** No difference whatever could be claimed: too few clusters for the test. */
    TOO_FEW
  }

  /**
   * A column: of a corruption, the mean over its severities; of a condition, one state.
   *
   * @param miou absent where undefined
   * @param shade from 0, the worst of the column, to 1, the best; absent where all are equal
   */
  public record Value(OptionalDouble miou, OptionalDouble shade) {}

  /**
   * A network.
   *
   * @param number its place in the given order
   * @param corruptions accuracy by corruption; empty where only conditions were looked at
   * @param degradation mean CD against the reference; absent likewise, or where undefined
   * @param relativeDegradation mean rCD against the reference
   * @param worst the corruption that costs it most
   * @param conditions accuracy by condition
   */
  public record Row(
      int number,
      Entry entry,
      Map<String, Value> corruptions,
      OptionalDouble degradation,
      OptionalDouble relativeDegradation,
      Optional<String> worst,
      Map<String, Value> conditions) {
    /** Whether anything follows for other frames; with a single cluster nothing does. */
    public boolean hasIntervals() {
      return Stream.concat(
              robustness().levels().stream().map(Level::loss),
              robustness().conditions().stream().map(Condition::loss))
          .anyMatch(loss -> loss.low().isPresent());
    }

    /** What its record says. */
    public Robustness robustness() {
      return entry.robustness().orElseThrow();
    }
  }

  /**
   * What may be claimed of a network and the one that it is held against.
   *
   * @param number the network's place in the given order
   * @param difference as recorded
   * @param adjustedP of their keeping the same share, Holm's over all pairs that are held here;
   *     absent where no test was made
   * @param finding claimed at most at a chance of {@link Comparison#LEVEL} of one false claim, and
   *     only where the difference's interval does not hold zero
   * @param tests how many were adjusted together
   */
  public record Verdict(
      int number, Difference difference, OptionalDouble adjustedP, Finding finding, int tests) {}

  public RobustStanding {
    Objects.requireNonNull(reference, "reference");
    states = List.copyOf(states);
    rows = List.copyOf(rows);
    verdicts = List.copyOf(verdicts);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The standing of entries of one yardstick.
   *
   * @return empty if none was judged on corrupted frames
   */
  public static Optional<RobustStanding> of(List<Entry> entries) {
    Optional<Entry> first = entries.stream().filter(e -> e.robustness().isPresent()).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Robustness reference = first.get().robustness().orElseThrow();
    List<Integer> held = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Optional<Robustness> one = entries.get(i).robustness();
      boolean alike =
          one.filter(r -> r.states().equals(reference.states()) && r.frames() == reference.frames())
              .isPresent();
      if (alike) {
        held.add(i);
      } else if (one.isPresent()) {
        leftOut.add(entries.get(i).model().name());
      }
    }
    return Optional.of(
        new RobustStanding(
            first.get().model().name(),
            reference.states(),
            reference.frames(),
            rows(entries, held, reference),
            verdicts(entries, held),
            leftOut));
  }

  private static List<Row> rows(List<Entry> entries, List<Integer> held, Robustness reference) {
    List<Map<String, OptionalDouble>> corruptions = new ArrayList<>();
    List<Map<String, OptionalDouble>> conditions = new ArrayList<>();
    for (int number : held) {
      Robustness one = entries.get(number).robustness().orElseThrow();
      Map<String, OptionalDouble> means = new LinkedHashMap<>();
      one.scores().ifPresent(s -> s.corrupted().keySet().forEach(c -> means.put(c, s.mean(c))));
      corruptions.add(means);
      Map<String, OptionalDouble> under = new LinkedHashMap<>();
      for (Condition condition : one.conditions()) {
        under.put(condition.name(), condition.miou());
      }
      conditions.add(under);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      Entry entry = entries.get(held.get(i));
      Optional<CorruptedScores> scores = entry.robustness().orElseThrow().scores();
      rows.add(
          new Row(
              held.get(i),
              entry,
              shaded(corruptions, i),
              against(scores, reference, false),
              against(scores, reference, true),
              scores.flatMap(CorruptedScores::worst),
              shaded(conditions, i)));
    }
    return rows;
  }

  private static OptionalDouble against(
      Optional<CorruptedScores> scores, Robustness reference, boolean relative) {
    if (scores.isEmpty()) {
      return OptionalDouble.empty();
    }
    CorruptedScores other = reference.scores().orElseThrow();
    return relative ? scores.get().relativeDegradation(other) : scores.get().degradation(other);
  }

  /** The values of one row with where they stand in their columns. */
  private static Map<String, Value> shaded(List<Map<String, OptionalDouble>> all, int row) {
    Map<String, Value> out = new LinkedHashMap<>();
    all.get(row)
        .forEach(
            (column, miou) -> {
              double[] values =
                  all.stream()
                      .map(r -> r.get(column))
                      .filter(OptionalDouble::isPresent)
                      .mapToDouble(OptionalDouble::getAsDouble)
                      .sorted()
                      .toArray();
              boolean spread = values.length > 0 && values[values.length - 1] > values[0];
              out.put(
                  column,
                  new Value(
                      miou,
                      miou.isPresent() && spread
                          ? OptionalDouble.of(
                              (miou.getAsDouble() - values[0])
                                  / (values[values.length - 1] - values[0]))
                          : OptionalDouble.empty()));
            });
    return out;
  }

  private static List<Verdict> verdicts(List<Entry> entries, List<Integer> held) {
    List<Integer> numbers = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (int number : held) {
      Entry entry = entries.get(number);
      Optional<String> parent = entry.model().parent();
      entry.robustness().orElseThrow().differences().stream()
          .filter(d -> parent.isEmpty() || parent.get().equals(d.from()))
          .forEach(
              d -> {
                numbers.add(number);
                differences.add(d);
              });
    }
    double[] adjusted =
        AdjustedP.holm(
            differences.stream()
                .filter(d -> d.shareP().isPresent())
                .mapToDouble(d -> d.shareP().getAsDouble())
                .toArray());
    List<Verdict> out = new ArrayList<>();
    int tested = 0;
    for (int i = 0; i < differences.size(); i++) {
      Difference difference = differences.get(i);
      OptionalDouble p =
          difference.shareP().isPresent()
              ? OptionalDouble.of(adjusted[tested++])
              : OptionalDouble.empty();
      out.add(
          new Verdict(
              numbers.get(i),
              difference,
              p,
              finding(difference, p, adjusted.length),
              adjusted.length));
    }
    return out;
  }

  private static Finding finding(Difference difference, OptionalDouble p, int tests) {
    Span share = difference.share();
    if (SwapReach.isTooFew(difference.clusters(), p, tests)) {
      return Finding.TOO_FEW;
    }
    if (p.isEmpty() || p.getAsDouble() > Comparison.LEVEL) {
      return Finding.OPEN;
    }
    if (share.low().isPresent() && share.low().getAsDouble() > 0) {
      return Finding.KEEPS_MORE;
    }
    return share.high().isPresent() && share.high().getAsDouble() < 0
        ? Finding.KEEPS_LESS
        : Finding.OPEN;
  }
}
