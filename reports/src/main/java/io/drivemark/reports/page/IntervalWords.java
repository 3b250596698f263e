package io.drivemark.reports.page;

import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.MeasureWords;
import java.util.Locale;
import java.util.Optional;

/** What the intervals of a board's accuracies rest on, in words. Stateless. */
final class IntervalWords {
  private IntervalWords() {}

  /** A sentence; empty where there are no intervals. */
  static String of(Board board) {
    return switch (board.measure()) {
      case MIOU ->
          board
              .confidence()
              .map(c -> sentence(board, c.level(), c.clusters(), c.resamples()))
              .orElse("");
      case ABS_REL -> {
        Optional<DepthAccuracy.Intervals> first =
            board.contenders().stream()
                .flatMap(c -> c.entry().depth().stream())
                .flatMap(depth -> depth.confidence().stream())
                .findFirst();
        yield first.map(c -> sentence(board, c.level(), c.clusters(), c.resamples())).orElse("");
      }
    };
  }

  private static String sentence(Board board, double level, String clusters, int resamples) {
    return String.format(
        Locale.ROOT,
        "Upright whiskers are %.0f %% intervals of %s: %s drawn %,d times with replacement.",
        100 * level,
        MeasureWords.title(board.measure()),
        clusters,
        resamples);
  }
}
