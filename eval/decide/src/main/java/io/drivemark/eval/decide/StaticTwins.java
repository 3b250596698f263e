package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.statistics.AdjustedP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Networks that choose by the frame beside what was made of the same parent and does not: the same
 * masks for all frames, filters or layers removed for good, nothing removed. Stateless.
 */
public final class StaticTwins {
  /** Two networks of one parent cost the same if they differ by at most this share of it. */
  public static final double EQUAL_MACS = 0.05;

  private static final String DYNAMIC = "dynamic";
  private static final String DENSE = "dense";

  private StaticTwins() {}

  /** What a network is that does not choose by the frame. */
  public enum Kind {
    /** Gates that are the same for all frames. */
    CONSTANT,
    /** Filters were removed for good. */
    FILTER,
    /** Layers were removed for good. */
    LAYER,
    /** Pruned otherwise. */
    OTHER,
    /** Nothing was removed: the parent, trained as long. */
    DENSE
  }

  /** Which of the two is more accurate. */
  public enum Verdict {
    DYNAMIC_BETTER,
    TWIN_BETTER,
    /** The difference may be chance. */
    UNDECIDED,
    /** No difference whatever could be claimed: too few clusters for the test. */
    TOO_FEW,
    /** No test could be made of them. */
    UNTESTED
  }

  /**
   * One beside a dynamic network.
   *
   * @param candidate the other
   * @param kind what it is
   * @param equalMacs whether the two cost the same, see {@link #EQUAL_MACS}
   * @param equalLatency whether their latencies cannot be told apart
   * @param macsShare its multiply-accumulates as a share of the parent's
   * @param latencyShare its mean latency as a share of the dynamic one's
   * @param difference the dynamic one's value of the measure less the other's
   * @param verdict which is more accurate; at most {@link Comparison#LEVEL} for a single false one
   *     among all of a comparison, by Holm
   */
  public record Twin(
      Candidate candidate,
      Kind kind,
      boolean equalMacs,
      boolean equalLatency,
      OptionalDouble macsShare,
      OptionalDouble latencyShare,
      Optional<PairedDifference> difference,
      Verdict verdict) {
    public Twin {
      Objects.requireNonNull(candidate, "candidate");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(macsShare, "macsShare");
      Objects.requireNonNull(latencyShare, "latencyShare");
      Objects.requireNonNull(difference, "difference");
      Objects.requireNonNull(verdict, "verdict");
    }
  }

  /**
   * A dynamic network with those beside it.
   *
   * @param dynamic it
   * @param twins by kind; of filters and layers those of equal cost or latency, or where there is
   *     none the one whose cost is nearest
   * @param tests how many were adjusted together, in all rows of a comparison
   */
  public record Row(Candidate dynamic, List<Twin> twins, int tests) {
    public Row {
      twins = List.copyOf(twins);
    }

    /** How it does against those of equal cost or latency; the dense one is not among them. */
    public Tally tally() {
      List<Twin> equal =
          twins.stream()
              .filter(t -> t.kind() != Kind.DENSE)
              .filter(t -> t.equalMacs() || t.equalLatency())
              .toList();
      return new Tally(
          equal.size(),
          (int) equal.stream().filter(t -> t.verdict() == Verdict.DYNAMIC_BETTER).count(),
          (int) equal.stream().filter(t -> t.verdict() == Verdict.TWIN_BETTER).count());
    }
  }

  /**
   * How a dynamic network does against static ones.
   *
   * @param equal how many cost or take as much
   * @param better than how many of them it is more accurate beyond chance
   * @param worse than how many it is less accurate beyond chance
   */
  public record Tally(int equal, int better, int worse) {
    /** Whether there is no difference beyond chance. */
    public boolean isOpen() {
      return better == 0 && worse == 0;
    }
  }

  /** Whether a model chooses by the frame: its gates were not made constant. */
  public static boolean isDynamic(ModelFacts model) {
    return model.technique().equals(DYNAMIC) && !isConstant(model);
  }

  private static boolean isConstant(ModelFacts model) {
    return Boolean.parseBoolean(model.provenance().getOrDefault("gate-constant", "false"));
  }

  /** The dynamic networks of a contest that have anything beside them, in its order. */
  public static List<Row> of(Contest contest) {
    List<Row> rows = new ArrayList<>();
    for (Candidate candidate : contest.candidates()) {
      if (isDynamic(contest.entry(candidate).model())) {
        List<Twin> twins = twins(contest, candidate);
        if (!twins.isEmpty()) {
          rows.add(new Row(candidate, twins, 0));
        }
      }
    }
    return judged(rows);
  }

