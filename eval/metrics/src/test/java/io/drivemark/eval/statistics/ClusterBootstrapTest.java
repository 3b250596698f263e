package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
  private static final ClusterBootstrap.Statistics RATIO =
      (sums, out) -> out[0] = sums[0] / sums[1];

  private static double[][] skewed(int n, long seed) {
    Random random = new Random(seed);
    double[][] out = new double[n][];
    for (int i = 0; i < n; i++) {
      out[i] = new double[] {Math.rint(-100 * Math.log(random.nextDouble())), 100};
    }
    return out;
  }

  @Test
  void sameSeedSameIntervals() {
    double[][] clusters = skewed(30, 1);
    Resampled a = new ClusterBootstrap(500, 0.95, 7).resample(clusters, 1, RATIO);
    Resampled b = new ClusterBootstrap(500, 0.95, 7).resample(clusters, 1, RATIO);
    assertEquals(a.percentile(0), b.percentile(0));
    assertEquals(a.bca(0), b.bca(0));
    assertNotEquals(
        a.percentile(0),
        new ClusterBootstrap(500, 0.95, 8).resample(clusters, 1, RATIO).percentile(0));
  }

  /** Both intervals once more from their definitions, drawing by hand from the same generator. */
  @Test
  void intervalsEqualTheirDefinitions() {
    double[][] clusters = skewed(25, 2);
    int resamples = 999;
    Well19937c random = new Well19937c(5L);
    double[] draws = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double top = 0;
      double bottom = 0;
      for (int i = 0; i < 25; i++) {
        double[] drawn = clusters[random.nextInt(25)];
        top += drawn[0];
        bottom += drawn[1];
      }
      draws[r] = top / bottom;
    }
    Arrays.sort(draws);
    double top = Arrays.stream(clusters).mapToDouble(c -> c[0]).sum();
    double estimate = top / 2500;
    double[] without = Arrays.stream(clusters).mapToDouble(c -> (top - c[0]) / 2400).toArray();
    double mean = Arrays.stream(without).average().orElseThrow();
    double cubes = Arrays.stream(without).map(v -> Math.pow(mean - v, 3)).sum();
    double squares = Arrays.stream(without).map(v -> Math.pow(mean - v, 2)).sum();
    double a = cubes / (6 * Math.pow(squares, 1.5));
    NormalDistribution normal = new NormalDistribution();
    double below = Arrays.stream(draws).filter(v -> v < estimate).count();
    double at = Arrays.stream(draws).filter(v -> v == estimate).count();
    double z0 = normal.inverseCumulativeProbability((below + at / 2) / resamples);
    double[] ends = new double[2];
    for (int side = 0; side < 2; side++) {
      double z = z0 + normal.inverseCumulativeProbability(side == 0 ? 0.025 : 0.975);
      double p = normal.cumulativeProbability(z0 + z / (1 - a * z));
      ends[side] = draws[(int) Math.ceil(p * resamples) - 1];
    }
    Resampled found = new ClusterBootstrap(resamples, 0.95, 5).resample(clusters, 1, RATIO);
    assertEquals(estimate, found.estimate(0));
    assertEquals(Optional.of(new Interval(ends[0], ends[1], 0.95)), found.bca(0));
    assertEquals(Optional.of(new Interval(draws[24], draws[974], 0.95)), found.percentile(0));
    // Student's quantile of 24 degrees of freedom, as tables have it: 2.0638985616.
    double tail = normal.cumulativeProbability(-2.0638985616 * Math.sqrt(25 / 24.0));
    assertEquals(17, (int) Math.floor(tail * resamples));
    assertEquals(Optional.of(new Interval(draws[17], draws[981], 0.95)), found.expanded(0));
    // Skewed to the right: the corrected interval reaches farther up.
    assertTrue(ends[1] > draws[974], ends[1] + " > " + draws[974]);
  }

  @Test
  void aCandidateAgainstItselfDiffersByExactlyZero() {
    double[][] clusters = skewed(40, 3);
    double[][] twice =
        Arrays.stream(clusters)
            .map(c -> new double[] {c[0], c[1], c[0], c[1]})
            .toArray(double[][]::new);
    Resampled difference =
        new ClusterBootstrap(1000, 0.95, 1)
            .resample(twice, 1, (sums, out) -> out[0] = sums[0] / sums[1] - sums[2] / sums[3]);
    Interval zero = new Interval(0, 0, 0.95);
    assertEquals(Optional.of(zero), difference.percentile(0));
    assertEquals(Optional.of(zero), difference.bca(0));
    assertEquals(Optional.of(1.0), difference.pOfZero(0));
  }

  @Test
  void drawsWithoutAValueAreCountedAndLeftOut() {
    // Only one of three clusters has anything to divide by.
    double[][] clusters = {{1, 2}, {0, 0}, {0, 0}};
    Resampled found =
        new ClusterBootstrap(3000, 0.95, 1)
            .resample(clusters, 1, (sums, out) -> out[0] = sums[0] / sums[1]);
    assertEquals(Optional.of(new Interval(0.5, 0.5, 0.95)), found.percentile(0));
    // (2/3)³ of the draws miss it: 889 of 3000 expected, five standard deviations are 125.
    assertEquals(3000 * 8 / 27.0, found.undefinedDraws(0), 125);
    Resampled never =
        new ClusterBootstrap(100, 0.95, 1)
            .resample(clusters, 1, (sums, out) -> out[0] = Double.NaN);
    assertEquals(Optional.empty(), never.percentile(0));
    assertEquals(Optional.empty(), never.bca(0));
    assertEquals(Optional.empty(), never.pOfZero(0));
  }

  /**
   * Forty drives of eight frames, frames of a drive alike; the true ratio is 0.7. The interval over
   * drives covers it as often as it says, that over frames far less often.
   */
  @Test
  void overClustersItCoversAsOftenAsItSaysAndOverFramesItDoesNot() {
    int simulations = 1000;
    int percentile = 0;
    int bca = 0;
    int overFrames = 0;
    for (int s = 0; s < simulations; s++) {
      Random random = new Random(10_000 + s);
      double[][] drives = new double[DRIVES][2];
      double[][] frames = new double[DRIVES * FRAMES][];
      for (int d = 0; d < DRIVES; d++) {
        double level = 0.7 + 0.06 * random.nextGaussian();
        for (int f = 0; f < FRAMES; f++) {
          double hits = Math.rint(1000 * (level + 0.03 * random.nextGaussian()));
          frames[d * FRAMES + f] = new double[] {hits, 1000};
          drives[d][0] += hits;
          drives[d][1] += 1000;
        }
      }
      Resampled clustered = new ClusterBootstrap(500, 0.95, s).resample(drives, 1, RATIO);
      percentile += clustered.percentile(0).orElseThrow().contains(0.7) ? 1 : 0;
      bca += clustered.bca(0).orElseThrow().contains(0.7) ? 1 : 0;
      Resampled plain = new ClusterBootstrap(200, 0.95, s).resample(frames, 1, RATIO);
      overFrames += plain.percentile(0).orElseThrow().contains(0.7) ? 1 : 0;
    }
    String found =
        "covered: percentile " + percentile + ", BCa " + bca + ", over frames " + overFrames;
    assertTrue(percentile >= 930 && percentile <= 970, found);
    assertTrue(bca >= 930 && bca <= 970, found);
    assertTrue(overFrames < 700, found);
  }

  private static final int DRIVES = 40;
  private static final int FRAMES = 8;

  @Test
  void adjustedPValues() {
    double[] p = {0.01, 0.04, 0.03};
    assertArrayEquals(new double[] {0.03, 0.06, 0.06}, AdjustedP.holm(p), 1e-15);
    assertArrayEquals(new double[] {0.03, 0.04, 0.04}, AdjustedP.benjaminiHochberg(p), 1e-15);
    assertArrayEquals(new double[] {1, 1}, AdjustedP.holm(new double[] {0.6, 0.9}));
    assertArrayEquals(new double[0], AdjustedP.holm(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> AdjustedP.holm(new double[] {Double.NaN}));
  }

  /** R's binom.test(9, 10): 0.5549839, 0.9974714. */
  @Test
  void exactIntervalOfAShare() {
    Interval interval = new Proportion(9, 10).interval(0.95);
    assertEquals(0.5549839, interval.low(), 1e-7);
    assertEquals(0.9974714, interval.high(), 1e-7);
    assertEquals(new Interval(0, 1, 0.95), new Proportion(0, 0).interval(0.95));
    assertEquals(0, new Proportion(0, 5).interval(0.95).low());
    assertEquals(1, new Proportion(5, 5).interval(0.95).high());
    assertThrows(IllegalArgumentException.class, () -> new Proportion(2, 1));
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "cluster bootstrap: at least 2 clusters are needed, found 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> ClusterBootstrap.seeded(1).resample(new double[1][2], 1, RATIO))
            .getMessage());
    assertEquals(
        "cluster bootstrap: vectors of 2 and of 1 numbers",
        assertThrows(
                IllegalArgumentException.class,
                () -> ClusterBootstrap.seeded(1).resample(new double[][] {{1, 2}, {1}}, 1, RATIO))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ClusterBootstrap(99, 0.95, 1));
  }
}
