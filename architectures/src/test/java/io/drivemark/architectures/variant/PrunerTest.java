package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.PruneRequest.Keep;
import io.drivemark.architectures.variant.PruneRequest.Remove;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models made of models, with all they say about where they come from. */
class PrunerTest {
  private static final TinyFrames TRAIN = TinyFrames.of(6, 48, 64);

  @TempDir Path folder;

  private static Model parent(String architecture) {
    Network network = Architectures.build(architecture, Map.of(), 3, 5);
    ModelSpec spec =
        new ModelSpec(
            architecture + "-tiny",
            architecture,
            Map.of("classes", "3"),
            InputSpec.IMAGENET,
            TinyFrames.SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("val-miou", "0.5"));
    return new Model(spec, network);
  }

  private static CalibrationSet frames() {
    return new CalibrationSet(TRAIN, InputSpec.IMAGENET, 4);
  }

  private static PruningPlan plan(Model parent, PruneRequest request) {
    return Pruner.plan(parent, request, frames(), Progress.NONE);
  }

  private static Model apply(Model parent, PruningPlan plan) {
    return Pruner.apply(parent, plan, frames(), 1, Progress.NONE);
  }

  private static PruneRequest filters(String criterion) {
    return PruneRequest.of(Technique.FILTER, new Keep(Measure.MACS, 0.6), List.of(criterion), 3);
  }

  @Test
  void filterVariantSaysWhereItComesFromAndCanBeMadeAgain() {
    Model parent = parent("dabnet");
    PruningPlan plan = plan(parent, filters("taylor-map"));
    Model small = apply(parent, plan);
    Map<String, String> facts = small.spec().provenance();
    double macs = Double.parseDouble(facts.get("kept-macs"));
    assertTrue(macs <= 0.6 && macs > 0.55, "kept " + macs);
    assertEquals("dabnet-tiny-filter-taylor-map-" + Math.round(100 * macs), small.spec().name());
    assertEquals(
        new ModelSpec.Variant("filter", Optional.of("dabnet-tiny"), Optional.of("taylor-map")),
        small.spec().variant());
    assertEquals(Models.digest(parent), facts.get("parent-digest"));
    assertEquals("0.5", facts.get("parent.val-miou"));
    assertEquals("3", facts.get("prune-seed"));
    assertEquals("tiny train, 4 of 6 frames at 48x64", facts.get("calibrated-on"));
    List<Survivors.Layer> layers = Survivors.of(small, Optional.empty(), 48, 64).layers();
    assertEquals(24, layers.size());
    layers.forEach(
        l ->
            assertEquals(
                plan.filters().getOrDefault(l.name(), List.of()).size(), l.before() - l.after()));
    PruningPlan kept = PlanFile.parse("metadata", facts.get("plan"));
    assertEquals(plan, kept);
    assertEquals(small, apply(parent, kept));
  }

