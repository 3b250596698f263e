package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.ReadmeExample;
import io.drivemark.architectures.estimate.FrameResponses;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GateCriterion;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.GatedNetworks;
import io.drivemark.architectures.training.ClassWeights;
import io.drivemark.architectures.training.GateLearning;
import io.drivemark.architectures.training.RecipeOptions;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic models made of models: they start as their parents and learn what their facts say. */
class GatingTest {
  private static final TinyFrames TRAIN = TinyFrames.of(6, 48, 64);

  @TempDir Path folder;

  private static Model parent(String architecture, Map<String, String> options) {
    Network network =
        Recalibration.of(
            Architectures.build(architecture, options, 3, 5), frames(), 1, Progress.NONE);
    ModelSpec spec =
        new ModelSpec(
            architecture + "-tiny",
            architecture,
            options,
            InputSpec.IMAGENET,
            TinyFrames.SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("val-miou", "0.5"));
    return new Model(spec, network);
  }

  private static Model filters() {
    return parent("segnet-basic", Map.of("width", "16"));
  }

  private static CalibrationSet frames() {
    return new CalibrationSet(TRAIN, InputSpec.IMAGENET, 6);
  }

  private static GateRequest request(
      GateUnit unit, GateRequest.Head head, GateRequest.Mode mode, boolean constant) {
    return new GateRequest(
        new GateRequest.Ratio(0.7), GateRequest.MASS, unit, head, mode, constant, 4);
  }

  private static GateRequest standardised() {
    return request(
        GateUnit.of(1), GateRequest.Head.STANDARDISED, GateRequest.Mode.DECOUPLED, false);
  }

  private static List<GateSite> sites(Model parent, GateUnit unit) {
    return switch (unit.kind()) {
      case LAYERS -> GateSites.layers(parent.network());
      default -> {
        GateSites all = GateSites.of(parent.network());
        yield unit.filters() == 1 ? all.sites() : all.inBlocks(unit.filters());
      }
    };
  }

  private static Model attach(Model parent, GateRequest request) {
    return Gating.attach(
        parent, sites(parent, request.unit()), request, frames(), 1, Progress.NONE);
  }

  private static TrainingRecipe recipe(int epochs) {
    TrainingRecipe quiet =
        FineTuning.recipe(48, 64)
            .withEpochs(epochs)
            .withBatch(2)
            .withScale(1, 1)
            .withClassWeights(ClassWeights.Kind.NONE)
            .withEvaluateEvery(epochs)
            .withThreads(1);
    return RecipeOptions.apply(quiet, Map.of("gate-optimiser", "adam@0.01", "gate-until", "1"));
  }

  /** Every kind of head, of unit and of mode answers as its parent, bit for bit. */
  @Test
  void everyDynamicModelStartsAsItsParent() {
    Model plain = filters();
    Model residual = parent("dabnet", Map.of());
    float[] image = GatedNetworks.image(3);
    float[] filters = GatedNetworks.run("onnxruntime", plain.network(), image).get(0);
    float[] layers = GatedNetworks.run("onnxruntime", residual.network(), image).get(0);
    for (GateRequest.Head head : GateRequest.Head.values()) {
      for (GateRequest.Mode mode : GateRequest.Mode.values()) {
        for (GateUnit unit : List.of(GateUnit.of(1), GateUnit.of(8), GateUnit.LAYERS)) {
          Model parent = unit.isLayers() ? residual : plain;
          Model dynamic = attach(parent, request(unit, head, mode, false));
          String what = unit + " " + head + " " + mode;
          List<float[]> found = GatedNetworks.run("onnxruntime", dynamic.network(), image);
          assertArrayEquals(unit.isLayers() ? layers : filters, found.get(0), what);
          for (float gate : found.get(found.size() - 1)) {
            assertEquals(1, gate, what);
          }
          GatedNetwork gated = GatedNetwork.of(dynamic.network()).orElseThrow();
          assertEquals(mode == GateRequest.Mode.JOINT, gated.design().joint(), what);
        }
      }
    }
  }

  @Test
  void aDynamicModelSaysEverything() {
    Model parent = filters();
    Model dynamic = attach(parent, standardised());
    assertEquals("segnet-basic-tiny-dynamic-mass-ratio70", dynamic.spec().name());
    assertEquals(
        new ModelSpec.Variant("dynamic", Optional.of("segnet-basic-tiny"), Optional.of("mass")),
        dynamic.spec().variant());
    assertEquals(2, dynamic.spec().heads().size());
    assertEquals(List.of(dynamic.network().outputs().get(0), "gates"), dynamic.outputs());
    GatesHead gates = (GatesHead) dynamic.spec().otherHeads().get(0).kind();
    assertEquals(GatedNetwork.of(dynamic.network()).orElseThrow().units(), gates.units());
    Map<String, String> facts = dynamic.spec().provenance();
    assertEquals(Models.digest(parent), facts.get("parent-digest"));
    assertEquals("0.5", facts.get("parent.val-miou"));
    assertEquals(
        List.of("mass", "0.7", "1", "standardised", "decoupled", "false"),
        List.of(
            facts.get("gate-target"),
            facts.get("gate-ratio"),
            facts.get("gate-unit"),
            facts.get("gate-head"),
            facts.get("gate-mode"),
            facts.get("gate-constant")));
  }

