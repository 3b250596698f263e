package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.architectures.training.ClassWeights;
import io.drivemark.architectures.training.NetworkScore;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.training.ValScore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to a model that joint masks have made smaller. */
class JointMakerTest {
  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;
  private static final Model PARENT = parent();

  @TempDir Path folder;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Model parent() {
    NetworkBuilder b = new NetworkBuilder("plain", 7);
    String x = b.input("x", 3);
    for (int i = 1; i <= 3; i++) {
      String y = b.conv("conv" + i, x, 16 * i, 3).stride(i == 1 ? 2 : 1).same().build();
      x = b.relu("act" + i, b.batchNorm("bn" + i, y, 1e-5));
    }
    Network network = b.build(b.conv("scores", x, 3, 1).bias().build());
    ModelSpec spec =
        new ModelSpec(
            "plain",
            "foreign",
            Map.of(),
            InputSpec.IMAGENET,
            TinyFrames.SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("val-miou", "0.5"));
    return new Model(spec, network);
  }

  private static TrainingRecipe recipe(int epochs) {
    return FineTuning.recipe(HEIGHT, WIDTH)
        .withEpochs(epochs)
        .withBatch(2)
        .withClassWeights(ClassWeights.Kind.NONE)
        .withThreads(1);
  }

  private static JointMaker maker(JointRequest request, int epochs, Progress progress) {
    TinyFrames train = TinyFrames.of(4, HEIGHT, WIDTH);
    return new JointMaker(
        new JointTask(request, recipe(epochs)),
        new VariantMaker.Setting(
            PARENT,
            Models.digest(PARENT),
            train,
            train,
            new CalibrationSet(train, InputSpec.IMAGENET, 3),
            LatencyTables.notKept(),
            Optional.empty(),
            1),
        progress);
  }

  private static JointRequest keep(Measure measure, double share) {
    return JointRequest.of(new PruneRequest.Keep(measure, share), 1);
  }

  private static JointRequest with(JointRequest.Amount amount, Penalty penalty, int unit) {
    return new JointRequest(amount, penalty, unit, MaskPreset.ALL, OptionalInt.empty(), 1);
  }

  /** Masks that are moved over the edge after the training leave another network than it judged. */
  @Test
  void theFigureOnValIsOfTheNetworkThatIsGiven() {
    JointMaker maker = maker(keep(Measure.MACS, 0.4), 2, Progress.NONE);
    Model start = maker.start(folder.resolve("moved"));
    Map<String, String> facts = start.spec().provenance();
    assertFalse(facts.get("mask-frozen").contains(" 0 masks moved"), facts.get("mask-frozen"));
    TinyFrames val = TinyFrames.of(4, HEIGHT, WIDTH);
    ValScore own =
        NetworkScore.of(
            start.network(),
            FineTuning.learning(start),
            InputSpec.IMAGENET,
            val,
            val,
            recipe(1),
            Progress.NONE);
    own.facts().forEach((key, value) -> assertEquals(value, facts.get(key), key));
    assertTrue(own.facts().containsKey("val-miou"), own.facts().toString());
  }

  @Test
  void aShareIsMetToWithinAFilterAndTheModelSaysHowItCame() {
    for (Measure measure : List.of(Measure.PARAMS, Measure.MACS)) {
      JointMaker maker = maker(keep(measure, 0.4), 4, Progress.NONE);
      Model start = maker.start(folder.resolve(measure.key()));
      double kept =
          measure.amount(start.network(), HEIGHT, WIDTH)
              / measure.amount(PARENT.network(), HEIGHT, WIDTH);
      // a filter of the widest layer has 0.016 of the parameters: no more than that is missing
      assertTrue(kept <= 0.4 && kept > 0.384, measure + ": " + kept);
      Map<String, String> facts = start.spec().provenance();
      assertEquals(measure.key(), facts.get("mask-penalty"));
      assertEquals(measure.key() + "=0.4 at 32x48", facts.get("prune-goal"));
      assertEquals("2", facts.get("mask-epochs"));
      assertEquals("0", facts.get("tune-epochs"));
      assertEquals("96", facts.get("masks"));
      assertEquals("0.5", facts.get("parent.val-miou"));
      assertEquals(Models.digest(PARENT), facts.get("parent-digest"));
      assertTrue(
          facts
              .get("mask-frozen")
              .startsWith("after epoch 2, at " + measure.key() + "=0.4 at 32x48, 0.3"),
          facts.get("mask-frozen"));
      assertEquals(2, facts.get("mask-history").split(" ").length);
      assertTrue(facts.get("mask-survivors").startsWith("[[\"conv1\",\"encoder\",16,"));
      assertEquals("none", facts.get("mask-decoder-live"));
      Survivors left = Survivors.of(start, Optional.empty(), HEIGHT, WIDTH);
      assertEquals(4, left.layers().size());
      assertEquals(
          Integer.parseInt(facts.get("masks-live")),
          left.layers().subList(0, 3).stream().mapToInt(Survivors.Layer::after).sum());
      assertEquals(
          new ModelSpec.Variant("joint", Optional.of("plain"), Optional.empty()),
          start.spec().variant());

      Model tuned = maker.finish(start, folder.resolve(measure.key() + "-tune")).model();
      assertEquals("2", tuned.spec().provenance().get("tune-epochs"));
      assertEquals("2", tuned.spec().provenance().get("epochs"));
      assertEquals(start.network().parameters(), tuned.network().parameters());
      assertFalse(tuned.network().equals(start.network()), "trained further");
    }
  }

