package io.drivemark.eval.history.compare;

import io.drivemark.datasets.Task;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.CellComparison.Expected;
import io.drivemark.eval.history.compare.CellComparison.Finding;
import io.drivemark.eval.history.compare.CellComparison.Moved;
import io.drivemark.eval.history.compare.Pairing.Pair;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.store.CellCounts;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Compares what two cells of one series predicted: whether the bits are the same, what moved, and
 * whether that is rounding. Stateless.
 */
final class CellComparer {
  /** A class's IoU moves by rounding up to this. */
  private static final double SAME_IOU = 0.005;

  private static final LatencyChange NOT_LOOKED_AT =
      LatencyChange.refused(
          "", OptionalDouble.empty(), OptionalDouble.empty(), LatencyChange.Processes.NONE);

  private final Pair pair;
  private final Expectation expectation;
  private final CellCounts a;
  private final CellCounts b;
  private final CellDetails details;
  private final double allowed;
  private final Measure measure;

  private CellComparer(
      Pair pair, Expectation expectation, CellCounts a, CellCounts b, Allowance allowance) {
    this.pair = pair;
    this.expectation = expectation;
    this.a = a;
    this.b = b;
    this.details = new CellDetails(pair, a, b);
    this.measure = Measure.of(pair.a());
    this.allowed = allowance.of(measure);
  }

  /**
   * Compares a pair, but for latency and for p-values that heed other cells.
   *
   * @param refused takes the reason if the frames cannot be compared
   */
  static Optional<CellComparison> compare(
      Pair pair, Read readA, Read readB, Allowance allowance, List<Unpaired> refused) {
    Expectation expectation =
        Expectation.of(readA.cell(pair.a()).orElseThrow(), readB.cell(pair.b()).orElseThrow());
    CellCounts a = readA.counts(pair.a());
    CellCounts b = readB.counts(pair.b());
    Optional<Unpaired> against = against(pair, a, b);
    against.ifPresent(refused::add);
    return against.isPresent()
        ? Optional.empty()
        : Optional.of(new CellComparer(pair, expectation, a, b, allowance).compare());
  }

  private static Optional<Unpaired> against(Pair pair, CellCounts a, CellCounts b) {
    boolean depth = pair.a().task() == Task.DEPTH;
    List<String> first = List.copyOf(depth ? a.distances().keySet() : a.labels().keySet());
    List<String> second = List.copyOf(depth ? b.distances().keySet() : b.labels().keySet());
    if (!first.equals(second)) {
      return Pairing.refused(
          pair.series(),
          Unpaired.Reason.FRAMES,
          new Changed("frames", frames(first, second), frames(second, first)));
    }
    return Moves.otherTruth(a, b)
        .flatMap(
            frame ->
                Pairing.refused(
                    pair.series(),
                    Unpaired.Reason.TRUTH,
                    new Changed(
                        "truth of frame " + frame,
                        truth(a.labels().get(frame)),
                        truth(b.labels().get(frame)))));
  }

  private static String frames(List<String> these, List<String> others) {
    List<String> only = new ArrayList<>(these);
    only.removeAll(others);
    String more = only.size() > 3 ? " and " + (only.size() - 3) + " more" : "";
    return Counted.of(these.size(), "frame")
        + (only.isEmpty()
            ? ""
            : ", it alone has " + String.join(", ", only.subList(0, Math.min(3, only.size()))))
        + more;
  }

  private static String truth(ConfusionMatrix counts) {
    return Counted.of(counts.pixels(), "judged pixel") + ", " + counts.voidPixels() + " void";
  }

  private CellComparison compare() {
    List<Moves.Frame> moves = Moves.of(a, b);
    OptionalDouble valueA = measure.value(pair.a());
    OptionalDouble valueB = measure.value(pair.b());
    OptionalDouble difference = CellDetails.less(valueB, valueA);
    List<ClassChange> plain = details.classes();
    Optional<PairedDraws.Drawn> drawn = drawn(moves);
    Elsewhere elsewhere = moves.isEmpty() ? Elsewhere.same() : Elsewhere.unknown();
    List<ClassChange> classes = List.of();
    if (!moves.isEmpty() && countsDiffer()) {
      elsewhere = drawn.map(PairedDraws.Drawn::measure).orElse(elsewhere);
      classes =
          plain.stream()
              .map(
                  c ->
                      c.same()
                          ? c
                          : c.with(
                              drawn
                                  .map(d -> d.classes().get(c.name()))
                                  .orElse(Elsewhere.unknown())))
              .toList();
    } else if (!moves.isEmpty()) {
      elsewhere = Elsewhere.same(); // other pixels, the same counts
    }
    return new CellComparison(
        pair.series(),
        pair.a(),
        pair.b(),
        measure,
        expectation.declared(),
        expectation.expected(),
        finding(moves, difference, plain),
        moves.isEmpty() ? Optional.empty() : Optional.of(moved(moves)),
        difference,
        gate(valueA, valueB),
        elsewhere,
        classes,
        details.lost(),
        moves.isEmpty() ? List.of() : details.slices(),
        details.frames(moves),
        NOT_LOOKED_AT);
  }

