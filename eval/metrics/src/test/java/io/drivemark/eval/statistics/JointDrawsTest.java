package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.statistics.RepeatedRuns.Process;
import io.drivemark.eval.statistics.RepeatedRuns.Turns;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointDrawsTest {
  private static final JointDraws.Statistic RATIO = s -> s[1] == 0 ? Double.NaN : s[0] / s[1];

  /** Three networks on four clusters of 1 to 3 frames. */
  private static final List<double[][]> TINY =
      List.of(
          new double[][] {{2, 3}, {1, 1}, {0, 2}, {3, 3}},
          new double[][] {{1, 3}, {1, 1}, {1, 2}, {2, 3}},
          new double[][] {{0, 3}, {0, 1}, {2, 2}, {3, 3}});

  /** Two rounds each; the first two took turns, the third in other turns. */
  private static final List<Process> TIMES =
      List.of(
          new Process(
              0,
              List.of(
                  new Turns(
                      List.of(0, 1), new double[][][] {{{10, 11}, {9}}, {{10, 10}, {10.5}}}, 0),
                  new Turns(List.of(2), new double[][][] {{{12}, {9.8}}}, 0))));

  @Test
  void everyDrawOfClustersIsTakenOnceByEnumeration() {
    int all = 256; // 4 of 4 with repetition
    JointDraws draws =
        JointDraws.ofClusters(
            TINY, List.of(RATIO, RATIO, RATIO), all, new Enumeration().restarting(4));
    double[][] expected = new double[3][all];
    for (int d = 0; d < all; d++) {
      for (int i = 0; i < 3; i++) {
        double right = 0;
        double of = 0;
        for (int digit = 64; digit > 0; digit /= 4) {
          right += TINY.get(i)[d / digit % 4][0];
          of += TINY.get(i)[d / digit % 4][1];
        }
        expected[i][d] = right / of;
      }
    }
    for (int i = 0; i < 3; i++) {
      int item = i;
      assertArrayEquals(
          expected[i], IntStream.range(0, all).mapToDouble(d -> draws.value(item, d)).toArray());
    }
    assertEquals(6 / 9.0, draws.estimate(0));
  }

  @Test
  void sharesOfFrontAndBestAreThoseOfEnumeratingEveryDraw() {
    int clusterDraws = 256;
    int runDraws = 16; // two turns of two rounds: 2² · 2²
    JointDraws merit =
        JointDraws.ofClusters(
            TINY, List.of(RATIO, RATIO, RATIO), clusterDraws, new Enumeration().restarting(4));
    JointDraws price =
        // one occasion and one process are picked before the rounds, for each of two coverages: of
        // one coverage here, since all three are in the one process
        RepeatedRuns.of(3, TIMES)
            .draw(new double[0], runDraws, new Enumeration().restarting(6))
            .get(0);
    // every pair of a draw of clusters and a draw of runs
    double[][] m = new double[3][clusterDraws * runDraws];
    double[][] p = new double[3][clusterDraws * runDraws];
    double[] front = new double[3];
    double[] best = new double[3];
    for (int d = 0; d < clusterDraws * runDraws; d++) {
      for (int i = 0; i < 3; i++) {
        m[i][d] = merit.value(i, d / runDraws);
        p[i][d] = byHand(i, d % runDraws);
        assertEquals(p[i][d], price.value(i, d % runDraws), 1e-12);
        p[i][d] = price.value(i, d % runDraws);
      }
      for (int i = 0; i < 3; i++) {
        boolean beaten = false;
        for (int j = 0; j < 3; j++) {
          beaten |=
              m[j][d] >= m[i][d] && p[j][d] <= p[i][d] && (m[j][d] > m[i][d] || p[j][d] < p[i][d]);
        }
        front[i] += beaten ? 0 : 1;
      }
      int at = d;
      int[] within = IntStream.range(0, 3).filter(i -> p[i][at] <= 10.2).toArray();
      double most = Arrays.stream(within).mapToDouble(i -> m[i][at]).max().orElse(0);
      int[] leaders = Arrays.stream(within).filter(i -> m[i][at] == most).toArray();
      double least = Arrays.stream(leaders).mapToDouble(i -> p[i][at]).min().orElse(0);
      int[] winners = Arrays.stream(leaders).filter(i -> p[i][at] == least).toArray();
      for (int winner : winners) {
        best[winner] += 1.0 / winners.length;
      }
    }
    int all = clusterDraws * runDraws;
    JointDraws bothMerit = new JointDraws(new double[3], m);
    JointDraws bothPrice = new JointDraws(new double[3], p);
    assertArrayEquals(
        Arrays.stream(front).map(f -> f / all).toArray(), Dominance.front(bothMerit, bothPrice));
    assertArrayEquals(
        Arrays.stream(best).map(f -> f / all).toArray(),
        Dominance.best(bothMerit, bothPrice, (i, d) -> p[i][d] <= 10.2),
        1e-12);

    // and seeded draws come to the same but for chance
    JointDraws seeded = JointDraws.ofClusters(TINY, List.of(RATIO, RATIO, RATIO), 40_000, 5);
    JointDraws runs = RepeatedRuns.of(3, TIMES).draw(new double[0], 40_000, 6).get(0);
    double[] drawn = Dominance.front(seeded, runs);
    for (int i = 0; i < 3; i++) {
      double exact = front[i] / all;
      double error = Math.sqrt(exact * (1 - exact) / 40_000);
      assertEquals(exact, drawn[i], 4 * error + 1e-12, "seeds 5 and 6, item " + i);
    }
  }

  /** Digits: turns of the first two (rounds a, b), turns of the third (rounds c, d). */
  private static double byHand(int item, int draw) {
    int a = draw / 8 % 2;
    int b = draw / 4 % 2;
    int c = draw / 2 % 2;
    int d = draw % 2;
    double[][] sums = {{21, 9}, {20, 10.5}, {12, 9.8}};
    int[] runs = item == 2 ? new int[] {1, 1} : new int[] {2, 1};
    int first = item == 2 ? c : a;
    int second = item == 2 ? d : b;
    return (sums[item][first] + sums[item][second]) / (runs[first] + runs[second]);
  }

  @Test
  void processesAreDrawnBeforeTheirRoundsAndOccasionsBeforeProcesses() {
    // one round of one run: what varies is which process was drawn
    List<Process> forks =
        List.of(
            new Process(0, List.of(new Turns(List.of(0), new double[][][] {{{10}}}, 0))),
            new Process(0, List.of(new Turns(List.of(0), new double[][][] {{{20}}}, 0))),
            new Process(1, List.of(new Turns(List.of(0), new double[][][] {{{40}}}, 0))));
    JointDraws mean = RepeatedRuns.of(1, forks).draw(new double[0], 4000, 3).get(0);
    assertEquals((15 + 40) / 2.0, mean.estimate(0), "occasions count alike");
    double[] seen =
        IntStream.range(0, 4000).mapToDouble(d -> mean.value(0, d)).distinct().sorted().toArray();
    assertArrayEquals(new double[] {10, 12.5, 15, 17.5, 20, 25, 27.5, 30, 40}, seen);
  }

  @Test
  void itemsThatTookTurnsShareTheirRounds() {
    double[][] slowThenFast = {{20, 20}, {10, 10}};
    double[][] alike = {{40, 40}, {20, 20}};
    List<Process> one =
        List.of(
            new Process(
                0, List.of(new Turns(List.of(0, 1), new double[][][] {slowThenFast, alike}, 0))));
    JointDraws mean = RepeatedRuns.of(2, one).draw(new double[0], 200, 3).get(0);
    for (int d = 0; d < 200; d++) {
      assertEquals(2, mean.value(1, d) / mean.value(0, d));
    }
  }

  @Test
  void theScaleOfOtherTurnsMovesAllThatWereTimedInThem() {
    List<Process> one =
        List.of(
            new Process(
                0, List.of(new Turns(List.of(0, 1), new double[][][] {{{10}}, {{20}}}, 0.05))));
    JointDraws mean = RepeatedRuns.of(2, one).draw(new double[0], 2000, 3).get(0);
    for (int d = 0; d < 2000; d++) {
      assertEquals(2, mean.value(1, d) / mean.value(0, d), 1e-12);
    }
    assertEquals(0.5, mean.spread(0), 0.03);
    assertEquals(10, mean.estimate(0));
  }

  @Test
  void percentilesAreOfTheRunsOfDrawnRounds() {
    double[][] rounds = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    JointDraws p75 =
        RepeatedRuns.of(
                1,
                List.of(
                    new Process(0, List.of(new Turns(List.of(0), new double[][][] {rounds}, 0)))))
            .draw(new double[] {0.75}, 200, 3)
            .get(1);
    assertEquals(6, p75.estimate(0));
    double[] seen =
        IntStream.range(0, 200).mapToDouble(d -> p75.value(0, d)).distinct().sorted().toArray();
    assertArrayEquals(new double[] {3, 6, 7}, seen);
  }

  @Test
  void whatWasNeverTimedHasNoDraws() {
    JointDraws mean = RepeatedRuns.of(4, TIMES).draw(new double[0], 100, 3).get(0);
    assertTrue(Double.isNaN(mean.estimate(3)));
    assertTrue(Double.isNaN(mean.value(3, 7)));
  }

  @Test
  void pIsStudentsOfThePairedDifferences() {
    // a mean of one number a cluster: the paired t test, but for the chance of the draws
    Random random = new Random(8);
    double[][] one = new double[20][];
    double[][] two = new double[20][];
    double sum = 0;
    double squares = 0;
    for (int c = 0; c < 20; c++) {
      double difference = 0.5 + random.nextGaussian();
      one[c] = new double[] {3 + difference, 1};
      two[c] = new double[] {3, 1};
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / 20;
    double t = mean / Math.sqrt((squares - 20 * mean * mean) / 19 / 20);
    JointDraws draws = JointDraws.ofClusters(List.of(one, two), List.of(RATIO, RATIO), 20_000, 4);
    double expected = Student.tail(t, 19);
    assertEquals(expected, draws.pNotAbove(0, 1, 20), 0.15 * expected, "seeds 8 and 4");
    assertEquals(1, draws.pNotAbove(1, 0, 20));
    assertEquals(1, draws.pNotAbove(0, 0, 20));
  }

  @Test
  void clustersThatAllSayTheSameProveWhatFairCoinsWould() {
    double[][] better = {{2, 1}, {2, 1}, {2, 1}};
    double[][] worse = {{1, 1}, {1, 1}, {1, 1}};
    JointDraws draws = JointDraws.ofClusters(List.of(better, worse), List.of(RATIO, RATIO), 100, 4);
    assertEquals(0.125, draws.pNotAbove(0, 1, 3));
  }

  @Test
  void differentNumbersOfClustersAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                JointDraws.ofClusters(
                    List.of(new double[2][1], new double[3][1]), List.of(RATIO, RATIO), 100, 4));
    assertEquals(
        "joint draws: each item needs a statistic and the same 2 or more clusters, found [2, 3]"
            + " clusters and 2 statistics",
        e.getMessage());
  }

  @Test
  void turnsNeedARunOfEachItemInEachRound() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Turns(List.of(0, 1), new double[][][] {{{1}, {2}}, {{1}}}, 0));
    assertEquals("turns: every item needs a run in each of the same rounds", e.getMessage());
  }
}
