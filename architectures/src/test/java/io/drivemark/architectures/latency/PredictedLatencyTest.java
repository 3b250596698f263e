package io.drivemark.architectures.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.LayerRemoval;
import io.drivemark.architectures.pruning.Materialise;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks in pieces, and sums of the pieces' times. */
class PredictedLatencyTest {
  private static PredictedLatency predicted(Network network, boolean narrower, PieceTimer timer) {
    return PredictedLatency.of(
        network, 48, 64, narrower, new LatencyTable("t", Optional.empty(), timer), Progress.NONE);
  }

  @Test
  void convolutionTakesItsNormalisationAndActivationIn() {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.conv("conv", b.input("image", 3), 16, 3).stride(2).padding(1).bias().build();
    x = b.pRelu("act", b.batchNorm("bn", x, 1e-3));
    x =
        b.add(
            "sum",
            new io.drivemark.architectures.graph.op.Elementwise(
                io.drivemark.architectures.graph.op.Elementwise.Kind.ADD),
            x,
            x);
    Network network = b.build(b.relu("last", x));
    Map<String, Piece> pieces = Pieces.of(network, 48, 64);
    assertEquals(List.of("conv", "sum", "last"), List.copyOf(pieces.keySet()));
    assertEquals(
        "Conv2d[stride=2x2, padding=1,1,1,1, dilation=1x1, groups=1] of 1x3x48x64 weight 16x3x3x3"
            + " weight 16, BatchNorm[epsilon=0.001] 16 16 16 16, PRelu[] 16",
        pieces.get("conv").toString());
    assertEquals("Elementwise[kind=ADD] of 1x16x24x32 1x16x24x32", pieces.get("sum").toString());
  }

  @Test
  void widthsAreAlignedAndIncludeTheEnds() {
    assertEquals(List.of(3), PredictedLatency.widths(3));
    assertEquals(List.of(4, 8), PredictedLatency.widths(8));
    assertEquals(List.of(4, 8, 11), PredictedLatency.widths(11));
    assertEquals(List.of(4, 16, 32, 64), PredictedLatency.widths(64));
    assertEquals(List.of(4, 32, 72, 131), PredictedLatency.widths(131));
  }

  @Test
  void sumOfThePiecesWithoutWhatEveryCallCosts() {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.conv("one", b.input("image", 3), 16, 1).build();
    Network network = b.build(b.conv("two", x, 5, 1).build());
    double macs = 48 * 64 * (3 * 16 + 16 * 5);
    double values = 48 * 64 * (3 + 16 + 16 + 5);
    // The call itself is an activation of one value: 2 values.
    assertEquals(
        1000.2 + 0.1 * (macs + values) - 2 * 0.2,
        predicted(network, false, new ByMacs()).nanos(network),
        1e-6);
  }

  /** The made-up times are linear in either width, so that interpolation is exact. */
  @Test
  void linearTimesAreInterpolatedExactly() {
    long seed = System.nanoTime();
    for (String name : List.of("enet", "erfnet", "unet", "fast-scnn")) {
      Network network = Architectures.build(name, Map.of(), 11, 1);
      PredictedLatency predicted = predicted(network, true, new ByMacs());
      ChannelGroups groups = ChannelGroups.of(network);
      Network small =
          Materialise.apply(network, ChannelMasks.random(groups, 0.75, new Random(seed)));
      double exact = predicted(small, false, new ByMacs()).nanos(small);
      double macs = 0.1 * Cost.of(small, 48, 64).macs();
      double guess = predicted.nanos(small);
      // Below 4 channels and for grouped convolutions the time is not linear.
      assertEquals(exact, guess, 0.03 * exact, name + " seed " + seed);
      assertTrue(guess > macs, name + " seed " + seed);
      assertTrue(guess < predicted.nanos(network), name + " seed " + seed);
    }
  }

  @Test
  void predictionsMeasureNothingMore() {
    Network network = Architectures.build("enet", Map.of(), 11, 1);
    ByMacs timer = new ByMacs();
    PredictedLatency predicted = predicted(network, true, timer);
    int before = timer.asked().size();
    ChannelGroups groups = ChannelGroups.of(network);
    predicted.nanos(network);
    predicted.nanos(Materialise.apply(network, ChannelMasks.random(groups, 0.5, new Random(1))));
    assertEquals(before, timer.asked().size());
  }

  @Test
  void removedLayersTakeTheirTimeAlong() {
    Network network = Architectures.build("enet", Map.of(), 11, 1);
    PredictedLatency predicted = predicted(network, false, new ByMacs());
    for (RemovableUnit unit : RemovableUnit.of(network)) {
      Network small = LayerRemoval.apply(network, List.of(unit));
      double saved = predicted.nanos(network) - predicted.nanos(small);
      assertTrue(saved > 0.1 * unit.macs(network, 48, 64), unit.name());
    }
  }

  @Test
  void pieceOfEveryOperatorRunsAlone() {
    Set<Piece> pieces = new LinkedHashSet<>();
    Networks.perOperator().values().forEach(n -> pieces.addAll(Pieces.of(n, 16, 24).values()));
    for (String name : List.of("espnetv2", "segnet-basic")) {
      pieces.addAll(Pieces.of(Architectures.build(name, Map.of(), 5, 1), 32, 64).values());
    }
    List<Piece> all = new ArrayList<>(pieces);
    assertTrue(all.size() > 60, all.size() + " pieces");
    for (Piece piece : all) {
      try (var session =
          new EngineSetup("onnxruntime", 1).open(piece.network(), piece.height(), piece.width())) {
        assertEquals(piece.outChannels(), session.outputShapes().get(0).channels());
      }
    }
  }
}