  @Test
  void layerVariantsByCountShareRandomEnsembleAndImprint() {
    Model parent = parent("enet");
    for (String criterion : List.of("l1", "random", "imprint", "taylor-weight")) {
      PruneRequest two = PruneRequest.of(Technique.LAYER, new Remove(2), List.of(criterion), 3);
      PruningPlan plan = plan(parent, two);
      assertEquals(2, plan.layers().size(), criterion);
      assertEquals(criterion, plan.criterion());
      Model small = apply(parent, plan);
      assertEquals(21, RemovableUnit.of(small.network()).size());
      assertEquals(plan.layers(), Survivors.of(small, Optional.empty(), 48, 64).removedUnits());
      assertEquals("layer", small.spec().variant().technique());
    }
    PruneRequest share =
        PruneRequest.of(
            Technique.LAYER, new Keep(Measure.MACS, 0.8), List.of("l1", "l2", "bn-scale"), 3);
    Model ensemble = apply(parent, plan(parent, share));
    assertEquals(Optional.of("ensemble(l1+l2+bn-scale)"), ensemble.spec().variant().criterion());
    assertTrue(ensemble.spec().name().startsWith("enet-tiny-layer-ensemble-"));
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() {
    assertEquals(
        "criterion imprint scores layers, not filters; filters can be scored by bn-scale, fpgm,"
            + " hrank, l1, l2, random, taylor-bn, taylor-gate, taylor-map, taylor-weight",
        refusal(() -> filters("imprint")));
    assertEquals(
        "criterion 'impirnt' is not known (did you mean 'imprint'?); there are bn-scale, fpgm,"
            + " hrank, imprint, imprint-upsampled, l1, l2, random, taylor-bn, taylor-gate, taylor-map, taylor-weight",
        refusal(() -> filters("impirnt")));
    assertEquals(
        "several criteria together (l1+l2) rank layers, not filters",
        refusal(
            () ->
                PruneRequest.of(
                    Technique.FILTER, new Keep(Measure.MACS, 0.6), List.of("l1", "l2"), 1)));
    assertEquals(
        "filters are pruned to a share: give one to keep, macs=0.6 say",
        refusal(() -> PruneRequest.of(Technique.FILTER, new Remove(2), List.of("l1"), 1)));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(BadInputException.class, call).getMessage();
  }

  @Test
  void fineTuningIsOneRecipeForFiltersAndLayers() {
    Model parent = parent("dabnet");
    TrainingRecipe recipe =
        FineTuning.recipe(48, 64)
            .withEpochs(1)
            .withBatch(2)
            .withClassWeights(io.drivemark.architectures.training.ClassWeights.Kind.NONE)
            .withThreads(1);
    Model narrow = apply(parent, plan(parent, filters("l1")));
    PruneRequest one = PruneRequest.of(Technique.LAYER, new Remove(1), List.of("l1"), 3);
    Model shallow = apply(parent, plan(parent, one));
    Model first = tune(narrow, recipe);
    Model second = tune(shallow, recipe);
    assertEquals(first.spec().provenance().get("recipe"), second.spec().provenance().get("recipe"));
    assertEquals("filter", first.spec().variant().technique());
    assertEquals(narrow.spec().name(), first.spec().name());
    assertNotEquals(narrow.network(), first.network());
    assertEquals("1", first.spec().provenance().get("epochs"));
    assertEquals(narrow.spec().provenance().get("plan"), first.spec().provenance().get("plan"));
  }

  private Model tune(Model start, TrainingRecipe recipe) {
    return FineTuning.run(
            start,
            TRAIN,
            TinyFrames.of(2, 48, 64),
            recipe,
            folder.resolve(start.spec().name()),
            Progress.NONE)
        .model();
  }

  @Test
  void usualRecipeIsThirtyEpochsOfAdam() {
    TrainingRecipe recipe = FineTuning.recipe(360, 480);
    assertEquals(30, recipe.epochs());
    assertEquals(1e-4, recipe.learningRate());
    assertEquals(
        TrainingRecipe.defaults().withEpochs(30).withLearningRate(1e-4),
        recipe.withOptimiser(TrainingRecipe.defaults().optimiser()));
  }

  @Test
  void recalibrationMeasuresMeanAndVarianceOfTheMaps() {
    NetworkBuilder b = new NetworkBuilder("net", 3);
    String x = b.batchNorm("bn", b.conv("conv", b.input("image", 3), 4, 1).build(), 1e-3);
    Network network = b.build(b.conv("head", b.relu("relu", x), 3, 1).build());
    CalibrationSet frames = new CalibrationSet(TRAIN, InputSpec.IMAGENET, 6);
    Network measured = Recalibration.of(network, frames, 1, Progress.NONE);
    float[] kernel = network.weights().get("conv.weight").tensor().floats();
    int plane = frames.height() * frames.width();
    for (int f = 0; f < 4; f++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < frames.count(); i++) {
        float[] image = frames.get(i).image();
        for (int p = 0; p < plane; p++) {
          double value = 0;
          for (int c = 0; c < 3; c++) {
            value += (double) kernel[3 * f + c] * image[c * plane + p];
          }
          sum += value;
          squares += value * value;
        }
      }
      long count = (long) frames.count() * plane;
      double mean = sum / count;
      assertEquals(mean, value(measured, "bn.running_mean", f), 1e-4);
      assertEquals(
          (squares - count * mean * mean) / (count - 1),
          value(measured, "bn.running_var", f),
          1e-3);
    }
    Tensor untouched = measured.weights().get("head.weight").tensor();
    assertEquals(network.weights().get("head.weight").tensor(), untouched);
  }

  private static float value(Network network, String weight, int index) {
    return network.weights().get(weight).tensor().floats()[index];
  }

  @Test
  void freshWeightsKeepTheStructureAndForgetTheRest() {
    Network learned = Networks.seeded(Architectures.build("enet", Map.of(), 3, 5), 6);
    Network fresh = FreshWeights.of(learned, 1);
    assertEquals(learned.nodes(), fresh.nodes());
    assertEquals(fresh, FreshWeights.of(learned, 1));
    assertNotEquals(fresh, FreshWeights.of(learned, 2));
    for (String weight : learned.weights().keySet()) {
      assertNotEquals(
          learned.weights().get(weight).tensor(), fresh.weights().get(weight).tensor(), weight);
    }
    float[] kernel = fresh.weights().get("stage2.0.expand.weight").tensor().floats();
    double squares = 0;
    for (float w : kernel) {
      squares += (double) w * w;
    }
    assertEquals(2.0 / 32, squares / kernel.length, 0.01, "variance 2 by fan-in of 32");
  }

  @Test
  void networkWithoutNormalisationStaysItself() {
    NetworkBuilder b = new NetworkBuilder("net", 3);
    Network network = b.build(b.conv("head", b.input("image", 3), 3, 1).build());
    assertSame(network, Recalibration.of(network, frames(), 1, Progress.NONE));
  }
}
