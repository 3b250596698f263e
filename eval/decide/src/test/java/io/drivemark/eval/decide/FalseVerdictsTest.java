package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a verdict is false, and how often a true one is found: families of made-up variants go
 * the whole way from counts to verdicts. Clusters differ in size and difficulty, and each variant
 * has its own luck in each.
 */
class FalseVerdictsTest {
  private static final int CLASSES = 5;
  private static final LabelSpace SPACE = space();

  private static LabelSpace space() {
    List<LabelClass> classes = new ArrayList<>();
    for (int c = 0; c < CLASSES; c++) {
      classes.add(new LabelClass("c" + c, c, "any", false, false));
    }
    return new LabelSpace("simulated", classes);
  }

  /** Counts of one variant by cluster. */
  private static List<ConfusionMatrix> judged(
      Random random, long[][] pixels, double[] hard, double luck, double better) {
    List<ConfusionMatrix> out = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      double level = 0.9 + hard[i] + luck * random.nextGaussian() + better;
      long[][] counts = new long[CLASSES][CLASSES + 1];
      for (int c = 0; c < CLASSES; c++) {
        double right = 1 / (1 + Math.exp(-level - luck * random.nextGaussian()));
        long hits = Math.round(pixels[i][c] * right);
        counts[c][c] = hits;
        for (int other = 1; other < CLASSES; other++) {
          counts[c][(c + other) % CLASSES] += (pixels[i][c] - hits) / (CLASSES - 1);
        }
        counts[c][CLASSES] = (pixels[i][c] - hits) % (CLASSES - 1);
      }
      out.add(ConfusionMatrix.of(SPACE, counts));
    }
    return out;
  }

  /** What came of many families. */
  private record Outcome(int families, int claims, double meanGap) {}

  /**
   * @param better added to the log-odds of a right pixel of the first variant
   */
  private static Outcome simulate(
      int clusters, int variants, int families, double luck, double better, long seed) {
    int claims = 0;
    double gaps = 0;
    for (int f = 0; f < families; f++) {
      Random random = new Random(seed + f);
      long[][] pixels = new long[clusters][CLASSES];
      double[] hard = new double[clusters];
      for (int i = 0; i < clusters; i++) {
        hard[i] = 0.6 * random.nextGaussian();
        for (int c = 0; c < CLASSES; c++) {
          pixels[i][c] = Math.round(100_000 * Math.exp(random.nextGaussian() - 1.2 * c));
        }
      }
      List<List<ConfusionMatrix>> counts = new ArrayList<>();
      List<VariantCandidate> family = new ArrayList<>();
      for (int v = 0; v < variants; v++) {
        counts.add(judged(random, pixels, hard, luck, v == 0 ? better : 0));
        double miou = Protocols.cityscapes().evaluate(counts.get(v)).miou().value().getAsDouble();
        String technique = v < variants / 2 ? "layer" : "filter";
        double ms = v % 4 < 2 ? 30 : 31.5;
        family.add(Candidates.variant(v, technique, technique + v % (variants / 2), miou, ms));
      }
      FamilyVerdicts verdicts =
          FamilyVerdicts.of(
              Standing.of(family.stream().map(VariantCandidate::candidate).toList()),
              Optional.empty(),
              family,
              (a, b) ->
                  Optional.of(
                      difference(
                          counts.get(a.candidate().number()), counts.get(b.candidate().number()))));
      boolean claimed =
          verdicts.technique().isPresent()
              || verdicts.groups().stream().anyMatch(g -> g.winner().isPresent());
      claims += claimed ? 1 : 0;
      gaps +=
          family.get(0).candidate().value().getAsDouble()
              - family.get(variants - 1).candidate().value().getAsDouble();
    }
    return new Outcome(families, claims, gaps / families);
  }

  private static PairedDifference difference(
      List<ConfusionMatrix> first, List<ConfusionMatrix> second) {
    double gap =
        Protocols.cityscapes().evaluate(first).miou().value().getAsDouble()
            - Protocols.cityscapes().evaluate(second).miou().value().getAsDouble();
    return new PairedDifference(
        gap,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        ModelDifference.swapP(
            Protocols.cityscapes(), first, second, Clusters.single(first.size())));
  }

  /** So many claims among equal variants are seen once in a thousand if 5 % are false. */
  private static int mostFalse(int families) {
    return new BinomialDistribution(null, families, Comparison.LEVEL)
        .inverseCumulativeProbability(0.999);
  }

  @ParameterizedTest
  @CsvSource({"11, 2, 600", "11, 4, 300", "11, 12, 60", "20, 2, 60"})
  void equalVariantsSeldomWin(int clusters, int variants, int families) {
    Outcome found = simulate(clusters, variants, families, 0.3, 0, 1_000);
    assertTrue(found.claims() <= mostFalse(families), found.toString());
  }

  /** The same with more families, clusters and sizes. */
  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "11, 2, 4000", "11, 4, 2000", "11, 8, 800", "11, 12, 400", "20, 2, 1000", "20, 4, 500",
    "20, 8, 200", "20, 12, 100", "40, 2, 1000", "40, 4, 400", "40, 8, 150", "40, 12, 80"
  })
  void equalVariantsSeldomWinWhateverTheFamily(int clusters, int variants, int families) {
    Outcome found = simulate(clusters, variants, families, 0.3, 0, 500_000);
    System.out.println(clusters + " clusters, " + variants + " equal variants: " + found);
    assertTrue(found.claims() <= mostFalse(families), found.toString());
  }

  /** Three points on eleven clusters: found in most families of two, printed for larger ones. */
  @Test
  void aVariantThatIsTrulyBetterIsFound() {
    Outcome found = simulate(11, 2, 200, 0.1, 0.19, 9_000);
    assertTrue(found.meanGap() > 0.025 && found.meanGap() < 0.035, found.toString());
    assertTrue(found.claims() > 120, found.toString());
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"11, 2, 0.1", "11, 2, 0.3", "11, 4, 0.1", "11, 12, 0.1", "20, 4, 0.1", "40, 4, 0.1"})
  void powerAtThreePoints(int clusters, int variants, double luck) {
    Outcome found = simulate(clusters, variants, 200, luck, 0.19, 9_000);
    System.out.println(
        clusters + " clusters, " + variants + " variants, luck " + luck + ": " + found);
    assertTrue(found.claims() > 0, found.toString());
  }
}
