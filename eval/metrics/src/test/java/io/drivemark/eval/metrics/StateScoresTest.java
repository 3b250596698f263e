package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ScoreIntervals.Estimate;
import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateScoresTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "two",
          List.of(
              new LabelClass("road", 1, "flat", false, false),
              new LabelClass("car", 2, "vehicle", true, false)));
  private static final Protocol PROTOCOL = Protocols.named("cityscapes");
  private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(500, Interval.LEVEL, 1);

  /** Twelve frames of six drives; of each class so many of 100 pixels are wrong. */
  private static List<ConfusionMatrix> frames(long seed, long wrong) {
    Random random = new Random(seed);
    List<ConfusionMatrix> out = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long a = wrong + random.nextInt(10);
      long b = wrong + random.nextInt(10);
      out.add(
          ConfusionMatrix.of(SPACE, new long[][] {{100 - a, a, 0}, {b, 100 - b, 0}, {0, 0, 0}}));
    }
    return out;
  }

  private static final Clusters CLUSTERS =
      Clusters.of(IntStream.range(0, 12).mapToObj(i -> Optional.of("drive " + i / 2)).toList());

  private static double miou(List<ConfusionMatrix> frames) {
    return PROTOCOL.evaluate(frames).miou().value().orElseThrow();
  }

  @Test
  void aLossHasAnIntervalThatPairsTheFrames() {
    List<ConfusionMatrix> clean = frames(1, 5);
    List<ConfusionMatrix> foggy = frames(2, 30);
    List<Estimate> found =
        StateScores.estimates(
            PROTOCOL,
            List.of(clean, foggy),
            CLUSTERS,
            BOOTSTRAP,
            2,
            (mious, out) -> {
              out[0] = mious[0] - mious[1];
              out[1] = mious[1] / mious[0];
            });
    assertEquals(miou(clean) - miou(foggy), found.get(0).value().value().orElseThrow(), 1e-12);
    assertEquals(miou(foggy) / miou(clean), found.get(1).value().value().orElseThrow(), 1e-12);
    Interval loss = found.get(0).percentile().orElseThrow();
    assertTrue(loss.low() > 0.1 && loss.high() < 0.6 && loss.low() < loss.high(), loss.toString());
  }

  /** The same frames in both states: no draw can find a loss. */
  @Test
  void aStateAgainstItselfLosesNothingInAnyDraw() {
    List<ConfusionMatrix> clean = frames(3, 20);
    Estimate loss =
        StateScores.estimates(
                PROTOCOL,
                List.of(clean, clean),
                CLUSTERS,
                BOOTSTRAP,
                1,
                (mious, out) -> out[0] = mious[0] - mious[1])
            .get(0);
    assertEquals(0, loss.percentile().orElseThrow().low());
    assertEquals(0, loss.percentile().orElseThrow().high());
  }

  @Test
  void networksThatDifferOnEveryDriveAreToldApartAndEqualOnesAreNot() {
    List<List<ConfusionMatrix>> good = List.of(frames(1, 5), frames(2, 10));
    List<List<ConfusionMatrix>> poor = List.of(frames(1, 5), frames(2, 60));
    assertEquals(
        OptionalDouble.of(2 / 64.0),
        StateScores.swapP(PROTOCOL, good, poor, CLUSTERS, m -> m[1] / m[0]));
    assertEquals(
        OptionalDouble.of(1), StateScores.swapP(PROTOCOL, good, good, CLUSTERS, m -> m[1] / m[0]));
  }

  @Test
  void statesOfOtherFramesAreRefused() {
    List<ConfusionMatrix> clean = frames(1, 5);
    List<ConfusionMatrix> other =
        IntStream.range(0, 12)
            .mapToObj(
                i -> ConfusionMatrix.of(SPACE, new long[][] {{90, 0, 0}, {0, 110, 0}, {0, 0, 0}}))
            .toList();
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                StateScores.estimates(
                    PROTOCOL,
                    List.of(clean, other),
                    CLUSTERS,
                    BOOTSTRAP,
                    1,
                    (mious, out) -> out[0] = mious[0]));
    assertTrue(e.getMessage().startsWith("paired difference: frame 0 has another truth"));
  }

  @Test
  void oneClusterSaysNothing() {
    Clusters one =
        Clusters.of(IntStream.range(0, 12).mapToObj(i -> Optional.of("the drive")).toList());
    assertEquals(2, one.count(), "a long drive is cut into blocks of ten");
    List<ConfusionMatrix> few = frames(1, 5).subList(0, 2);
    Clusters single = Clusters.of(List.of(Optional.of("a"), Optional.of("a")));
    assertEquals(
        List.of(),
        StateScores.estimates(
            PROTOCOL, List.of(few), single, BOOTSTRAP, 1, (mious, out) -> out[0] = mious[0]));
  }
}
