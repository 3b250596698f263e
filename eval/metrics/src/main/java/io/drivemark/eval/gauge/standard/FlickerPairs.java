package io.drivemark.eval.gauge.standard;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counter;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.metrics.safety.Flicker;
import io.drivemark.problem.BadInputException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts what flickers between neighbouring frames of a split while its frames are read, in any
 * order and by many threads, each frame once. Frames of a sequence are neighbours if they follow
 * each other in the split, whatever time lies between them. Whichever neighbour arrives first
 * stores a copy; the second compares with it and removes it. So about as many copies exist as
 * frames are read at a time. The sum does not depend on the order.
 */
final class FlickerPairs implements Counter {

  private final Dataset dataset;
  private final Columns columns;

  /** At i: whichever of the frames i and i + 1 arrived first, until the other one arrives. */
  private final AtomicReferenceArray<Maps> waiting;

  private final boolean[] isPair;

  private FlickerPairs(Dataset dataset, Columns columns, boolean[] isPair) {
    this.dataset = dataset;
    this.columns = columns;
    this.isPair = isPair;
    this.waiting = new AtomicReferenceArray<>(isPair.length);
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
  static FlickerPairs of(Dataset dataset, Columns columns) {
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
    return new FlickerPairs(dataset, columns, isPair);
  }

  private static Optional<String> sequence(Dataset dataset, int index) {
    return dataset.frame(index).sequence();
  }

  /** Counts a frame against its neighbours. The maps are copied where they are needed later. */
  @Override
  public void count(JudgedFrame frame, Sink sink) {
    Maps maps = new Maps(frame.truth(), frame.prediction());
    sink.add(frame.index(), Counts.zero(columns));
    meet(frame.index() - 1, frame.index(), maps, sink);
    meet(frame.index(), frame.index(), maps, sink);
  }

  private void meet(int pair, int index, Maps maps, Sink sink) {
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
      sink.problem(pair + 1, unequal(pair, before.truth(), after.truth()));
      return;
    }
    sink.add(
        pair + 1,
        FlickerGauge.counts(
            columns,
            Flicker.between(
                before.truth(), before.prediction(), after.truth(), after.prediction())));
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
