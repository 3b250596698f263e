package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.FilterPlanner;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.LayerPlanner;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.ScoreSite;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Variants of a network that nobody chose: to see which latencies a technique can reach at all.
 * Numbered; the same number is always the same variant. They are not trained. Immutable.
 */
public final class RandomVariants {
  private final Network network;
  private final int height;
  private final int width;
  private final long seed;
  private final List<RemovableUnit> units;
  private final double least;

  /** What is removed. */
  public enum Kind {
    /**
     * Filters: the share of multiply-accumulates that remains is uniform over what can be reached,
     * and layers lose at random more or less than others.
     */
    FILTER,
    /** Units of layers: their number is uniform from one to all, which ones is random. */
    LAYER;

    /** The technique's name in records. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Variants of a network.
   *
   * @param height of the images its cost is counted for
   * @param width of them
   */
  public RandomVariants(Network network, int height, int width, long seed) {
    this.network = network;
    this.height = height;
    this.width = width;
    this.seed = seed;
    this.units = RemovableUnit.of(network);
    this.least = planner(random(Kind.FILTER, -1)).least();
  }

  /** The smallest share of multiply-accumulates that removing filters leaves. */
  public double leastShare() {
    return least;
  }

  /** Whether there is anything of a kind to remove. */
  public boolean has(Kind kind) {
    return switch (kind) {
      case FILTER -> least < 1;
      case LAYER -> !units.isEmpty();
    };
  }

  /**
   * A variant.
   *
   * @param number from 0
   */
  public Network get(Kind kind, int number) {
    SplittableRandom random = random(kind, number);
    PruningPlan plan =
        switch (kind) {
          case FILTER -> {
            FilterPlanner planner = planner(random);
            double lowest = planner.least();
            double share = lowest + (1 - lowest) * random.nextDouble();
            yield planner.keep(share, seed);
          }
          case LAYER -> {
            int removed = 1 + random.nextInt(units.size());
            LayerScores scores = LayerScores.random(units, random.nextLong());
            yield LayerPlanner.remove(network, scores, removed, seed);
          }
        };
    return plan.apply(network);
  }

  /** Plans by scores that are random, in some layers higher than in others. */
  private FilterPlanner planner(SplittableRandom random) {
    Map<ScoreSite, double[]> scores = new HashMap<>();
    for (ScoreSite site : ScoreSite.of(network, Criterion.Site.CONVOLUTION)) {
      double dear = 0.5 + random.nextDouble();
      double[] filters = new double[site.rows(network).length];
      for (int f = 0; f < filters.length; f++) {
        filters[f] = dear * random.nextDouble();
      }
      scores.put(site, filters);
    }
    FilterGoal goal =
        FilterGoal.keep(Measure.MACS, 1, height, width).withScope(FilterGoal.Scope.GLOBAL);
    return new FilterPlanner(network, new Importance("random", scores), goal);
  }

  private SplittableRandom random(Kind kind, int number) {
    return new SplittableRandom((seed * 31 + kind.ordinal()) * 1_000_003 + number);
  }
}
