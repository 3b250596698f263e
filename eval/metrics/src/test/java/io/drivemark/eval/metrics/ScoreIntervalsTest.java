package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScoreIntervalsTest {
  /** The mIoU of the mean of {@link #drawn} frames. */
  private static final double MEAN = 800.0 / 1200;

  private static final ClusterBootstrap FEW = new ClusterBootstrap(300, 0.95, 4);

  /** Counts of frames and of a second prediction with more errors. */
  private record Two(List<ConfusionMatrix> good, List<ConfusionMatrix> bad) {}

  private static Two frames(int count, int classes, long seed) {
    Random random = new Random(seed);
    List<ConfusionMatrix> good = new ArrayList<>();
    List<ConfusionMatrix> bad = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] truth = Maps.regions(24, 32, classes, random);
      byte[] prediction = Maps.perturbed(truth, classes, random);
      good.add(matrix(classes, truth, prediction));
      byte[] worse = Maps.perturbed(Maps.perturbed(prediction, classes, random), classes, random);
      bad.add(matrix(classes, truth, worse));
    }
    return new Two(good, bad);
  }

  private static ConfusionMatrix matrix(int classes, byte[] truth, byte[] prediction) {
    ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(classes));
    counts.add(truth, prediction);
    return counts.matrix();
  }

  @Test
  void estimatesAreTheScoresUnderEveryProtocol() {
    List<ConfusionMatrix> images = frames(30, 6, 1).good();
    for (Protocol p : Protocols.all()) {
      if (p.foreignPrediction() == Protocol.ForeignPrediction.REFUSED
          || p.rounding() != Protocol.Rounding.NONE) {
        continue;
      }
      Scores scores = p.evaluate(images);
      ScoreIntervals found = ScoreIntervals.of(p, images, Clusters.single(30), FEW).orElseThrow();
      assertClose(scores.miou(), found.miou().value(), p.name());
      scores.iou().forEach((name, v) -> assertClose(v, found.iou().get(name).value(), p.name()));
      Interval interval = found.miou().percentile().orElseThrow();
      assertTrue(interval.contains(found.miou().value().value().orElseThrow()), p.name());
      assertTrue(interval.low() < interval.high(), p.name());
    }
  }

  private static void assertClose(MetricValue expected, MetricValue found, String what) {
    assertEquals(expected.isDefined(), found.isDefined(), what);
    if (expected.isDefined()) {
      assertEquals(expected.value().orElseThrow(), found.value().orElseThrow(), 1e-14, what);
    }
  }

  @Test
  void absentClassesFollowTheProtocolInEveryDraw() {
    // Class 2 occurs nowhere: PaddleSeg gives it 1, cityscapes leaves it out, IDD has no mean.
    List<ConfusionMatrix> images =
        List.of(
            matrix(3, Maps.bytes(0, 0, 1, 1), Maps.bytes(0, 0, 1, 0)),
            matrix(3, Maps.bytes(0, 1, 1, 1), Maps.bytes(0, 1, 0, 1)),
            matrix(3, Maps.bytes(0, 0, 0, 1), Maps.bytes(0, 0, 0, 1)));
    for (String name : List.of("paddleseg", "cityscapes", "idd-level3", "bdd100k", "pidnet")) {
      Protocol p = Protocols.named(name);
      ScoreIntervals found = ScoreIntervals.of(p, images, Clusters.single(3), FEW).orElseThrow();
      assertClose(p.evaluate(images).miou(), found.miou().value(), name);
      assertEquals(p.evaluate(images).iou().get("c2"), roundTrip(found, p, images), name);
    }
    assertEquals(
        Optional.empty(),
        ScoreIntervals.of(Protocols.named("idd-level3"), images, Clusters.single(3), FEW)
            .orElseThrow()
            .miou()
            .percentile());
  }

  private static MetricValue roundTrip(
      ScoreIntervals found, Protocol p, List<ConfusionMatrix> images) {
    MetricValue value = found.iou().get("c2").value();
    return value.isDefined() ? value : p.evaluate(images).iou().get("c2");
  }

  @Test
  void aModelAgainstItselfDiffersByExactlyZero() {
    List<ConfusionMatrix> images = frames(40, 5, 2).good();
    for (String name : List.of("cityscapes", "image-mean", "class-mean-over-images")) {
      ModelDifference same =
          ModelDifference.of(
                  Protocols.named(name),
                  images,
                  images,
                  Clusters.of(Collections.nCopies(40, Optional.empty())),
                  FEW)
              .orElseThrow();
      Interval zero = new Interval(0, 0, 0.95);
      assertEquals(MetricValue.of(0), same.miou().estimate().value());
      assertEquals(Optional.of(zero), same.miou().estimate().percentile());
      assertEquals(Optional.of(zero), same.miou().estimate().bca());
      assertEquals(Optional.of(1.0), same.miou().p());
      same.iou()
          .values()
          .forEach(
              d -> {
                assertEquals(Optional.of(zero), d.estimate().percentile());
                assertEquals(Optional.of(1.0), d.adjustedP());
              });
    }
  }

  @Test
  void aBetterModelIsBetterInEveryClass() {
    Two two = frames(60, 4, 3);
    ModelDifference d =
        ModelDifference.of(Protocols.cityscapes(), two.good(), two.bad(), Clusters.single(60), FEW)
            .orElseThrow();
    assertTrue(d.miou().estimate().percentile().orElseThrow().low() > 0);
    // No draw of 300 on the wrong side, of 60 clusters.
    double z = new NormalDistribution().inverseCumulativeProbability(1.0 / 301);
    double least = 2 * new TDistribution(59).cumulativeProbability(z * Math.sqrt(59 / 60.0));
    assertTrue(least > 2.0 / 301 && least < 3.0 / 301, "p " + least);
    assertEquals(least, d.miou().p().orElseThrow(), 1e-15);
    d.iou().values().forEach(c -> assertEquals(4 * least, c.adjustedP().orElseThrow(), 1e-15));
    ModelDifference back =
        ModelDifference.of(Protocols.cityscapes(), two.bad(), two.good(), Clusters.single(60), FEW)
            .orElseThrow();
    assertEquals(
        -d.miou().estimate().value().value().orElseThrow(),
        back.miou().estimate().value().value().orElseThrow());
  }

  @Test
  void modelsMustHaveSeenTheSameFrames() {
    Two two = frames(3, 4, 5);
    List<ConfusionMatrix> turned = new ArrayList<>(two.bad());
    Collections.reverse(turned);
    assertEquals(
        "paired difference: frame 0 has another truth for the second model than for the first;"
            + " compare models on the same frames under one mapping",
        assertThrows(
                BadInputException.class,
                () ->
                    ModelDifference.of(
                        Protocols.cityscapes(), two.good(), turned, Clusters.single(3), FEW))
            .getMessage());
    assertEquals(
        "paired difference: counts of 3 and of 2 frames; both models must have seen the same"
            + " frames, and at least one",
        assertThrows(
                BadInputException.class,
                () ->
                    ModelDifference.of(
                        Protocols.cityscapes(),
                        two.good(),
                        two.bad().subList(0, 2),
                        Clusters.single(3),
                        FEW))
            .getMessage());
  }

  @Test
  void aSplitOfOneSequenceIsCutIntoBlocksOfTenFrames() {
    Clusters camvid = Clusters.of(Collections.nCopies(101, Optional.of("0016E5")));
    assertEquals(11, camvid.count());
    assertEquals(
        "11 clusters (few: intervals come out narrow): blocks of 10 consecutive frames of one sequence",
        camvid.description());
    assertEquals(0, camvid.clusterOf(9));
    assertEquals(1, camvid.clusterOf(10));
    assertEquals(10, camvid.clusterOf(100));
    assertEquals(
        camvid.description(),
        Clusters.of(Collections.nCopies(101, Optional.empty())).description());
  }

  @Test
  void sequencesAreClustersUnlessTheyHoldATenthOfTheFrames() {
    Clusters drives =
        Clusters.of(IntStream.range(0, 240).mapToObj(i -> Optional.of("drive" + i / 12)).toList());
    assertEquals("20 clusters: sequences", drives.description());
    assertEquals(20, drives.count());
    // As Cityscapes' val: two long sequences of frankfurt, single frames elsewhere.
    List<Optional<String>> names =
        Stream.of(
                Collections.nCopies(50, "frankfurt_000000"),
                Collections.nCopies(217, "frankfurt_000001"),
                IntStream.range(0, 233).mapToObj(i -> "munster_" + i).toList())
            .flatMap(List::stream)
            .map(Optional::of)
            .toList();
    Clusters cityscapes = Clusters.of(names);
    assertEquals(
        "260 clusters: 233 sequences and blocks of 10 consecutive frames of 2 sequences",
        cityscapes.description());
    assertEquals(5 + 22 + 233, cityscapes.count());
  }

  /**
   * The whole way from counts of frames to the interval of the mIoU: 60 drives of 5 frames whose
   * errors are alike within a drive. Over drives it covers as often as it says (of so many clusters
   * a percentile interval of a mean covers 94.3 %), over single frames far less often.
   */
  @Test
  void theIntervalOfTheMiouCoversOverSequencesAndNotOverFrames() {
    int sequences = 0;
    int blind = 0;
    int drives = 60;
    int each = 5;
    List<Optional<String>> names =
        IntStream.range(0, drives * each).mapToObj(i -> Optional.of("drive" + i / each)).toList();
    Clusters bySequence = Clusters.of(names);
    assertEquals("60 clusters: sequences", bySequence.description());
    for (int s = 0; s < 1000; s++) {
      Random random = new Random(77_000 + s);
      List<ConfusionMatrix> images = new ArrayList<>();
      for (int d = 0; d < drives; d++) {
        double level = random.nextGaussian();
        for (int f = 0; f < each; f++) {
          images.add(drawn(level + 0.3 * random.nextGaussian()));
        }
      }
      ClusterBootstrap draws = new ClusterBootstrap(500, 0.95, s);
      sequences += covers(images, bySequence, draws) ? 1 : 0;
      blind += covers(images, Clusters.single(images.size()), draws) ? 1 : 0;
    }
    String found = "covered of 1000: over sequences " + sequences + ", over frames " + blind;
    assertTrue(sequences >= 930 && sequences <= 970, found);
    assertTrue(blind < 800, found);
  }

  /**
   * CamVid's val: eleven blocks. Percentile intervals of so few come out narrow, as the clusters'
   * description says; widened by Student's quantile they cover as often as they say.
   */
  @Test
  void ofElevenBlocksTheExpandedIntervalCovers() {
    int narrow = 0;
    int expanded = 0;
    Clusters blocks = Clusters.of(Collections.nCopies(101, Optional.of("0016E5")));
    for (int s = 0; s < 2000; s++) {
      Random random = new Random(99_000 + s);
      List<ConfusionMatrix> images = new ArrayList<>();
      double level = 0;
      for (int f = 0; f < 101; f++) {
        level = f % Clusters.BLOCK == 0 ? random.nextGaussian() : level;
        images.add(drawn(level + 0.3 * random.nextGaussian()));
      }
      ScoreIntervals.Estimate miou =
          ScoreIntervals.of(
                  Protocols.cityscapes(), images, blocks, new ClusterBootstrap(1000, 0.95, s))
              .orElseThrow()
              .miou();
      narrow += miou.percentile().orElseThrow().contains(MEAN) ? 1 : 0;
      expanded += miou.expanded().orElseThrow().contains(MEAN) ? 1 : 0;
    }
    String found = "covered of 2000: percentile " + narrow + ", expanded " + expanded;
    assertTrue(expanded >= 1860 && expanded <= 1940, found);
    assertTrue(narrow < 1840, found);
  }

  /**
   * Two models that are equally good on eleven blocks, each with its own luck in a block: a p below
   * 0.05 is seen about that often, while percentile intervals leave zero out twice as often.
   */
  @Test
  void equalModelsSeldomDiffer() {
    int low = 0;
    int leftOut = 0;
    Clusters blocks = Clusters.of(Collections.nCopies(110, Optional.of("0016E5")));
    for (int s = 0; s < 2000; s++) {
      Random random = new Random(55_000 + s);
      List<ConfusionMatrix> first = new ArrayList<>();
      List<ConfusionMatrix> second = new ArrayList<>();
      double[] levels = new double[2];
      for (int f = 0; f < 110; f++) {
        if (f % Clusters.BLOCK == 0) {
          double hard = random.nextGaussian();
          levels = new double[] {hard + random.nextGaussian(), hard + random.nextGaussian()};
        }
        first.add(drawn(levels[0] + 0.3 * random.nextGaussian()));
        second.add(drawn(levels[1] + 0.3 * random.nextGaussian()));
      }
      ModelDifference.Difference d =
          ModelDifference.of(
                  Protocols.cityscapes(),
                  first,
                  second,
                  blocks,
                  new ClusterBootstrap(1000, 0.95, s))
              .orElseThrow()
              .miou();
      low += d.p().orElseThrow() < 0.05 ? 1 : 0;
      leftOut += d.estimate().percentile().orElseThrow().contains(0) ? 0 : 1;
    }
    String found = "of 2000: p below 0.05 " + low + ", percentile interval without zero " + leftOut;
    assertTrue(low >= 60 && low <= 140, found);
    assertTrue(leftOut > 150, found);
  }

  /** Two classes of 1000 pixels; 200 of either are wrong on average, more in bad frames. */
  private static ConfusionMatrix drawn(double level) {
    long first = Math.max(0, Math.round(200 + 40 * level));
    long second = Math.max(0, Math.round(200 + 20 * level));
    return ConfusionMatrix.of(
        Maps.space(2), new long[][] {{1000 - first, first, 0}, {second, 1000 - second, 0}});
  }

  /** Whether the interval holds the mIoU of the mean frame. */
  private static boolean covers(
      List<ConfusionMatrix> images, Clusters clusters, ClusterBootstrap draws) {
    return ScoreIntervals.of(Protocols.cityscapes(), images, clusters, draws)
        .orElseThrow()
        .miou()
        .percentile()
        .orElseThrow()
        .contains(MEAN);
  }

  @Test
  void fewerThanTwoClustersGiveNoInterval() {
    List<ConfusionMatrix> images = frames(5, 3, 6).good();
    Clusters one = Clusters.of(Collections.nCopies(5, Optional.of("a")));
    assertEquals(1, one.count());
    assertEquals(Optional.empty(), ScoreIntervals.of(Protocols.cityscapes(), images, one, FEW));
  }

  /** Ten thousand resamples of five hundred frames with 19 classes, in two seconds. */
  @Test
  @Tag("slow")
  void tenThousandResamplesOfFiveHundredFramesAreCheap() {
    List<ConfusionMatrix> images = frames(500, 19, 7).good();
    ScoreIntervals found =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2),
            () ->
                ScoreIntervals.of(
                        Protocols.cityscapes(),
                        images,
                        Clusters.single(500),
                        ClusterBootstrap.seeded(1))
                    .orElseThrow());
    assertTrue(found.miou().bca().isPresent());
  }
}
