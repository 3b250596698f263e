package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.metrics.safety.Steadiness;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts windows of consecutive frames of a split while its frames are read, in any order and by
 * many threads, each frame once. A frame's maps are kept until all windows with it are counted.
 * Frames follow each other if they are of one sequence and at most {@value #MOST_SECONDS} s apart.
 */
final class SteadyWindows implements Counter {
  /** Frames further apart say nothing of what a viewer would see flicker. */
  private static final double MOST_SECONDS = 0.2;

  private final Dataset dataset;
  private final int length;

  /** At i: whether a window ends there. */
  private final boolean[] ends;

  private final AtomicReferenceArray<Maps> kept;

  /** How many frames of the window that ends at i have arrived. */
  private final AtomicIntegerArray arrived;

  /** How many windows with frame i are not counted yet. */
  private final AtomicIntegerArray open;

  private record Maps(LabelMap truth, LabelMap prediction) {}

  private SteadyWindows(Dataset dataset, int length, boolean[] ends) {
    this.dataset = dataset;
    this.length = length;
    this.ends = ends;
    this.kept = new AtomicReferenceArray<>(ends.length);
    this.arrived = new AtomicIntegerArray(ends.length);
    this.open = new AtomicIntegerArray(ends.length);
    for (int end = 0; end < ends.length; end++) {
      for (int i = end - length + 1; ends[end] && i <= end; i++) {
        open.incrementAndGet(i);
      }
    }
  }

  /**
   * The windows of a split.
   *
   * @throws BadInputException if there is none
   */
  static SteadyWindows of(Dataset dataset, int length) {
    boolean[] ends = new boolean[dataset.ids().size()];
    int run = 1;
    boolean none = true;
    for (int i = 1; i < ends.length; i++) {
      run = follows(dataset, i) ? run + 1 : 1;
      ends[i] = run >= length;
      none &= !ends[i];
    }
    if (none) {
      throw new BadInputException(
          "steadiness: "
              + dataset.name()
              + "/"
              + dataset.split()
              + " has no "
              + length
              + " frames of one sequence that are known to be at most "
              + MOST_SECONDS
              + " s apart; a dataset file says by 'sequence' which part of an id names its sequence"
              + " and by 'rate' how many pictures a second numbers at the end of ids count"
              + " (synthdrive: options: {sequence: 60, rate: 30})");
    }
    return new SteadyWindows(dataset, length, ends);
  }

  private static boolean follows(Dataset dataset, int index) {
    Optional<String> sequence = dataset.frame(index).sequence();
    Optional<Double> before = dataset.frame(index - 1).seconds();
    Optional<Double> now = dataset.frame(index).seconds();
    return sequence.isPresent()
        && sequence.equals(dataset.frame(index - 1).sequence())
        && before.isPresent()
        && now.isPresent()
        && now.get() > before.get()
        && now.get() - before.get() <= MOST_SECONDS + 1e-9;
  }

  @Override
  public void count(JudgedFrame frame, Sink sink) {
    int index = frame.index();
    sink.add(index, Counts.zero(SteadinessGauge.COLUMNS));
    if (open.get(index) == 0) {
      return;
    }
    kept.set(index, new Maps(copy(frame.truth()), copy(frame.prediction())));
    for (int end = index; end < Math.min(ends.length, index + length); end++) {
      if (ends[end] && arrived.incrementAndGet(end) == length) {
        count(end, sink);
      }
    }
  }

  private void count(int end, Sink sink) {
    List<LabelMap> truths = new ArrayList<>();
    List<LabelMap> predictions = new ArrayList<>();
    for (int i = end - length + 1; i <= end; i++) {
      Maps maps = kept.get(i);
      truths.add(maps.truth());
      predictions.add(maps.prediction());
      if (open.decrementAndGet(i) == 0) {
        kept.set(i, null);
      }
    }
    try {
      sink.add(end, SteadinessGauge.counts(Steadiness.of(truths, predictions)));
    } catch (IllegalArgumentException e) {
      sink.problem(end, "frame " + dataset.ids().get(end) + ": " + e.getMessage());
    }
  }

  private static LabelMap copy(LabelMap map) {
    return LabelMap.of(map.space(), map.height(), map.width(), map.pixels().clone());
  }
}