  @Test
  void withoutAFactorOnlyTheTaskDecides() {
    JointRequest alone = JointRequest.of(new JointRequest.Lambda(0), 1);
    Model start = maker(alone, 3, Progress.NONE).start(folder.resolve("alone"));
    Map<String, String> facts = start.spec().provenance();
    assertEquals("0.0000e+00", facts.get("mask-lambda"));
    assertEquals("count", facts.get("mask-penalty"));
    assertEquals("96", facts.get("masks-live"), "four steps of 0.001 move no mask");
    assertTrue(facts.get("mask-frozen").contains("at the phase's end, 1.0000 kept, 0 masks"));
    assertEquals(PARENT.network().parameters(), start.network().parameters());
  }

  @Test
  void masksInBlocksLeaveWholeBlocks() {
    JointRequest request = with(new PruneRequest.Keep(Measure.MACS, 0.5), Penalty.WIDTH, 8);
    Model start = maker(request, 2, Progress.NONE).start(folder.resolve("blocks"));
    for (Survivors.Layer layer :
        Survivors.of(start, Optional.empty(), HEIGHT, WIDTH).layers().subList(0, 3)) {
      assertEquals(0, layer.after() % 8, layer.toString());
    }
    assertEquals("8", start.spec().provenance().get("mask-unit"));
  }

  @Test
  void killedInEitherPhaseItGoesOnAsIfUndisturbed() throws Exception {
    JointRequest request = keep(Measure.PARAMS, 0.5);
    JointMaker whole = maker(request, 4, Progress.NONE);
    Model expected =
        whole.finish(whole.start(folder.resolve("w.masks")), folder.resolve("w.tune")).model();
    for (long fatal : new long[] {1, 3, 101, 103}) {
      assertThrows(Killed.class, () -> run(maker(request, 4, killedAt(fatal)), "k"));
    }
    Model found = run(maker(request, 4, Progress.NONE), "k");
    assertEquals(expected.network(), found.network());
    assertEquals(expected.spec().withProvenance(Map.of()), found.spec().withProvenance(Map.of()));
    assertEquals(2, Files.readAllLines(folder.resolve("k.masks.history.jsonl")).size());
  }

  private Model run(JointMaker maker, String name) {
    return maker
        .finish(maker.start(folder.resolve(name + ".masks")), folder.resolve(name + ".tune"))
        .model();
  }

  /** Kills at a step of the first training, or with 100 more of the second. */
  private static Progress killedAt(long fatal) {
    return new Progress() {
      private int trainings;

      @Override
      public void begin(String what, long total) {
        if (what.startsWith("train")) {
          trainings++;
        }
      }

      @Override
      public void step(long done, String detail) {
        if (detail.startsWith("epoch") && done + 100L * (trainings - 1) == fatal) {
          throw new Killed();
        }
      }

      @Override
      public void end() {}
    };
  }

