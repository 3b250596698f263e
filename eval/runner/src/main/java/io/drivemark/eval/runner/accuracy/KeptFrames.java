package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The frames of a pass that pictures are made of: those chosen beforehand, the worst ones, and
 * those for which a gated network computed least and most. Frames come in sample order; of equals
 * the first counts as worse, and as more extreme. So a frame that is kept of all frames is kept of
 * any range that it is in. For one thread.
 *
 * @param <T> what is kept of a frame
 */
public final class KeptFrames<T> {
  /** How many of the worst frames are kept. */
  public static final int WORST = 3;

  private final Set<Integer> chosenIndices;
  private final Drawer<T> drawer;
  private final List<Kept<T>> chosen = new ArrayList<>();
  private final List<Kept<T>> worst = new ArrayList<>(); // ascending
  private Optional<Kept<T>> least = Optional.empty();
  private Optional<Kept<T>> most = Optional.empty();

  /** Makes pictures of frames below a cell's folder, in their order. */
  public interface Drawer<T> {
    List<Picture> write(Path cell, List<T> frames);
  }

  private record Kept<T>(int index, T frame, OptionalDouble merit, OptionalLong macs) {}

  /**
   * @param chosenIndices positions in the split of those chosen beforehand
   */
  public KeptFrames(Set<Integer> chosenIndices, Drawer<T> drawer) {
    this.chosenIndices = Set.copyOf(chosenIndices);
    this.drawer = drawer;
  }

  /** How good a frame's labels are: its mIoU. */
  public static OptionalDouble merit(Protocol protocol, ConfusionMatrix counts) {
    return protocol.evaluate(List.of(counts)).miou().value();
  }

  /** How good a frame's distances are: the less AbsRel, the better. */
  public static OptionalDouble merit(Optional<DepthScores> scores) {
    return scores.isPresent() ? OptionalDouble.of(-scores.get().absRel()) : OptionalDouble.empty();
  }

  /**
   * Takes a frame.
   *
   * @param index its position in the split
   * @param merit the lower, the worse; absent where it cannot be told
   * @param macs what a gated network computed for it; absent for others
   */
  public void take(int index, T frame, OptionalDouble merit, OptionalLong macs) {
    Kept<T> kept = new Kept<>(index, frame, merit, macs);
    if (chosenIndices.contains(index)) {
      chosen.add(kept);
    }
    if (macs.isPresent()) {
      if (least.isEmpty() || macs(kept) < macs(least.get())) {
        least = Optional.of(kept);
      }
      if (most.isEmpty() || macs(kept) > macs(most.get())) {
        most = Optional.of(kept);
      }
    }
    if (merit.isPresent()) {
      worst.add(kept);
      worst.sort(Comparator.comparingDouble(k -> k.merit().getAsDouble()));
      if (worst.size() > WORST) {
        worst.remove(WORST);
      }
    }
  }

  private static long macs(Kept<?> kept) {
    return kept.macs().orElseThrow();
  }

  /** Writes pictures of the chosen frames that could be judged, in sample order. */
  List<Picture> writeChosen(Path cell) {
    return write(cell, chosen);
  }

  /** Writes pictures of the worst frames, the worst first. */
  List<Picture> writeWorst(Path cell) {
    return write(cell, worst);
  }

  /**
   * Writes pictures of the frames for which a gated network computed least and most; none where all
   * are alike.
   */
  List<Picture> writeExtremes(Path cell) {
    return least.isPresent() && macs(least.get()) < macs(most.orElseThrow())
        ? write(cell, List.of(least.get(), most.get()))
        : List.of();
  }

  /** Writes pictures of all that may be kept of more frames than these, each once. */
  void writeAll(Path folder) {
    TreeMap<Integer, Kept<T>> all = new TreeMap<>();
    chosen.forEach(k -> all.put(k.index(), k));
    worst.forEach(k -> all.put(k.index(), k));
    least.ifPresent(k -> all.put(k.index(), k));
    most.ifPresent(k -> all.put(k.index(), k));
    write(folder, all.values());
  }

  private List<Picture> write(Path cell, Collection<Kept<T>> frames) {
    return drawer.write(cell, frames.stream().map(Kept::frame).toList());
  }
}