  /** Through a file and back: what the gates learn is still known, and so are their sites. */
  @Test
  void aFileKeepsWhatGatesLearn() {
    Model dynamic = attach(filters(), standardised());
    Path file = folder.resolve("dynamic.onnx");
    Models.write(dynamic.forInference(), file);
    Model back = Models.load(file.toString());
    assertEquals(
        Gating.learning(dynamic).orElseThrow().toString(),
        Gating.learning(back).orElseThrow().toString());
    assertEquals(dynamic.spec().heads(), back.spec().heads());
    Model silent = new Model(back.spec().withProvenance(Map.of()), back.network());
    assertEquals(
        "model segnet-basic-tiny-dynamic-mass-ratio70 has gates, and its file does not say what they"
            + " are to learn: it has no gate-target; add [gate-target: mass, gate-ratio: 0.85] to"
            + " its provenance",
        assertThrows(BadInputException.class, () -> Gating.learning(silent)).getMessage());
    assertEquals(Optional.empty(), Gating.learning(filters()));
    assertThrows(UnavailableException.class, () -> attach(back, standardised()));
  }

  /** Trained by the common recipe: units go, masks are counted, and the figures agree. */
  @Test
  void trainedGatesLeaveOutWhatTheirTargetLeavesOut() {
    Model dynamic = attach(filters(), standardised());
    FineTuning.Finished done =
        FineTuning.finish(
            dynamic,
            Optional.empty(),
            TRAIN,
            TRAIN,
            Optional.of(recipe(12)),
            folder.resolve("mine.checkpoint"),
            Progress.NONE);
    Model model = done.model();
    assertEquals(dynamic.outputs(), model.network().outputs());
    assertTrue(done.result().orElseThrow().history().get(11).gates().isPresent());
    assertEquals("12", model.spec().provenance().get("epochs"));
    assertEquals("mass", model.spec().provenance().get("gate-target"));
    GateFit before = GateFit.of(dynamic, frames(), 1, Progress.NONE);
    GateFit after = GateFit.of(model, frames(), 1, Progress.NONE);
    assertEquals(1, before.masks().liveShare());
    assertTrue(before.strict().least() > 1, "all live, and heads: " + before.strict());
    assertEquals(1, before.paper().mean(), 1e-9);
    assertTrue(after.masks().liveShare() < 0.9, "live " + after.masks().liveShare());
    assertTrue(after.strict().mean() < before.strict().mean() - 0.05, after.strict() + "");
    assertTrue(after.right() > before.right() + 0.05, after.right() + " after " + before.right());
    assertTrue(after.constantRight() >= 0.5 && after.constantRight() <= 1);
    assertEquals(before.sites().size(), after.sites().size());
    assertTrue(after.facts().containsKey("fit-jaccard"));
  }

  /** The control: as many units as the target makes live, the same for every frame. */
  @Test
  void constantMasksDoNotDependOnTheFrameAndHaveTheTargetsBudget() {
    for (GateUnit unit : List.of(GateUnit.of(1), GateUnit.LAYERS)) {
      Model parent = unit.isLayers() ? parent("dabnet", Map.of()) : filters();
      GateRequest request =
          request(unit, GateRequest.Head.PUBLISHED_MAX, GateRequest.Mode.DECOUPLED, true);
      Model constant = attach(parent, request);
      assertTrue(constant.spec().name().endsWith("-constant"), constant.spec().name());
      GateFit fit = GateFit.of(constant, frames(), 1, Progress.NONE);
      assertEquals(0, fit.masks().varyingShare());
      assertEquals(1, fit.masks().alike().value().orElseThrow());
      assertTrue(fit.masks().liveShare() < 0.9, "live " + fit.masks().liveShare());
      assertTrue(constant.spec().provenance().get("gate-mask").contains("="));
      FineTuning.Finished done =
          FineTuning.finish(
              constant,
              Optional.empty(),
              TRAIN,
              TRAIN,
              Optional.of(recipe(1)),
              folder.resolve(unit + ".checkpoint"),
              Progress.NONE);
      Map<String, Weight> start = constant.network().weights();
      Map<String, Weight> end = done.model().network().weights();
      start.values().stream()
          .filter(w -> w.group().equals(GatedNetwork.GROUP))
          .forEach(w -> assertEquals(w, end.get(w.name())));
      String kernel =
          start.values().stream()
              .filter(w -> w.group().equals(Weight.KERNELS))
              .findFirst()
              .orElseThrow()
              .name();
      assertNotEquals(start.get(kernel), end.get(kernel));
    }
  }

