package io.drivemark.eval.runner;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.eval.metrics.safety.Flicker;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Goes through the sequences of a split, frame after frame, and counts what flickers between
 * neighbours. Frames of a sequence are neighbours if they follow each other in the split, whatever
 * time lies between them. Used once, by one thread.
 */
final class FlickerPass {
  /** Pairs that one core goes through, so that a single long sequence keeps all cores busy. */
  private static final int PAIRS = 16;

  private static final String SEQUENCE = "sequence";

  private final ScoreFiles files;
  private final Dataset dataset;

  FlickerPass(ScoreFiles files) {
    this.files = files;
    this.dataset = files.dataset();
  }

  /**
   * Counts all pairs.
   *
   * @param problems where messages of bad input go
   * @throws BadInputException if no two frames are neighbours
   */
  ScoreDetails.Flickering run(Progress progress, List<String> problems) {
    List<Callable<Flicker>> pieces = new ArrayList<>();
    int pairs = 0;
    int frames = dataset.ids().size();
    for (int first = 0; first + 1 < frames; ) {
      int last = first;
      while (last - first < PAIRS && last + 1 < frames && areNeighbours(last, last + 1)) {
        last++;
      }
      if (last > first) {
        int from = first;
        int to = last;
        pieces.add(() -> between(from, to));
        pairs += last - first;
      }
      first = Math.max(last, first + 1);
    }
    if (pieces.isEmpty()) {
      throw new BadInputException(
          "flicker: no two frames of "
              + dataset.name()
              + "/"
              + dataset.split()
              + " follow each other in one sequence; a dataset file says by 'sequence' which part"
              + " of an id names its sequence");
    }
    Optional<Flicker> sum =
        FrameTasks.run(
                pieces, "flicker", dataset.name() + "/" + dataset.split(), progress, problems)
            .stream()
            .reduce(Flicker::plus);
    if (sum.isEmpty()) {
      throw new BadInputException(
          Problems.together(dataset.name() + "/" + dataset.split(), problems));
    }
    return new ScoreDetails.Flickering(sum.get(), pairs);
  }

  private boolean areNeighbours(int index, int next) {
    Optional<String> sequence = sequence(index);
    return sequence.isPresent() && sequence.equals(sequence(next));
  }

  private Optional<String> sequence(int index) {
    return Optional.ofNullable(dataset.attributes(index).get(SEQUENCE));
  }

  private Flicker between(int first, int last) {
    PixelArrays[] arrays = {new PixelArrays(), new PixelArrays()};
    ScoreFiles.Pair before = files.read(first, arrays[0]);
    Flicker sum = null;
    for (int i = first + 1; i <= last; i++) {
      PixelArrays free = arrays[i - first & 1];
      free.next();
      ScoreFiles.Pair after = files.read(i, free);
      requireEqualSizes(i, before.truth(), after.truth());
      Flicker pair =
          Flicker.between(before.truth(), before.prediction(), after.truth(), after.prediction());
      sum = sum == null ? pair : sum.plus(pair);
      before = after;
    }
    return sum;
  }

  private void requireEqualSizes(int index, LabelMap before, LabelMap after) {
    if (before.height() != after.height() || before.width() != after.width()) {
      throw new BadInputException(
          "flicker: frame "
              + dataset.ids().get(index)
              + " is "
              + after.height()
              + "x"
              + after.width()
              + ", the one before it in its sequence "
              + before.height()
              + "x"
              + before.width()
              + " (height x width); frames of one sequence must have one size");
    }
  }
}
