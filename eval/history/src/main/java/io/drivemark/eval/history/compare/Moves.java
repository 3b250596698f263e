package io.drivemark.eval.history.compare;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.store.CellCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Which frames of two cells are predicted otherwise, exactly. Stateless. */
final class Moves {
  /** Counts that are alike though the prints differ: as many pixels went as came. */
  private static final long LEAST_UNSEEN = 2;

  private Moves() {}

  /**
   * A frame that is not predicted alike.
   *
   * @param index its place among the frames
   * @param pixels that moved, at least; empty for distances
   * @param fragile the fewer of both; empty where that is not known
   */
  record Frame(String id, int index, OptionalLong pixels, OptionalLong fragile) {
    boolean withinFragile() {
      return pixels.isPresent() && fragile.isPresent() && pixels.getAsLong() <= fragile.getAsLong();
    }
  }

  /**
   * The frames that moved, in sample order.
   *
   * @param a counts of both cells are of the same frames
   */
  static List<Frame> of(CellCounts a, CellCounts b) {
    List<Frame> out = new ArrayList<>();
    boolean labels = !a.labels().isEmpty();
    List<String> ids = List.copyOf(labels ? a.labels().keySet() : a.distances().keySet());
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      Optional<Print> printA = Optional.ofNullable(a.prints().get(id));
      Optional<Print> printB = Optional.ofNullable(b.prints().get(id));
      boolean printed = printA.isPresent() && printB.isPresent();
      boolean otherPrint = printed && !printA.get().print().equals(printB.get().print());
      boolean otherCounts =
          labels
              ? !a.labels().get(id).equals(b.labels().get(id))
              : !a.distances().get(id).equals(b.distances().get(id));
      if (otherPrint || otherCounts) {
        OptionalLong pixels =
            labels
                ? OptionalLong.of(pixels(a.labels().get(id), b.labels().get(id)))
                : OptionalLong.empty();
        out.add(new Frame(id, i, pixels, fragile(printA, printB)));
      }
    }
    return out;
  }

  /** Pixels that moved at least: of each true class as many as left a predicted one. */
  static long pixels(ConfusionMatrix a, ConfusionMatrix b) {
    long moved = 0;
    for (int t = 0; t <= a.classes(); t++) {
      for (int p = 0; p <= a.classes(); p++) {
        moved += Math.max(0, a.count(t, p) - b.count(t, p));
      }
    }
    return moved == 0 ? LEAST_UNSEEN : moved;
  }

  private static OptionalLong fragile(Optional<Print> a, Optional<Print> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong inA = a.get().fragile();
    OptionalLong inB = b.get().fragile();
    return inA.isPresent() && inB.isPresent()
        ? OptionalLong.of(Math.min(inA.getAsLong(), inB.getAsLong()))
        : OptionalLong.empty();
  }

  /** The first frame whose truth differs: as many pixels of each true class are needed. */
  static Optional<String> otherTruth(CellCounts a, CellCounts b) {
    for (Map.Entry<String, ConfusionMatrix> e : a.labels().entrySet()) {
      ConfusionMatrix first = e.getValue();
      ConfusionMatrix second = b.labels().get(e.getKey());
      for (int t = 0; t <= first.classes(); t++) {
        if (row(first, t) != row(second, t)) {
          return Optional.of(e.getKey());
        }
      }
      Print printA = a.prints().get(e.getKey());
      Print printB = b.prints().get(e.getKey());
      boolean printed = printA != null && printB != null;
      if (printed && printA.print().equals(printB.print()) && !first.equals(second)) {
        return Optional.of(e.getKey()); // equal predictions that count otherwise
      }
    }
    return Optional.empty();
  }

  private static long row(ConfusionMatrix matrix, int truth) {
    long sum = 0;
    for (int p = 0; p <= matrix.classes(); p++) {
      sum += matrix.count(truth, p);
    }
    return sum;
  }
}
