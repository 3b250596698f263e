package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.SliceChange;
import io.drivemark.eval.history.compare.Pairing.Pair;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Accuracy.ClassScore;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.store.CellCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How classes, slices and frames of two cells differ, exactly. Immutable. */
record CellDetails(Pair pair, CellCounts a, CellCounts b) {
  /** How many of the frames that moved are named. */
  static final int FRAMES = 10;

  /** By class, in their order; none of networks of depth. */
  List<ClassChange> classes() {
    List<ClassChange> out = new ArrayList<>();
    if (pair.a().accuracy().isEmpty()) {
      return out;
    }
    ConfusionMatrix sumA = ConfusionMatrix.sum(a.labels().values());
    ConfusionMatrix sumB = ConfusionMatrix.sum(b.labels().values());
    List<ClassScore> first = pair.a().accuracy().get().classes();
    List<ClassScore> second = pair.b().accuracy().orElseThrow().classes();
    for (int c = 0; c < first.size(); c++) {
      OptionalDouble inA = first.get(c).iou();
      OptionalDouble inB = second.get(c).iou();
      boolean same = true;
      for (int k = 0; k <= sumA.classes(); k++) {
        same &= sumA.count(c, k) == sumB.count(c, k) && sumA.count(k, c) == sumB.count(k, c);
      }
      out.add(
          new ClassChange(
              first.get(c).name(),
              inA,
              inB,
              less(inB, inA),
              same,
              same ? Elsewhere.same() : Elsewhere.unknown()));
    }
    return out;
  }

  /** Classes that A predicts somewhere and B nowhere. */
  List<String> lost() {
    List<String> out = new ArrayList<>();
    if (pair.a().accuracy().isEmpty()) {
      return out;
    }
    ConfusionMatrix sumA = ConfusionMatrix.sum(a.labels().values());
    ConfusionMatrix sumB = ConfusionMatrix.sum(b.labels().values());
    for (int c = 0; c < sumA.classes(); c++) {
      if (predicted(sumA, c) > 0 && predicted(sumB, c) == 0) {
        out.add(sumA.space().classNames().get(c));
      }
    }
    return out;
  }

  private static long predicted(ConfusionMatrix matrix, int c) {
    long sum = 0;
    for (int t = 0; t <= matrix.classes(); t++) {
      sum += matrix.count(t, c);
    }
    return sum;
  }

  private record Slice(String attribute, String value) {}

  private record Score(int images, OptionalDouble value) {}

  /** Those that both have. */
  List<SliceChange> slices() {
    Map<Slice, Score> first = slices(pair.a());
    Map<Slice, Score> second = slices(pair.b());
    List<SliceChange> out = new ArrayList<>();
    first.forEach(
        (slice, inA) -> {
          Score inB = second.get(slice);
          if (inB != null && inA.images() == inB.images()) {
            out.add(
                new SliceChange(
                    slice.attribute(),
                    slice.value(),
                    inA.images(),
                    inA.value(),
                    inB.value(),
                    less(inB.value(), inA.value())));
          }
        });
    return out;
  }

  private static Map<Slice, Score> slices(Entry entry) {
    Map<Slice, Score> out = new LinkedHashMap<>();
    entry
        .slices()
        .forEach(
            s -> out.put(new Slice(s.attribute(), s.value()), new Score(s.images(), s.miou())));
    entry.depth().map(DepthAccuracy::slices).orElse(List.of()).stream()
        .forEach(
            s ->
                out.put(
                    new Slice(s.attribute(), s.value()),
                    new Score(s.images(), OptionalDouble.of(s.scores().absRel()))));
    return out;
  }

  /** Those that moved most: by pixels, distances by their error, then in sample order. */
  List<FrameChange> frames(List<Moves.Frame> moves) {
    return moves.stream()
        .map(this::frame)
        .sorted(
            Comparator.comparingLong((FrameChange f) -> -f.pixels().orElse(0))
                .thenComparingDouble(f -> -Math.abs(f.difference().orElse(0))))
        .limit(FRAMES)
        .toList();
  }

  private FrameChange frame(Moves.Frame move) {
    boolean labels = move.pixels().isPresent();
    OptionalDouble inA =
        labels ? pair.a().perImage().get(move.index()).miou() : absRel(a, move.id());
    OptionalDouble inB =
        labels ? pair.b().perImage().get(move.index()).miou() : absRel(b, move.id());
    return new FrameChange(move.id(), move.pixels(), move.fragile(), inA, inB, less(inB, inA));
  }

  /** B less A; empty where one is. */
  static OptionalDouble less(OptionalDouble b, OptionalDouble a) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(b.getAsDouble() - a.getAsDouble())
        : OptionalDouble.empty();
  }

  /** A frame's own error. */
  static OptionalDouble absRel(CellCounts counts, String id) {
    Optional<DepthScores> scores = counts.distances().getOrDefault(id, Optional.empty());
    return scores.isPresent() ? OptionalDouble.of(scores.get().absRel()) : OptionalDouble.empty();
  }
}