  private boolean countsDiffer() {
    return !a.labels().equals(b.labels()) || !a.distances().equals(b.distances());
  }

  private Direction gate(OptionalDouble valueA, OptionalDouble valueB) {
    if (valueA.isPresent() && valueB.isPresent()) {
      return Direction.of(measure.gain(valueB.getAsDouble(), valueA.getAsDouble()), allowed);
    }
    return valueA.isEmpty() && valueB.isEmpty() ? Direction.SAME : Direction.UNKNOWN;
  }

  private Finding finding(
      List<Moves.Frame> moves, OptionalDouble difference, List<ClassChange> classes) {
    if (!Pairing.judged(pair.a())) {
      return Finding.NOT_JUDGED;
    }
    if (moves.isEmpty()) {
      boolean printed = !a.prints().isEmpty() && !b.prints().isEmpty();
      return printed ? Finding.SAME_BITS : Finding.SAME_COUNTS;
    }
    if (expectation.expected() == Expected.SAME_BITS) {
      return Finding.DETERMINISM;
    }
    return rounding(moves, difference, classes) ? Finding.ROUNDING : Finding.CHANGED;
  }

  /** Another model is never rounding, however little it changes. */
  private boolean rounding(
      List<Moves.Frame> moves, OptionalDouble difference, List<ClassChange> classes) {
    boolean sameModel = pair.a().model().digest().equals(pair.b().model().digest());
    boolean small = difference.isPresent() && Math.abs(difference.getAsDouble()) <= measure.same();
    if (!sameModel || !small) {
      return false;
    }
    if (pair.a().task() == Task.DEPTH) {
      return moves.stream()
          .allMatch(
              move ->
                  CellDetails.absRel(a, move.id()).isPresent()
                          == CellDetails.absRel(b, move.id()).isPresent()
                      && CellDetails.less(
                              CellDetails.absRel(b, move.id()), CellDetails.absRel(a, move.id()))
                          .stream()
                          .allMatch(d -> Math.abs(d) <= measure.same()));
    }
    return moves.stream().allMatch(Moves.Frame::withinFragile)
        && classes.stream()
            .allMatch(
                c ->
                    c.a().isPresent() == c.b().isPresent()
                        && c.difference().stream().allMatch(d -> Math.abs(d) <= SAME_IOU));
  }

  private Moved moved(List<Moves.Frame> moves) {
    boolean labels = moves.stream().allMatch(m -> m.pixels().isPresent());
    boolean fragile = moves.stream().allMatch(m -> m.fragile().isPresent());
    return new Moved(
        moves.size(),
        labels ? a.labels().size() : a.distances().size(),
        labels
            ? OptionalLong.of(moves.stream().mapToLong(m -> m.pixels().getAsLong()).sum())
            : OptionalLong.empty(),
        fragile
            ? OptionalLong.of(moves.stream().mapToLong(m -> m.fragile().getAsLong()).sum())
            : OptionalLong.empty(),
        moves.stream().allMatch(Moves.Frame::withinFragile));
  }

  private Optional<PairedDraws.Drawn> drawn(List<Moves.Frame> moves) {
    if (moves.isEmpty() || !countsDiffer()) {
      return Optional.empty();
    }
    if (pair.a().task() == Task.DEPTH) {
      List<String> judged =
          a.distances().keySet().stream()
              .filter(
                  id ->
                      CellDetails.absRel(a, id).isPresent()
                          && CellDetails.absRel(b, id).isPresent())
              .toList();
      return PairedDraws.means(
              errors(a, judged), errors(b, judged), attributes(judged), measure.same())
          .map(elsewhere -> new PairedDraws.Drawn(elsewhere, Map.of()));
    }
    return PairedDraws.labels(
        Protocols.named(pair.a().protocol().name()),
        List.copyOf(a.labels().values()),
        List.copyOf(b.labels().values()),
        attributes(List.copyOf(a.labels().keySet())));
  }

  private List<Map<String, String>> attributes(List<String> ids) {
    return ids.stream().map(id -> a.attributes().getOrDefault(id, Map.of())).toList();
  }

  private static List<double[]> errors(CellCounts counts, List<String> ids) {
    return PairedDraws.single(
        ids.stream().map(id -> CellDetails.absRel(counts, id).getAsDouble()).toList());
  }
}
