package io.drivemark.architectures.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.estimate.GateEstimate.Row;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.latency.ByMacs;
import io.drivemark.architectures.latency.StandInImage;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GatePlacement;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class GateEstimatorTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 64;

  private static GateEstimator estimator(Network network, GateUnit unit, int frames) {
    return new GateEstimator(
        network,
        GatePlacement.of(network, unit, HEIGHT, WIDTH),
        MassTarget::ofFilters,
        StandInImage.images(frames, 3 * HEIGHT * WIDTH),
        HEIGHT,
        WIDTH,
        1,
        Progress.NONE);
  }

  /** The more is asked for, the more is computed, by either count, of every unit. */
  @Test
  void costFallsWithTheRatio() {
    for (GateUnit unit : List.of(GateUnit.of(1), GateUnit.of(4), GateUnit.LAYERS)) {
      for (String name : List.of("erfnet", "skipnet-resnet18")) {
        Network network = Architectures.build(name, Map.of(), 11, 3);
        GateEstimate estimate =
            estimator(network, unit, 3).estimate("net", "noise", "mass", "1", GateEstimator.RATIOS);
        String where = name + " in units of " + unit;
        assertEquals(GateEstimator.RATIOS.size(), estimate.rows().size());
        for (int i = 1; i < estimate.rows().size(); i++) {
          Row more = estimate.rows().get(i - 1);
          Row less = estimate.rows().get(i);
          assertTrue(more.ratio() > less.ratio(), where);
          assertTrue(more.strict().mean() >= less.strict().mean(), where + " at " + less);
          assertTrue(more.strict().most() >= less.strict().most(), where + " at " + less);
          assertTrue(more.paper().mean() >= less.paper().mean(), where + " at " + less);
          assertTrue(more.masks().liveShare() >= less.masks().liveShare(), where + " at " + less);
          assertTrue(less.intersection() <= less.strict().least() + 1e-12, where);
          assertTrue(less.union() >= less.strict().most() - 1e-12, where);
          assertTrue(less.strict().least() <= less.strict().mean() + 1e-12, where);
        }
        Row last = estimate.rows().get(GateEstimator.RATIOS.size() - 1);
        assertTrue(last.strict().mean() < 0.9, where + " at " + last);
      }
    }
  }

  @Test
  void everythingLiveCostsTheDenseNetworkAndTheHeads() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    GateEstimator estimator =
        new GateEstimator(
            network,
            GatePlacement.of(network, GateUnit.of(1), HEIGHT, WIDTH),
            ratio -> new MassTarget(-1, 1),
            StandInImage.images(2, 3 * HEIGHT * WIDTH),
            HEIGHT,
            WIDTH,
            1,
            Progress.NONE);
    GateEstimate estimate = estimator.estimate("net", "noise", "mass", "1", List.of(1.0));
    assertEquals(Cost.of(network, HEIGHT, WIDTH).macs(), estimate.dense());
    assertTrue(estimate.heads() > 0);
    Row row = estimate.rows().get(0);
    assertEquals(1 + (double) estimate.heads() / estimate.dense(), row.strict().mean(), 1e-12);
    assertEquals(1, row.paper().mean(), 1e-12);
    assertEquals(1, row.masks().liveShare(), 0);
    assertEquals(1, row.masks().alwaysShare(), 0);
    assertEquals(1, row.masks().alike().value().orElseThrow(), 0);
    assertTrue(row.latency().isEmpty());
  }

  /** Each tile has a head of its own; what is live everywhere costs as much in any tiling. */
  @Test
  void everythingLiveInEveryTileCostsTheDenseNetworkAndTheirHeads() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    GateEstimator estimator = tiled(network, ratio -> new MassTarget(-1, 1));
    GateEstimate estimate = estimator.estimate("net", "noise", "mass", "1", List.of(1.0));
    GateEstimate whole =
        estimator(network, GateUnit.of(1), 2).estimate("net", "noise", "mass", "1", List.of(1.0));
    assertEquals(4 * whole.heads(), estimate.heads());
    Row row = estimate.rows().get(0);
    assertEquals(1 + (double) estimate.heads() / estimate.dense(), row.strict().mean(), 1e-12);
    assertEquals(0, row.strict().deviation(), 1e-12);
    assertEquals(1, row.masks().alike().value().orElseThrow(), 0);
    assertEquals(8, row.masks().frames(), "four tiles of two frames");
    assertEquals("2x2", estimate.keys().get("tiles"));
    assertFalse(whole.keys().containsKey("tiles"));
  }

  /** A frame's cost is the mean of its tiles'; their masks differ more than whole frames' do. */
  @Test
  void tilesAreToldApart() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    Row tiles = tiled(network, MassTarget::ofFilters).row(0.8);
    Row whole = estimator(network, GateUnit.of(1), 2).row(0.8);
    assertTrue(tiles.strict().least() >= tiles.intersection());
    assertTrue(tiles.strict().most() <= tiles.union());
    assertTrue(
        tiles.masks().alike().value().orElseThrow() < whole.masks().alike().value().orElseThrow());
    assertThrows(
        IllegalStateException.class,
        () -> tiled(network, MassTarget::ofFilters).timedBy(null),
        "no clock for tiles");
  }

  private static GateEstimator tiled(Network network, DoubleFunction<GateTarget> targets) {
    return new GateEstimator(
        network,
        GatePlacement.of(network, GateUnit.of(1), HEIGHT, WIDTH),
        Tiles.parse("2x2"),
        targets,
        StandInImage.images(2, 3 * HEIGHT * WIDTH),
        HEIGHT,
        WIDTH,
        1,
        Progress.NONE);
  }

  @Test
  void shareOfTheCostIsTurnedIntoTheGreatestRatio() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    GateEstimator estimator = estimator(network, GateUnit.of(1), 2);
    double ratio = estimator.ratioForMacs(0.6);
    assertTrue(estimator.row(ratio).strict().mean() <= 0.6);
    assertTrue(estimator.row(ratio + 0.001).strict().mean() > 0.6);
    assertEquals(1, estimator.ratioForMacs(1));
    String refusal =
        assertThrows(BadInputException.class, () -> estimator.ratioForMacs(0.001)).getMessage();
    double least = estimator.row(0.001).strict().mean();
    assertEquals(
        String.format(
            Locale.ROOT,
            "network erfnet cannot be made to take 0.001 of its multiply-accumulates: with one unit"
                + " a site it takes %.4f, heads included. Ask for %.2f or more, or for other units",
            least,
            Math.ceil(least * 100) / 100),
        refusal);
  }

  @Test
  void theClockSeesLiveUnitsAndHeads() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    for (GateUnit unit : List.of(GateUnit.of(1), GateUnit.LAYERS)) {
      GateEstimator estimator = estimator(network, unit, 2);
      GateClock clock =
          GateClock.of(estimator.gated(), HEIGHT, WIDTH, ByMacs.table(), Progress.NONE);
      double whole = clock.share(estimator.gated().everything());
      assertTrue(whole > 1 && whole < 1.2, "heads alone are added: " + whole);
      estimator.timedBy(clock);
      GateEstimate estimate =
          estimator.estimate("net", "noise", "mass", unit.toString(), List.of(0.95, 0.6));
      assertEquals("made up", estimate.clock().orElseThrow());
      double more = estimate.rows().get(0).latency().orElseThrow();
      double less = estimate.rows().get(1).latency().orElseThrow();
      assertTrue(more < whole && less < more, whole + ", " + more + ", " + less);
      double ratio = estimator.ratioForLatency((more + less) / 2);
      assertTrue(ratio < 0.95 && ratio >= 0.6, "ratio " + ratio);
    }
  }

  @Test
  void typicalFrameIsOfMedianCost() {
    Network network = Architectures.build("erfnet", Map.of(), 11, 3);
    GateEstimator estimator = estimator(network, GateUnit.of(1), 3);
    assertFalse(estimator.typical(0.8).isEmpty());
    assertEquals(estimator.gated().sites().size(), estimator.typical(0.8).size());
  }

  @Test
  void networkWithoutPlacesIsRefusedWithReasons() {
    NetworkBuilder b = new NetworkBuilder("scores", 1);
    Network network = b.build(b.conv("head", b.input("image", 3), 11, 1).build());
    assertEquals(
        "network scores has no place where units can be switched for each frame\n"
            + "  head: it makes class scores",
        assertThrows(BadInputException.class, () -> estimator(network, GateUnit.of(1), 1))
            .getMessage());
    assertEquals(
        "network scores has no place where units can be switched for each frame: it has no unit of"
            + " layers that can be left out",
        assertThrows(BadInputException.class, () -> estimator(network, GateUnit.LAYERS, 1))
            .getMessage());
  }

  /** Every shipped network without gates has places, between the size of CamVid and a thumbnail. */
  @Test
  void everyShippedModelHasAnEstimate() {
    for (String name : Models.names()) {
      Network network = Models.load(name).network();
      if (GatedNetwork.isGated(network)) {
        continue;
      }
      GateEstimate estimate =
          new GateEstimator(
                  network,
                  GatePlacement.of(network, GateUnit.AUTO, 96, 128),
                  MassTarget::ofFilters,
                  StandInImage.images(1, 3 * 96 * 128),
                  96,
                  128,
                  1,
                  Progress.NONE)
              .estimate("net", "noise", "mass", "auto", List.of(0.9));
      double strict = estimate.rows().get(0).strict().mean();
      assertTrue(strict > 0 && strict < 1.1, name + " " + strict);
      assertFalse(estimate.refused().isEmpty(), name);
    }
  }
}