  /** Three frames; units live in 3, 1 and 2 of them: two on average, the first and the last. */
  @Test
  void aConstantMaskHasTheUnitsThatAreLiveMostOften() {
    List<GateSite> sites = sites(filters(), GateUnit.of(1)).subList(0, 1);
    List<List<BitSet>> frames =
        List.of(
            List.of(BitSet.valueOf(new long[] {0b001})),
            List.of(BitSet.valueOf(new long[] {0b101})),
            List.of(BitSet.valueOf(new long[] {0b111})));
    assertEquals(List.of(BitSet.valueOf(new long[] {0b101})), ConstantMasks.of(sites, frames));
  }

  /** Residual units learn too: some are left out, and the frames' costs follow. */
  @Test
  void residualUnitsLearn() {
    Model dynamic =
        attach(
            parent("dabnet", Map.of()),
            request(GateUnit.LAYERS, GateRequest.Head.STANDARDISED, GateRequest.Mode.JOINT, false));
    FineTuning.Finished done =
        FineTuning.finish(
            dynamic,
            Optional.empty(),
            TRAIN,
            TRAIN,
            Optional.of(recipe(12)),
            folder.resolve("units.checkpoint"),
            Progress.NONE);
    GateFit before = GateFit.of(dynamic, frames(), 1, Progress.NONE);
    GateFit after = GateFit.of(done.model(), frames(), 1, Progress.NONE);
    assertTrue(after.masks().liveShare() < 1, "live " + after.masks().liveShare());
    assertTrue(after.strict().mean() < before.strict().mean(), after.strict() + "");
    assertTrue(after.right() > before.right(), after.right() + " after " + before.right());
  }

  /** The README's rule of one's own: an estimate goes by it, and gates learn it, killed or not. */
  @Test
  void aRuleOfOnesOwnIsEstimatedAndLearned() throws Exception {
    ReadmeExample example = new ReadmeExample(folder);
    example.write(
        "own/Energy.java",
        "package own;\nimport io.drivemark.architectures.pruning.gate.*;\nimport java.util.*;\n"
            + ReadmeExample.blocks("## Adding a target of gates").get(0));
    example.write("META-INF/services/" + GateCriterion.class.getName(), "own.Energy\n");
    example.compile("own/Energy.java");
    Model parent = filters();
    example.pluggedIn(
        loader -> {
          GateRequest request =
              new GateRequest(
                  new GateRequest.Ratio(0.7),
                  "energy",
                  GateUnit.of(1),
                  GateRequest.Head.STANDARDISED,
                  GateRequest.Mode.DECOUPLED,
                  false,
                  4);
          List<GateSite> sites = sites(parent, request.unit());
          FrameResponses responses =
              FrameResponses.of(
                  parent.network(), sites, frames().images(), 48, 64, 1, Progress.NONE);
          List<BitSet> own = responses.live(0, request.target(0.7, 1));
          List<BitSet> mass = responses.live(0, standardised().target(0.7, 1));
          int fewer = own.stream().mapToInt(BitSet::cardinality).sum();
          int more = mass.stream().mapToInt(BitSet::cardinality).sum();
          assertTrue(fewer >= sites.size() && fewer < more, own + " of " + mass);
          Model dynamic = attach(parent, request);
          GateLearning learning = Gating.learning(dynamic).orElseThrow();
          assertTrue(learning.toString().contains("rule=Chosen[energy 0.7]"), learning + "");
          FineTuning.Finished done =
              FineTuning.finish(
                  dynamic,
                  Optional.empty(),
                  TRAIN,
                  TRAIN,
                  Optional.of(recipe(2)),
                  folder.resolve("own.checkpoint"),
                  Progress.NONE);
          assertTrue(done.result().orElseThrow().history().get(1).gates().isPresent());
          assertEquals("energy", done.model().spec().variant().criterion().orElseThrow());
          Network start = dynamic.network();
          String head = GatedNetwork.weight(sites.get(0));
          assertNotEquals(start.weights().get(head), done.model().network().weights().get(head));
        });
    assertEquals(
        "target 'energy' is not known; there are mass, uniform",
        assertThrows(BadInputException.class, () -> GateRequest.requireTarget("energy"))
            .getMessage());
  }
}
