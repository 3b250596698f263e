package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DepthHead.Form;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.training.DepthFrames;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.PruneRequest.Keep;
import io.drivemark.architectures.variant.PruneRequest.Remove;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that answer with depth lose filters and layers as others do. */
class DepthPruningTest {
  private static final DepthFrames TRAIN = new DepthFrames(6, 48, 64, 1);
  private static final int USELESS = 5;

  @TempDir Path folder;

  /** Log metres, of a chain with a residual unit; filter 5 of the first layer is all zero. */
  private static Model parent() {
    NetworkBuilder b = new NetworkBuilder("far", 7);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).stride(2).padding(1).build();
    x = b.relu("act", b.batchNorm("bn", x, 1e-5));
    String y = b.relu("act2", b.batchNorm("bn2", b.conv("inner", x, 8, 3).same().build(), 1e-5));
    y = b.batchNorm("bn3", b.conv("outer", y, 8, 3).same().build(), 1e-5);
    x = b.relu("act3", b.sum("sum", x, y));
    x = b.conv("deep", x, 8, 3).same().bias().build();
    x = b.conv("head", b.relu("act4", x), 1, 1).bias().build();
    Network network = b.build(b.add("metres.log", new Resize(ResizeMode.BILINEAR, 2, 2), x));
    float[] deep = network.weights().get("deep.weight").tensor().floats().clone();
    int each = deep.length / 8;
    Arrays.fill(deep, USELESS * each, (USELESS + 1) * each, 0);
    network = network.withTensors(Map.of("deep.weight", Tensor.of(Shape.of(8, 8, 3, 3), deep)));
    ModelSpec spec =
        new ModelSpec(
            "far",
            "toy",
            Map.of(),
            InputSpec.IMAGENET.withSize(new Size(48, 64)),
            List.of(new Head("depth", Optional.of("metres.log"), new DepthHead(1, 80, Form.LOG))),
            ModelSpec.Variant.DENSE,
            Map.of("val-abs-rel", "0.5"),
            Wiring.PLAIN);
    return new Model(spec, network);
  }

  private static CalibrationSet frames(Model model) {
    return new CalibrationSet(TRAIN, model.spec(), 4);
  }

  @Test
  void distancesOfFramesAreAtTheirNearestPixelOfTheInput() {
    CalibrationSet half = new CalibrationSet(TRAIN, parent().spec().withSize(new Size(24, 32)), 2);
    float[] whole = frames(parent()).get(0).distances();
    float[] small = half.get(0).distances();
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 32; x++) {
        assertEquals(whole[(2 * y + 1) * 64 + 2 * x + 1], small[y * 32 + x]);
      }
    }
    assertTrue(Float.isNaN(small[0]) && small[23 * 32] > 1, small[0] + " " + small[23 * 32]);
    assertEquals(0, new CalibrationSet(TRAIN, InputSpec.IMAGENET, 2).get(0).distances().length);
  }

  /** The useless filter is the first to go, and scores follow from the distances. */
  @Test
  void gradientsAreThoseOfTheDepthLoss() {
    Model parent = parent();
    Criterion taylor = Criteria.named("taylor-weight");
    double[] scores = deep(parent, taylor, frames(parent));
    for (int f = 0; f < scores.length; f++) {
      assertTrue(f == USELESS ? scores[f] == 0 : scores[f] > 0, Arrays.toString(scores));
    }
    PruningPlan plan =
        Pruner.plan(
            parent,
            PruneRequest.of(
                Technique.FILTER, new Keep(Measure.MACS, 0.8), List.of("taylor-weight"), 1),
            frames(parent),
            Progress.NONE);
    assertTrue(
        plan.filters().getOrDefault("deep", List.of()).contains(USELESS),
        plan.filters().toString());
    double[] again = deep(parent, taylor, frames(parent));
    assertEquals(Arrays.toString(scores), Arrays.toString(again));
    DepthFrames others = new DepthFrames(6, 48, 64, 2);
    double[] elsewhere = deep(parent, taylor, new CalibrationSet(others, parent.spec(), 4));
    assertNotEquals(Arrays.toString(scores), Arrays.toString(elsewhere));
  }

  private static double[] deep(Model model, Criterion criterion, CalibrationSet frames) {
    Importance importance = DataImportance.of(model.network(), criterion, frames, 1, Progress.NONE);
    return importance.layer("deep").orElseThrow();
  }

  @Test
  void whatTellsClassesApartIsRefused() {
    Model parent = parent();
    PruneRequest imprint = PruneRequest.of(Technique.LAYER, new Remove(1), List.of("imprint"), 1);
    assertEquals(
        "criterion imprint tells classes apart, and network far answers with depth; take another"
            + " one, l1 or taylor-weight for example",
        assertThrows(
                BadInputException.class,
                () -> Pruner.plan(parent, imprint, frames(parent), Progress.NONE))
            .getMessage());
  }

  /** Filters and layers go, the rest is trained by the depth loss and says so. */
  @Test
  void prunedNetworksAreTrainedFurther() {
    Model parent = parent();
    List<PruneRequest> requests =
        List.of(
            PruneRequest.of(
                Technique.FILTER, new Keep(Measure.PARAMS, 0.5), List.of("taylor-weight"), 1),
            PruneRequest.of(Technique.LAYER, new Remove(1), List.of("taylor-weight"), 1));
    for (PruneRequest request : requests) {
      CalibrationSet frames = frames(parent);
      PruningPlan plan = Pruner.plan(parent, request, frames, Progress.NONE);
      Model small = Pruner.apply(parent, plan, frames, 1, Progress.NONE);
      assertTrue(small.network().parameters() < parent.network().parameters());
      assertEquals(parent.spec().heads(), small.spec().heads());
      assertNotEquals(
          parent.network().weights().get("bn.running_mean"),
          small.network().weights().get("bn.running_mean"));
      TrainingRecipe recipe =
          FineTuning.recipe(small.spec(), 48, 64)
              .withEpochs(2)
              .withBatch(2)
              .withWarmUpEpochs(0)
              .withThreads(1);
      FineTuning.Tuned tuned =
          FineTuning.run(
              small,
              TRAIN,
              TRAIN,
              recipe,
              folder.resolve(request.technique().key()),
              Progress.NONE);
      Map<String, String> facts = tuned.model().spec().provenance();
      assertEquals("depth", facts.get("task"));
      assertEquals("depth, log, 1.0 to 80.0 m", facts.get("learned"));
      assertEquals("0.5", facts.get("parent.val-abs-rel"));
      assertTrue(Double.parseDouble(facts.get("val-abs-rel")) < 2, facts.get("val-abs-rel"));
      assertTrue(facts.get("recipe").contains("colouring=MONODEPTH"), facts.get("recipe"));
      Path file = folder.resolve(request.technique().key() + ".onnx");
      Models.write(tuned.model().forInference(), file);
      Model back = Models.load(file.toString());
      assertEquals(facts, back.spec().provenance());
      assertEquals(parent.spec().heads(), back.spec().heads());
    }
    assertEquals(1, RemovableUnit.of(parent.network()).size());
  }

  /** Masks learn with the depth loss as with any other. */
  @Test
  void jointMasksLearnBesideDistances() {
    Model parent = parent();
    TrainingRecipe recipe =
        FineTuning.recipe(parent.spec(), 48, 64).withEpochs(2).withBatch(2).withThreads(1);
    JointMaker maker =
        new JointMaker(
            new JointTask(JointRequest.of(new Keep(Measure.PARAMS, 0.7), 1), recipe),
            new VariantMaker.Setting(
                parent,
                Models.digest(parent),
                TRAIN,
                TRAIN,
                frames(parent),
                LatencyTables.notKept(),
                Optional.empty(),
                1),
            Progress.NONE);
    Model start = maker.start(folder.resolve("masks"));
    Map<String, String> facts = start.spec().provenance();
    double kept = Double.parseDouble(facts.get("kept-params"));
    assertTrue(kept <= 0.7 && kept > 0.6, facts.toString());
    assertTrue(facts.containsKey("val-abs-rel"), facts.toString());
    assertEquals("joint", start.spec().variant().technique());
    Model tuned = maker.finish(start, folder.resolve("tune")).model();
    assertEquals("1", tuned.spec().provenance().get("tune-epochs"));
    assertEquals(parent.spec().heads(), tuned.spec().heads());
  }
}
