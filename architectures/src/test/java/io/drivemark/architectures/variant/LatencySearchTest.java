package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    return search(ENET, technique, share, meter);
  }

  private static PruningPlan search(
      Network network, Technique technique, double share, LatencyMeter meter) {
    PruneRequest.KeepLatency keep =
        new PruneRequest.KeepLatency(share, new EngineSetup("onnxruntime", 2));
    PruneRequest request = PruneRequest.of(technique, keep, List.of("l1"), 3);
    Importance importance = Importance.of(network, Criteria.named("l1"), 3);
    Planner planner =
        technique == Technique.FILTER
            ? new Planner.Filters(network, importance, request, FRAMES)
            : new Planner.Layers(
                network, LayerScores.of(RemovableUnit.of(network), importance), request, FRAMES);
    PredictedLatency predicted =
        PredictedLatency.of(network, 48, 64, true, ByMacs.table(), Progress.NONE);
    return new LatencySearch(
            network,
            network,
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
      assertTrue(measured.size() <= 7, power + ": " + measured);
      assertEquals(share, measured.get(measured.size() - 1), 1e-4, "the last measurement counts");
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

  /** Measures more than predicted, with noise of a known spread, seeded. */
  private static final class Noisy implements LatencyMeter {
    static final double SPREAD = 0.03;
    final Map<Double, List<Double>> byTruth = new LinkedHashMap<>();
    private final Random random;

    Noisy(long seed) {
      this.random = new Random(seed);
    }

    static double truth(Network whole, Network part) {
      return Math.sqrt(macs(part) / macs(whole));
    }

    @Override
    public MeasuredShare measure(Network whole, Network part, Progress progress) {
      double truth = truth(whole, part);
      double found = truth + SPREAD * random.nextGaussian();
      byTruth.computeIfAbsent(truth, t -> new ArrayList<>()).add(found);
      return new MeasuredShare(found, 3 * SPREAD, 10, 10 * found);
    }
  }

  @Test
  void whatAPlanSaysIsNotTheLuckOfItsChoice() {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = b.relu("one.act", b.conv("one", b.input("image", 3), 64, 3).padding(1).build());
    x = b.relu("two.act", b.conv("two", x, 64, 3).padding(1).build());
    Network chain = b.build(b.conv("head", x, 3, 1).bias().build());
    int trials = 200;
    List<Double> chosen = new ArrayList<>();
    List<Double> said = new ArrayList<>();
    for (long seed = 1; seed <= trials; seed++) {
      Noisy meter = new Noisy(seed);
      PruningPlan plan = search(chain, Technique.FILTER, 0.6, meter);
      double truth = Noisy.truth(chain, plan.apply(chain));
      List<Double> found = meter.byTruth.get(truth);
      assertTrue(found.size() >= 2, "seed " + seed + ": the choice is measured once more");
      double last = Double.parseDouble(plan.evidence().get("latency-measured"));
      assertEquals(found.get(found.size() - 1), last, 1e-4, "seed " + seed);
      assertTrue(last <= 0.6 + 3 * Noisy.SPREAD, "seed " + seed + ": " + last);
      if (truth > 0.6) { // more than was asked: whether a reader learns of it
        chosen.add(found.get(0) - truth);
        said.add(last - truth);
      }
    }
    double byChoice = chosen.stream().mapToDouble(d -> d).average().orElseThrow();
    double bySaying = said.stream().mapToDouble(d -> d).average().orElseThrow();
    System.out.printf(
        "latency search, noise %.3f, asked 0.6: %d of %d plans leave more; what they were chosen by is"
            + " off by %+.4f, what they say by %+.4f%n",
        Noisy.SPREAD, chosen.size(), trials, byChoice, bySaying);
    double sure = 3 * Noisy.SPREAD / Math.sqrt(chosen.size());
    assertTrue(byChoice < -sure, "what the choice was made by is too low: " + byChoice);
    assertEquals(0, bySaying, sure, "what is said is not");
  }

  @Test
  void aChoiceThatWasLuckIsGivenUpForASmallerPlan() {
    double[] first = new double[1];
    Map<Double, Integer> times = new HashMap<>();
    LatencyMeter lucky =
        (whole, part, progress) -> {
          double truth = macs(part) / macs(whole);
          int time = times.merge(truth, 1, Integer::sum);
          boolean luck = first[0] == 0 || first[0] == truth;
          if (first[0] == 0) {
            first[0] = truth; // the first plan measures 0.599, and then what it is
          }
          double found = !luck ? truth : time == 1 ? 0.599 : 0.7;
          return new MeasuredShare(found, 0.01, 10, 10 * found);
        };
    BadInputException e =
        assertThrows(BadInputException.class, () -> search(Technique.FILTER, 0.05, lucky));
    assertTrue(e.getMessage().contains("cannot be pruned to 0.05"), e.getMessage());
    first[0] = 0;
    times.clear();
    PruningPlan plan = search(Technique.FILTER, 0.6, lucky);
    double share = macs(plan.apply(ENET)) / macs(ENET);
    assertTrue(share < first[0], share + " instead of " + first[0]);
    assertEquals(share, Double.parseDouble(plan.evidence().get("latency-measured")), 1e-4);
  }
}
