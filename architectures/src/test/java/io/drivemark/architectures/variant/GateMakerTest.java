package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.estimate.GateClock;
import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.latency.ByMacs;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.LatencyMeter;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.gate.GatePlacement;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.MassTarget;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to a dynamic model. */
class GateMakerTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 64;
  private static final Model PARENT = parent();
  private static final EngineSetup ENGINE = new EngineSetup("onnxruntime", 1);

  @TempDir Path folder;

  private static Model parent() {
    ModelSpec spec =
        new ModelSpec(
            "erfnet-tiny",
            "erfnet",
            Map.of("classes", "3"),
            InputSpec.IMAGENET,
            TinyFrames.SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("val-miou", "0.5"));
    return new Model(spec, Architectures.build("erfnet", Map.of(), 3, 5));
  }

  private static CalibrationSet frames() {
    return new CalibrationSet(TinyFrames.of(4, HEIGHT, WIDTH), InputSpec.IMAGENET, 3);
  }

  private static GateMaker maker(GateRequest request) {
    TinyFrames train = TinyFrames.of(4, HEIGHT, WIDTH);
    return new GateMaker(
        new GateTask(request, Optional.empty()),
        new VariantMaker.Setting(
            PARENT,
            Models.digest(PARENT),
            train,
            train,
            frames(),
            LatencyTables.notKept(),
            Optional.empty(),
            1),
        Progress.NONE);
  }

  private static GateRequest request(GateRequest.Amount amount, boolean constant) {
    return new GateRequest(
        amount,
        GateRequest.MASS,
        GateUnit.of(1),
        GateRequest.Head.PUBLISHED_MAX,
        GateRequest.Mode.DECOUPLED,
        constant,
        1);
  }

  @Test
  void shareOfTheCostIsMetByTheEstimateAndKept() {
    GateMaker maker = maker(request(new PruneRequest.Keep(Measure.MACS, 0.6), true));
    GatePlan plan = maker.plan();
    double estimated = Double.parseDouble(plan.evidence().get("estimate-macs"));
    assertTrue(estimated <= 0.6 && estimated > 0.55, "estimated " + estimated);
    GateEstimate estimate = maker.estimate(List.of(plan.ratio()));
    assertEquals(estimated, estimate.rows().get(0).strict().mean(), 5e-5);
    assertEquals("erfnet-tiny", estimate.network());
    assertTrue(plan.evidence().get("estimate-curve").startsWith("1.0="), plan.toString());

    Path file = folder.resolve("plan.json");
    plan.write(file);
    assertEquals(plan, GatePlan.read(file));

    Model made = maker.finish(maker.start(plan), folder.resolve("checkpoint")).model();
    Map<String, String> facts = made.spec().provenance();
    assertEquals(
        "erfnet-tiny-dynamic-mass-" + Math.round(100 * estimated) + "-constant",
        made.spec().name());
    assertEquals("dynamic", made.spec().variant().technique());
    assertEquals(Optional.of("erfnet-tiny"), made.spec().variant().parent());
    assertEquals("0.5", facts.get("parent.val-miou"));
    assertEquals(Models.digest(PARENT), facts.get("parent-digest"));
    assertEquals("macs=0.6 at 48x64, units 1", facts.get("prune-goal"));
    assertEquals(plan.evidence().get("estimate-jaccard"), facts.get("estimate-jaccard"));
    assertTrue(GatedNetwork.of(made.network()).isPresent());
    assertEquals(estimated, Double.parseDouble(facts.get("fit-macs")), 0.05);
    assertEquals(facts.get("fit-macs-least"), facts.get("fit-macs-most"), "one mask for all");
    assertTrue(facts.get("fit-frames").contains(" frames at 48x64"), facts.get("fit-frames"));
    double right = Double.parseDouble(facts.get("fit-right"));
    assertTrue(right > 0.5 && right <= 1, "right " + right);
  }

  @Test
  void ratioIsTakenAsItIs() {
    GateMaker maker = maker(request(new GateRequest.Ratio(0.9), false));
    GatePlan plan = maker.plan();
    assertEquals(0.9, plan.ratio());
    Model start = maker.start(plan);
    GatedNetwork gated = GatedNetwork.of(start.network()).orElseThrow();
    assertEquals(
        GatePlacement.of(PARENT.network(), GateUnit.of(1), HEIGHT, WIDTH).sites().size(),
        gated.sites().size());
    GatedCost cost = GatedCost.of(gated, HEIGHT, WIDTH);
    assertEquals(cost.dense() + cost.heads(), cost.strict(gated.everything()));
  }

  @Test
  void damagedPlanIsRefusedWithEveryProblem() throws Exception {
    Path file = folder.resolve("bad.json");
    Files.writeString(file, "{\"schema\": \"drivemark-plan/1\", \"ratio\": 2}\n");
    assertEquals(
        file
            + ": 2 problems\n"
            + "  line 1: schema: found drivemark-plan/1, expected drivemark-gate-plan/1\n"
            + "  line 1: ratio: found 2.0, expected above 0 to 1",
        assertThrows(BadInputException.class, () -> GatePlan.read(file)).getMessage());
  }

  private static GateEstimator timed() {
    Network network = PARENT.network();
    GateEstimator estimator =
        new GateEstimator(
            network,
            GatePlacement.of(network, GateUnit.of(1), HEIGHT, WIDTH),
            MassTarget::ofFilters,
            frames().images(),
            HEIGHT,
            WIDTH,
            1,
            Progress.NONE);
    estimator.timedBy(
        GateClock.of(estimator.gated(), HEIGHT, WIDTH, ByMacs.table(), Progress.NONE));
    return estimator;
  }

  /** A machine on which a gated network takes as long as its live units cost, to a power. */
  private static LatencyMeter meter(double power, List<Double> measured) {
    return (whole, part, progress) -> {
      GatedNetwork gated = GatedNetwork.of(part).orElseThrow();
      GatedCost cost = GatedCost.of(gated, HEIGHT, WIDTH);
      double macs = (double) cost.strict(live(gated)) / cost.dense();
      measured.add(Math.pow(macs, power));
      return new MeasuredShare(Math.pow(macs, power), 0.01, 10, 10 * macs);
    };
  }

  /** What a constant network's biases make live. */
  private static List<BitSet> live(GatedNetwork gated) {
    return gated.sites().stream()
        .map(
            site -> {
              float[] bias =
                  gated.network().weights().get(GatedNetwork.bias(site)).tensor().floats();
              BitSet bits = new BitSet();
              for (int u = 0; u < bias.length; u++) {
                bits.set(u, bias[u] > 0);
              }
              return bits;
            })
        .toList();
  }

  @Test
  void latencyIsPlannedByTheTablesAndMetByMeasurement() {
    for (double power : new double[] {0.5, 1, 1.5}) {
      List<Double> measured = new ArrayList<>();
      Map<String, String> found = new TreeMap<>();
      double ratio =
          new GateLatencySearch(
                  timed(),
                  PARENT.network(),
                  new PruneRequest.KeepLatency(0.7, ENGINE),
                  meter(power, measured),
                  Progress.NONE)
              .run(found);
      double reached = Double.parseDouble(found.get("estimate-latency-measured"));
      String what = "power " + power + ": " + measured;
      assertTrue(reached <= 0.7 && reached > 0.6, what);
      assertTrue(measured.size() <= GateLatencySearch.ROUNDS, what);
      assertTrue(ratio > 0 && ratio < 1, what);
      assertEquals("onnxruntime, 1 thread", found.get("estimate-latency-engine"));
    }
  }

  @Test
  void latencyThatCannotBeReachedIsRefusedWithTheNearest() {
    GateLatencySearch search =
        new GateLatencySearch(
            timed(),
            PARENT.network(),
            new PruneRequest.KeepLatency(0.5, ENGINE),
            (whole, part, progress) -> new MeasuredShare(0.9, 0.01, 10, 9),
            Progress.NONE);
    String message =
        assertThrows(BadInputException.class, () -> search.run(new TreeMap<>())).getMessage();
    assertEquals(
        String.format(
            Locale.ROOT,
            "network erfnet cannot be made to take 0.5 of its latency on onnxruntime, 1 thread:"
                + " 0.9000 were measured (%.4f predicted, A-A band ±0.0100) with as little live as"
                + " may be. Ask for 0.91 or more, or for other units",
            timed().leastLatency()),
        message);
  }
}
