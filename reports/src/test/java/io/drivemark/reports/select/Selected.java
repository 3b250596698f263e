package io.drivemark.reports.select;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.decide.select.Budget;
import io.drivemark.eval.decide.select.Entrant;
import io.drivemark.eval.decide.select.Entrant.Known;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.decide.select.Obstacle;
import io.drivemark.eval.decide.select.Selection;
import io.drivemark.eval.decide.select.Terms;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.DrawnScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A selection whose every number is given: two on the front, one beaten, one open, two aside. */
public final class Selected {
  private static final int CLUSTERS = 20;

  private Selected() {}

  /** Within these budgets; one of the networks has this label. */
  public static BoardSelection with(String label, String... budgets) {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(entrant(label, 0.5, 10, 100, Optional.empty()));
    entrants.add(entrant("strong", 0.7, 20, 400, Optional.empty()));
    entrants.add(entrant("beaten", 0.6, 30, 900, Optional.empty()));
    entrants.add(entrant("near", 0.701, 20.1, 500, Optional.empty()));
    entrants.add(
        entrant("random", 0.1, 5, 50, Optional.of(new Obstacle(Obstacle.Kind.UNTRAINED, "", ""))));
    Entrant strong = entrants.get(1);
    entrants.add(
        new Entrant(
            "strong again",
            strong.identity(),
            strong.accuracy(),
            strong.score(),
            strong.timed(),
            strong.figures(),
            Optional.empty()));
    Terms terms =
        new Terms("miou", true, Stream.of(budgets).map(Budget::parse).toList(), 0.95, 1000, 1);
    return new BoardSelection(
        new Yardstick("camvid", "val", "d", "cityscapes", "p", "logits-bilinear", Measure.MIOU),
        Selection.of(entrants, 10 * CLUSTERS, terms));
  }

  /** Accuracy that swings alike for all from cluster to cluster, and by 2 points of its own. */
  private static Entrant entrant(
      String label, double accuracy, double ms, double params, Optional<Obstacle> obstacle) {
    double[] frames = new double[CLUSTERS];
    for (int c = 0; c < CLUSTERS; c++) {
      double own = 0.02 * Math.sin(7 * c + 1000 * accuracy);
      frames[c] = accuracy + 0.05 * Math.cos(c) + own;
    }
    DrawnScore score = DrawnScore.mean(frames, Clusters.single(CLUSTERS));
    double[][] rounds = new double[20][3];
    for (int r = 0; r < 20; r++) {
      for (int k = 0; k < 3; k++) {
        rounds[r][k] = ms * (1 + 0.01 * Math.sin(3 * r + k + ms));
      }
    }
    Timing timing =
        new Timing(
            "machine",
            ms,
            ms / 2,
            Optional.of(new Timing.Rotation("r", "reference", 10, 5)),
            OptionalDouble.of(0.01));
    return new Entrant(
        label,
        "digest of " + label,
        OptionalDouble.of(score.value()),
        Optional.of(score),
        List.of(new Timed(0, 0, timing, rounds)),
        Map.of("params", new Known(OptionalDouble.of(params), Optional.empty())),
        obstacle);
  }
}