  private static List<Twin> twins(Contest contest, Candidate dynamic) {
    List<Twin> all =
        contest.candidates().stream()
            .filter(c -> c != dynamic && sameLineage(contest.entry(c), contest.entry(dynamic)))
            .filter(c -> !isDynamic(contest.entry(c).model()))
            .filter(c -> !contest.entry(c).model().hasCues())
            .map(c -> twin(contest, dynamic, c))
            .toList();
    List<Twin> chosen = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Twin> ofKind = all.stream().filter(t -> t.kind() == kind).toList();
      List<Twin> equal =
          kind == Kind.DENSE
              ? ofKind
              : ofKind.stream().filter(t -> t.equalMacs() || t.equalLatency()).toList();
      chosen.addAll(equal);
      if (equal.isEmpty()) {
        ToDoubleFunction<Twin> distance = t -> Math.abs(distance(contest, dynamic, t));
        ofKind.stream().min(Comparator.comparingDouble(distance)).ifPresent(chosen::add);
      }
    }
    return chosen;
  }

  private static double distance(Contest contest, Candidate dynamic, Twin twin) {
    OptionalDouble mine = macsShare(contest, contest.entry(dynamic));
    return mine.isPresent() && twin.macsShare().isPresent()
        ? mine.getAsDouble() - twin.macsShare().getAsDouble()
        : Double.MAX_VALUE;
  }

  private static boolean sameLineage(Entry a, Entry b) {
    return a.model().parent().isPresent()
        && a.model().parent().equals(b.model().parent())
        && a.engine().equals(b.engine())
        && a.input().equals(b.input());
  }

  private static Twin twin(Contest contest, Candidate dynamic, Candidate other) {
    Entry mine = contest.entry(dynamic);
    Entry its = contest.entry(other);
    OptionalDouble macs = macsShare(contest, its);
    OptionalDouble mineMacs = macsShare(contest, mine);
    boolean equalMacs =
        macs.isPresent()
            && mineMacs.isPresent()
            && Math.abs(macs.getAsDouble() - mineMacs.getAsDouble()) <= EQUAL_MACS;
    OptionalDouble ms = contest.standing().ms(dynamic);
    OptionalDouble itsMs = contest.standing().ms(other);
    return new Twin(
        other,
        kind(its.model()),
        equalMacs,
        contest.standing().order(dynamic, other) == SpeedOrder.TIE,
        macs,
        ms.isPresent() && itsMs.isPresent()
            ? OptionalDouble.of(itsMs.getAsDouble() / ms.getAsDouble())
            : OptionalDouble.empty(),
        difference(mine, its),
        Verdict.UNTESTED);
  }

  private static Kind kind(ModelFacts model) {
    return switch (model.technique()) {
      case DYNAMIC -> Kind.CONSTANT;
      case "filter" -> Kind.FILTER;
      case "layer" -> Kind.LAYER;
      case DENSE -> Kind.DENSE;
      default -> Kind.OTHER;
    };
  }

  /** A network's cost as a share of its parent's; empty where one of them is not known. */
  private static OptionalDouble macsShare(Contest contest, Entry entry) {
    Optional<Double> macs = macs(entry);
    Optional<Double> parents =
        contest.entries().stream()
            .filter(e -> entry.model().parent().equals(Optional.of(e.model().name())))
            .filter(e -> e.engine().equals(entry.engine()) && e.input().equals(entry.input()))
            .flatMap(e -> macs(e).stream())
            .findFirst();
    return macs.isPresent() && parents.isPresent()
        ? OptionalDouble.of(macs.get() / parents.get())
        : OptionalDouble.empty();
  }

  private static Optional<Double> macs(Entry entry) {
    return entry
        .cost()
        .map(Cost::macsPerFrame)
        .filter(macs -> macs.isPresent() && macs.getAsLong() > 0)
        .map(macs -> (double) macs.getAsLong());
  }

  /** The dynamic one's value less the other's, whichever of the two records keeps it. */
  private static Optional<PairedDifference> difference(Entry mine, Entry its) {
    return kept(mine, its).or(() -> kept(its, mine).map(PairedDifference::turned));
  }

  private static Optional<PairedDifference> kept(Entry entry, Entry other) {
    return RecordedDifference.of(entry, other.model().name()).map(PairedDifference::of);
  }

  /** The same with verdicts, adjusted for all tests among them. */
  private static List<Row> judged(List<Row> rows) {
    double[] p =
        rows.stream()
            .flatMap(row -> row.twins().stream())
            .flatMapToDouble(t -> p(t).stream())
            .toArray();
    double[] adjusted = AdjustedP.holm(p);
    int next = 0;
    List<Row> out = new ArrayList<>();
    for (Row row : rows) {
      List<Twin> twins = new ArrayList<>();
      for (Twin twin : row.twins()) {
        OptionalDouble its =
            p(twin).isPresent() ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
        twins.add(with(twin, verdict(twin, its, p.length)));
      }
      out.add(new Row(row.dynamic(), twins, p.length));
    }
    return out;
  }

  private static OptionalDouble p(Twin twin) {
    return twin.difference().map(PairedDifference::p).orElse(OptionalDouble.empty());
  }

  private static Verdict verdict(Twin twin, OptionalDouble adjustedP, int tests) {
    if (twin.difference().filter(d -> d.isTooFew(tests)).isPresent()) {
      return Verdict.TOO_FEW;
    }
    if (adjustedP.isEmpty()) {
      return Verdict.UNTESTED;
    }
    double gain = twin.candidate().measure().merit(twin.difference().orElseThrow().value());
    if (adjustedP.getAsDouble() > Comparison.LEVEL || gain == 0) {
      return Verdict.UNDECIDED;
    }
    return gain > 0 ? Verdict.DYNAMIC_BETTER : Verdict.TWIN_BETTER;
  }

  private static Twin with(Twin t, Verdict verdict) {
    return new Twin(
        t.candidate(),
        t.kind(),
        t.equalMacs(),
        t.equalLatency(),
        t.macsShare(),
        t.latencyShare(),
        t.difference(),
        verdict);
  }
}
