package io.drivemark.eval.runner.judge;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.safety.Flicker;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts what flickers between neighbouring frames of a split while its frames are read, in any
 * order and by many threads, each frame once. Frames of a sequence are neighbours if they follow
 * each other in the split, whatever time lies between them. Whichever neighbour arrives first
 * stores a copy; the second compares with it and removes it. So about as many copies exist as
 * frames are read at a time. The sum does not depend on the order.
 */
public final class FlickerPairs {
  private final Dataset dataset;

  /** At i: whichever of the frames i and i + 1 arrived first, until the other one arrives. */
  private final AtomicReferenceArray<Maps> waiting;

  private final AtomicReferenceArray<Flicker> counts;
  private final AtomicReferenceArray<String> problems;
  private final boolean[] isPair;

  private FlickerPairs(Dataset dataset, boolean[] isPair) {
    this.dataset = dataset;
    this.isPair = isPair;
    this.waiting = new AtomicReferenceArray<>(isPair.length);
    this.counts = new AtomicReferenceArray<>(isPair.length);
    this.problems = new AtomicReferenceArray<>(isPair.length);
  }

  /** A frame's truth and prediction. */
  private record Maps(LabelMap truth, LabelMap prediction) {
    Maps copy() {
      return new Maps(copy(truth), copy(prediction));
    }

    private static LabelMap copy(LabelMap map) {
      return LabelMap.of(map.space(), map.height(), map.width(), map.pixels().clone());
    }
  }

  /**
   * The pairs of a split.
   *
   * @throws BadInputException if no two frames are neighbours
   */
  public static FlickerPairs of(Dataset dataset) {
    boolean[] isPair = new boolean[dataset.ids().size() - 1];
    boolean none = true;
    for (int i = 0; i < isPair.length; i++) {
      Optional<String> sequence = sequence(dataset, i);
      isPair[i] = sequence.isPresent() && sequence.equals(sequence(dataset, i + 1));
      none &= !isPair[i];
    }
    if (none) {
      throw new BadInputException(
          "flicker: no two frames of "
              + dataset.name()
              + "/"
              + dataset.split()
              + " follow each other in one sequence; a dataset file says by 'sequence' which part"
              + " of an id names its sequence");
    }
    return new FlickerPairs(dataset, isPair);
  }

  private static Optional<String> sequence(Dataset dataset, int index) {
    return dataset.frame(index).sequence();
  }

  /** Counts a frame against its neighbours. The maps are copied where they are needed later. */
  public void add(int index, LabelMap truth, LabelMap prediction) {
    Maps maps = new Maps(truth, prediction);
    meet(index - 1, index, maps);
    meet(index, index, maps);
  }

  private void meet(int pair, int index, Maps maps) {
    if (pair < 0 || pair >= isPair.length || !isPair[pair]) {
      return;
    }
    if (waiting.get(pair) == null && waiting.compareAndSet(pair, null, maps.copy())) {
      return;
    }
    Maps other = waiting.getAndSet(pair, null);
    Maps before = pair == index ? maps : other;
    Maps after = pair == index ? other : maps;
    if (before.truth().height() != after.truth().height()
        || before.truth().width() != after.truth().width()) {
      problems.set(pair, unequal(pair, before.truth(), after.truth()));
      return;
    }
    counts.set(
        pair,
        Flicker.between(before.truth(), before.prediction(), after.truth(), after.prediction()));
  }

  /**
   * The sum over all pairs, once every frame is there.
   *
   * @param messages where those about pairs that cannot be compared go, in the split's order
   * @return empty if there is no pair that can be compared
   */
  public Optional<Flickering> sum(List<String> messages) {
    int pairs = 0;
    Flicker sum = null;
    for (int i = 0; i < isPair.length; i++) {
      Flicker count = counts.get(i);
      if (count != null) {
        sum = sum == null ? count : sum.plus(count);
        pairs++;
      }
      Optional.ofNullable(problems.get(i)).ifPresent(messages::add);
    }
    return sum == null ? Optional.empty() : Optional.of(new Flickering(sum, pairs));
  }

  private String unequal(int pair, LabelMap before, LabelMap after) {
    return "flicker: frame "
        + dataset.ids().get(pair + 1)
        + " is "
        + after.height()
        + "x"
        + after.width()
        + ", the one before it in its sequence "
        + before.height()
        + "x"
        + before.width()
        + " (height x width); frames of one sequence must have one size";
  }
}
