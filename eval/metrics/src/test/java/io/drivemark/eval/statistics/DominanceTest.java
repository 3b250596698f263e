package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DominanceTest {
  private static final JointDraws.Statistic MEAN = s -> s[0] / s[1];

  private static final double[][] ONE = {{1}};

  private static JointDraws once(double... values) {
    double[][] draws = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      draws[i] = new double[] {values[i]};
    }
    return new JointDraws(values, draws);
  }

  @Test
  void theExampleByHand() {
    JointDraws merit = once(0.6, 0.5, 0.7);
    JointDraws price = once(10, 12, 30);
    assertArrayEquals(new double[] {1, 0, 1}, Dominance.front(merit, price));
    assertArrayEquals(
        new double[] {1, 0, 0}, Dominance.best(merit, price, (i, d) -> price.value(i, d) <= 20));
  }

  @Test
  void equalsInBothAreBothOnTheFrontAndShareTheBest() {
    JointDraws merit = once(0.6, 0.6, 0.6);
    JointDraws price = once(10, 10, 12);
    assertArrayEquals(new double[] {1, 1, 0}, Dominance.front(merit, price));
    assertArrayEquals(new double[] {0.5, 0.5, 0}, Dominance.best(merit, price, (i, d) -> true));
  }

  @Test
  void whatIsUndefinedInADrawIsNotOnItsFrontAndBeatsNobody() {
    JointDraws merit = once(Double.NaN, 0.5);
    JointDraws price = once(1, 10);
    assertArrayEquals(new double[] {0, 1}, Dominance.front(merit, price));
    assertArrayEquals(new double[] {0, 1}, Dominance.best(merit, price, (i, d) -> true));
  }

  @Test
  void aClaimOfBeatingNeedsBothAndIsAdjustedForAllClaims() {
    // of two: 1 better in merit with p 0.001, cheaper with p 0.004
    double[][] merit = {{1, 1}, {0.001, 1}};
    double[][] price = {{1, 1}, {0.004, 1}};
    Dominance.Claims claims = Dominance.claims(merit, merit, price);
    // four claims: 0 beaten by 1 has 0.004, 1 on the front 2 · 0.001
    assertEquals(0.012, claims.beaten()[0][1], 1e-12);
    assertEquals(1, claims.beaten()[1][0]);
    assertEquals(1, claims.front()[0]);
    assertEquals(0.008, claims.front()[1], 1e-12);
  }

  @Test
  void whoIsKnownToBeEqualBeatsBySpeedAlone() {
    double[][] merit = {{1, 1}, {1, 1}};
    double[][] equal = {{1, 0}, {0, 1}};
    double[][] price = {{1, 1}, {0.004, 1}};
    Dominance.Claims claims = Dominance.claims(merit, equal, price);
    assertEquals(0.016, claims.beaten()[0][1], 1e-12);
    assertEquals(1, claims.beaten()[1][0]);
    assertEquals(1, claims.front()[0], "being equal is no lead");
    assertEquals(0.024, claims.front()[1], 1e-12);
  }

  @Test
  void oneAloneIsOnTheFrontForCertain() {
    Dominance.Claims claims = Dominance.claims(ONE, ONE, ONE);
    assertEquals(0, claims.front()[0]);
  }

  @Test
  void theTrueBestStaysAsOftenAsTheLevelSays() {
    for (int clusters : new int[] {11, 40}) {
      Random random = new Random(clusters);
      int kept = 0;
      int left = 0;
      int studies = 400;
      for (int study = 0; study < studies; study++) {
        // three equal best ones and one that is worse by far
        double[][][] items = new double[4][clusters][];
        for (int c = 0; c < clusters; c++) {
          double common = random.nextGaussian();
          for (int i = 0; i < 4; i++) {
            items[i][c] = new double[] {common + random.nextGaussian() - (i == 3 ? 3 : 0), 1};
          }
        }
        JointDraws merit =
            JointDraws.ofClusters(List.of(items), List.of(MEAN, MEAN, MEAN, MEAN), 400, study);
        boolean[] best = Dominance.mayBeBest(merit, clusters, i -> true, i -> true, 0.95);
        kept += best[0] ? 1 : 0;
        left += best[3] ? 0 : 1;
      }
      // 0.95 less three binomial standard deviations of 400 studies
      assertTrue(kept >= 0.917 * studies, clusters + " clusters: the first stayed " + kept);
      assertTrue(left >= 0.95 * studies, clusters + " clusters: the worst left " + left);
    }
  }

  @Test
  void onlyRivalsPushOut() {
    JointDraws merit =
        JointDraws.ofClusters(
            List.of(
                new double[][] {{1, 1}, {1.1, 1}, {0.9, 1}, {1, 1}, {1, 1}, {1.05, 1}},
                new double[][] {{9, 1}, {9, 1}, {9, 1}, {9, 1}, {9.1, 1}, {9, 1}}),
            List.of(MEAN, MEAN),
            1000,
            1);
    assertArrayEquals(
        new boolean[] {false, true}, Dominance.mayBeBest(merit, 6, i -> true, i -> true, 0.95));
    assertArrayEquals(
        new boolean[] {true, true}, Dominance.mayBeBest(merit, 6, i -> true, i -> i == 0, 0.95));
    assertArrayEquals(
        new boolean[] {true, false}, Dominance.mayBeBest(merit, 6, i -> i == 0, i -> i == 0, 0.95));
  }
}