  @Test
  void theControlPullsWeightsToZeroAndCutsThoseThatAreSmallest() {
    JointRequest control = with(new PruneRequest.Keep(Measure.PARAMS, 0.4), Penalty.L1_WEIGHTS, 1);
    JointMaker maker = maker(control, 4, Progress.NONE);
    Model start = maker.start(folder.resolve("l1"));
    Map<String, String> facts = start.spec().provenance();
    assertEquals("l1-weights", facts.get("mask-penalty"));
    assertEquals("0.005", facts.get("mask-lambda"));
    assertTrue(Double.parseDouble(facts.get("kept-params")) <= 0.4, facts.toString());
    assertEquals("joint", start.spec().variant().technique());
    assertEquals(
        "2",
        maker.finish(start, folder.resolve("t")).model().spec().provenance().get("tune-epochs"));
  }

  @Test
  void aShareOfTheLatencyIsPredictedForAndMeasuredInTheEnd() {
    JointRequest request =
        JointRequest.of(new PruneRequest.KeepLatency(0.7, new EngineSetup("onnxruntime", 1)), 1);
    assertEquals(Penalty.LATENCY, request.penalty());
    Map<String, String> facts =
        maker(request, 2, Progress.NONE).start(folder.resolve("ms")).spec().provenance();
    assertTrue(Double.parseDouble(facts.get("latency-measured")) < 0.95, facts.toString());
    assertTrue(Double.parseDouble(facts.get("latency-parent-ms")) > 0);
    assertTrue(facts.get("latency-engine").startsWith("onnxruntime "));
  }

  @Test
  void whatCannotBeReachedIsSaidBeforeAnythingIsTrained() {
    JointMaker maker = maker(keep(Measure.PARAMS, 0.001), 4, killedAt(1));
    BadInputException e =
        assertThrows(BadInputException.class, () -> maker.start(folder.resolve("least")));
    assertEquals(
        "network plain cannot be masked to 0.001 of its params at 32x48: with one mask a site"
            + " 0.0028 remain (masks sit at 3 of its layers); ask for 0.0028 or more, for smaller"
            + " units, or for masks at all sites",
        e.getMessage().replaceAll("0\\.00\\d\\d", "0.0028"));
    assertThrows(BadInputException.class, maker::requireReachable);
  }

  @Test
  void requestsThatContradictThemselvesAreRefused() {
    JointRequest.Amount params = new PruneRequest.Keep(Measure.PARAMS, 0.5);
    assertEquals(
        "penalty latency goes with a share of the latency to keep, found params=0.5; keep"
            + " latency=0.5, or take penalty params",
        refusal(() -> with(params, Penalty.LATENCY, 1)));
    assertEquals(
        "penalty latency needs the engine that is timed: keep a share of the latency, latency=0.6"
            + " say",
        refusal(() -> with(new JointRequest.Lambda(1), Penalty.LATENCY, 1)));
    assertEquals(
        "penalty l1-weights has no masks to freeze: say how much remains, for example keep"
            + " params=0.2; its factor is as published",
        refusal(() -> with(new JointRequest.Lambda(1), Penalty.L1_WEIGHTS, 1)));
    assertEquals(
        "penalty l1-weights has no masks: leave the unit out",
        refusal(() -> with(params, Penalty.L1_WEIGHTS, 8)));
    assertEquals(
        "a mask of 0 filters, expected at least 1", refusal(() -> with(params, Penalty.COUNT, 0)));
    assertEquals(
        "lambda is -1.0, expected a number of at least 0",
        refusal(() -> new JointRequest.Lambda(-1)));
    JointRequest nine =
        new JointRequest(params, Penalty.COUNT, 1, MaskPreset.PAPER, OptionalInt.of(9), 1);
    assertEquals(
        "masks learn in 9 epochs, training has 8 together; give it at least as many",
        refusal(() -> new JointTask(nine, recipe(8))));
    JointTask averaged = new JointTask(nine, recipe(10).withEma(0.9));
    assertEquals(9, averaged.learning().epochs());
    assertEquals(0, averaged.learning().ema(), "masks learn without averages");
    assertEquals(0.9, averaged.recipe().ema());
    assertEquals(
        "penalty 'mac' is not known (did you mean 'macs'?); there are count, sigmoid, params, macs,"
            + " latency, width, l1-weights",
        refusal(() -> Penalty.named("mac")));
    assertEquals(
        "mask sites 'papr' are not known (did you mean 'paper'?); there are paper, all",
        refusal(() -> MaskPreset.named("papr")));
  }

  private static String refusal(Runnable made) {
    return assertThrows(BadInputException.class, made::run).getMessage();
  }
}
