package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every criterion must hold; a new one gets it by a subclass of a few lines. */
abstract class CriterionContract {
  private static final int FILTERS = 7;
  private static final int MAP_WIDTH = 3;

  private final Criterion criterion;

  CriterionContract(String name) {
    this.criterion = Criteria.named(name);
  }

  /** Whether its scores follow from the filters alone; not so if they are drawn. */
  boolean looks() {
    return true;
  }

  @Test
  void isFoundByItsName() {
    assertSame(criterion.getClass(), Criteria.named(criterion.name()).getClass());
    assertEquals(criterion.name().toLowerCase(Locale.ROOT), criterion.name());
    assertFalse(criterion.summary().isBlank());
  }

  @Test
  void everyFilterHasOneFiniteScoreFromZeroOn() {
    for (long seed = 1; seed <= 20; seed++) {
      double[] scores = criterion.scores(view(seed, identity()));
      assertEquals(FILTERS, scores.length);
      for (double score : scores) {
        assertTrue(score >= 0 && score < Double.POSITIVE_INFINITY, "seed " + seed + ": " + score);
      }
    }
  }

  @Test
  void sameLayerSameScores() {
    assertArrayEquals(criterion.scores(view(3, identity())), criterion.scores(view(3, identity())));
  }

  @Test
  void permutingFiltersPermutesScores() {
    int[] order = {4, 0, 6, 2, 1, 5, 3};
    for (long seed = 1; looks() && seed <= 20; seed++) {
      double[] plain = criterion.scores(view(seed, identity()));
      double[] permuted = criterion.scores(view(seed, order));
      for (int f = 0; f < FILTERS; f++) {
        assertEquals(plain[order[f]], permuted[f], "seed " + seed + ", filter " + f);
      }
    }
  }

  @Test
  void zerosScoreNoMoreThanAnything() {
    float[][] zeros = new float[FILTERS][values()];
    LayerView view =
        criterion.evidence() == Criterion.Evidence.GRADIENTS
            ? LayerView.of("layer", 1, zeros, zeros, MAP_WIDTH)
            : LayerView.of("layer", 1, zeros, null, MAP_WIDTH);
    for (double score : criterion.scores(view)) {
      assertTrue(looks() ? score == 0 : score >= 0, "score of a zero: " + score);
    }
  }

  private LayerView view(long seed, int[] order) {
    float[][] values = draw(new Random(seed), order);
    float[][] gradients = draw(new Random(-seed), order);
    return switch (criterion.evidence()) {
      case NONE -> LayerView.of("layer", seed, values);
      case GRADIENTS -> LayerView.of("layer", seed, values, gradients, MAP_WIDTH);
      case VALUES -> LayerView.of("layer", seed, values, null, MAP_WIDTH);
    };
  }

  private float[][] draw(Random random, int[] order) {
    float[][] drawn = new float[FILTERS][values()];
    for (float[] filter : drawn) {
      for (int i = 0; i < filter.length; i++) {
        filter[i] = (float) random.nextGaussian();
      }
    }
    float[][] ordered = new float[FILTERS][];
    for (int f = 0; f < FILTERS; f++) {
      ordered[f] = drawn[order[f]];
    }
    return ordered;
  }

  private int values() {
    return criterion.site() == Criterion.Site.NORMALISATION ? 2 : 4 * MAP_WIDTH;
  }

  private static int[] identity() {
    return new int[] {0, 1, 2, 3, 4, 5, 6};
  }
}
