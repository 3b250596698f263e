package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.ByMacs;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.LatencyMeter;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.architectures.latency.PredictedLatency;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans for a latency, with times and measurements made up. */
class LatencySearchTest {
  private static final Network ENET = Architectures.build("enet", Map.of(), 3, 5);
  private static final CalibrationSet FRAMES =
      new CalibrationSet(TinyFrames.of(2, 48, 64), InputSpec.IMAGENET, 2);

  private static double macs(Network network) {
    return Cost.of(network, 48, 64).macs();
  }

  /** Measures what is predicted by MACs, raised to a power: predictions are off. */
  private static LatencyMeter meter(double power, List<Double> measured) {
    return (whole, part, progress) -> {
      double share = Math.pow(macs(part) / macs(whole), power);
      measured.add(share);
      return new MeasuredShare(share, 0.01, 10, 10 * share);
    };
  }

  private static PruningPlan search(Technique technique, double share, LatencyMeter meter) {
    PruneRequest.KeepLatency keep =
        new PruneRequest.KeepLatency(share, new EngineSetup("onnxruntime", 2));
    PruneRequest request = PruneRequest.of(technique, keep, List.of("l1"), 3);
    Importance importance = Importance.of(ENET, Criteria.named("l1"), 3);
    Planner planner =
        technique == Technique.FILTER
            ? new Planner.Filters(ENET, importance, request, FRAMES)
            : new Planner.Layers(
                ENET, LayerScores.of(RemovableUnit.of(ENET), importance), request, FRAMES);
    PredictedLatency predicted =
        PredictedLatency.of(ENET, 48, 64, true, ByMacs.table(), Progress.NONE);
    return new LatencySearch(
            ENET,
            ENET,
            planner,
            keep,
            new LatencySearch.Predicted(predicted),
            meter,
            48,
            64,
            "onnxruntime 1, threads 2",
            Progress.NONE)
        .run();
  }

  @Test
  void filtersAreMeasuredToAtMostTheShareAndNotMuchLess() {
    for (double power : new double[] {0.5, 2}) {
      List<Double> measured = new ArrayList<>();
      PruningPlan plan = search(Technique.FILTER, 0.6, meter(power, measured));
      double share = Double.parseDouble(plan.evidence().get("latency-measured"));
      assertTrue(share <= 0.6 && share > 0.58, power + ": " + share);
      assertEquals(Math.pow(macs(plan.apply(ENET)) / macs(ENET), power), share, 1e-4);
      assertTrue(measured.size() <= 6, power + ": " + measured);
    }
  }

  @Test
  void planSaysWhatWasAskedPredictedAndMeasured() {
    PruningPlan plan = search(Technique.FILTER, 0.6, meter(1, new ArrayList<>()));
    assertEquals("latency=0.6 at 48x64 on onnxruntime, 2 threads, scope worth", plan.goal());
    assertEquals("onnxruntime 1, threads 2", plan.evidence().get("latency-engine"));
    assertEquals("48x64", plan.evidence().get("latency-size"));
    assertEquals("0.0100", plan.evidence().get("latency-band"));
    assertEquals("10.000", plan.evidence().get("latency-parent-ms"));
    assertTrue(plan.evidence().containsKey("latency-predicted"));
    assertEquals(plan, search(Technique.FILTER, 0.6, meter(1, new ArrayList<>())));
  }

  @Test
  void layersAreMeasuredToAtMostTheShare() {
    for (double power : new double[] {0.5, 2}) {
      List<Double> measured = new ArrayList<>();
      PruningPlan plan = search(Technique.LAYER, 0.75, meter(power, measured));
      double share = Double.parseDouble(plan.evidence().get("latency-measured"));
      assertTrue(share <= 0.75 && share > 0.7, power + ": " + share + " of " + measured);
    }
  }

  @Test
  void shareThatCannotBeReachedNamesTheNearest() {
    String refusal =
        assertThrows(
                BadInputException.class,
                () -> search(Technique.LAYER, 0.05, meter(1, new ArrayList<>())))
            .getMessage();
    assertTrue(
        refusal.matches(
            "network enet cannot be pruned to 0\\.05 of its latency at 48x64 on onnxruntime, 2"
                + " threads: 0\\.\\d{4} were measured \\(0\\.\\d{4} predicted, A-A band ±0\\.0100\\)"
                + " with all removed that may be\\. Ask for 0\\.\\d\\d or more"),
        refusal);
    double nearest = Double.parseDouble(refusal.replaceAll(".*Ask for (\\S+) or more", "$1"));
    PruningPlan plan = search(Technique.LAYER, nearest, meter(1, new ArrayList<>()));
    assertEquals(RemovableUnit.of(ENET).size(), plan.layers().size());
  }
}
