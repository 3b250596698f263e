package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.IterativePruning.Pruned;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning in rounds. */
class IterativePruningTest {
  private static final Model PARENT = parent();

  @TempDir Path folder;

  private static Model parent() {
    ModelSpec spec =
        new ModelSpec(
            "enet-tiny",
            "enet",
            Map.of("classes", "3"),
            InputSpec.IMAGENET,
            TinyFrames.SPACE,
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("val-miou", "0.5"));
    return new Model(spec, Architectures.build("enet", Map.of(), 3, 5));
  }

  private static CalibrationSet frames() {
    return new CalibrationSet(TinyFrames.of(4, 48, 64), InputSpec.IMAGENET, 2);
  }

  private static Pruned run(PruneRequest request, Rounds rounds) {
    return new IterativePruning(
            PARENT, request, rounds, frames(), LatencyTables.notKept(), 1, Progress.NONE)
        .run();
  }

  private static Rounds rounds(int count) {
    return new Rounds(count, Optional.empty(), Rounds.Between.NOTHING);
  }

  private static PruneRequest filters(double share) {
    return PruneRequest.of(
        Technique.FILTER, new PruneRequest.Keep(Measure.MACS, share), List.of("bn-scale"), 3);
  }

  private static PruneRequest layers(int units) {
    return PruneRequest.of(
        Technique.LAYER, new PruneRequest.Remove(units), List.of("taylor-gate"), 3);
  }

  @Test
  void oneRoundIsOneShot() {
    for (PruneRequest request : List.of(filters(0.6), layers(1), layers(3))) {
      PruningPlan plan = Pruner.plan(PARENT, request, frames(), Progress.NONE);
      Pruned once = run(request, Rounds.oneShot());
      assertEquals(plan, once.plan());
      assertEquals(Pruner.apply(PARENT, plan, frames(), 1, Progress.NONE), once.model());
    }
  }

  @Test
  void filtersGoInRoundsToTheSameShare() {
    List<Double> left = new ArrayList<>();
    Rounds three =
        new Rounds(
            3,
            Optional.empty(),
            (round, model) -> {
              left.add(share(model));
              return model;
            });
    Pruned pruned = run(filters(0.5), three);
    assertEquals(2, left.size());
    assertEquals(Math.pow(0.5, 1 / 3.0), left.get(0), 0.02);
    assertEquals(Math.pow(0.5, 2 / 3.0), left.get(1), 0.02);
    double share = share(pruned.model());
    assertTrue(share <= 0.5 && share > 0.48, "kept " + share);
    Map<String, String> facts = pruned.model().spec().provenance();
    assertEquals("3", facts.get(IterativePruning.ROUNDS));
    assertEquals(Models.digest(PARENT), facts.get("parent-digest"));
    assertEquals("0.5", facts.get("parent.val-miou"));
    assertEquals("macs=0.5 at 48x64, scope layer, 3 rounds", facts.get("prune-goal"));
    assertEquals(
        "enet-tiny-filter-bn-scale-" + Math.round(100 * share), pruned.model().spec().name());
    assertEquals(Optional.of("enet-tiny"), pruned.model().spec().variant().parent());
  }

  private static double share(Model model) {
    return (double) Cost.of(model.network(), 48, 64).macs()
        / Cost.of(PARENT.network(), 48, 64).macs();
  }

  /** What the rounds did can be said of the parent: the same nodes, the same widths. */
  @Test
  void planOfAllRoundsIsAPlanForTheParent() {
    for (PruneRequest request : List.of(filters(0.5), layers(4))) {
      Pruned pruned = run(request, rounds(2));
      PruningPlan kept = PlanFile.parse("plan", pruned.model().spec().provenance().get("plan"));
      assertEquals(pruned.plan(), kept);
      var again = kept.apply(PARENT.network());
      assertEquals(pruned.model().network().nodes(), again.nodes());
      pruned
          .model()
          .network()
          .weights()
          .forEach(
              (name, weight) ->
                  assertEquals(
                      weight.tensor().shape(), again.weights().get(name).tensor().shape()));
    }
  }

  @Test
  void unitsAreDividedEvenlyAndScoredAnew() {
    List<Integer> left = new ArrayList<>();
    Rounds three =
        new Rounds(
            3,
            Optional.empty(),
            (round, model) -> {
              left.add(model.network().nodes().size());
              return model;
            });
    Pruned pruned = run(layers(5), three);
    assertEquals(5, pruned.plan().layers().size());
    assertEquals("remove 5, 3 rounds", pruned.plan().goal());
    assertTrue(left.get(0) > left.get(1), left.toString());
    assertEquals(
        "5 units cannot be removed in 6 rounds; ask for 5 rounds or fewer",
        assertThrows(BadInputException.class, () -> run(layers(5), rounds(6))).getMessage());
  }

  @Test
  void placesAfterTheFirstPlanAreCountedAmongAll() {
    PruningPlan one = plan(Map.of("a", List.of(1, 2), "b", List.of(0)));
    PruningPlan two = plan(Map.of("a", List.of(0, 1), "c", List.of(4)));
    assertEquals(
        Map.of("a", List.of(0, 1, 2, 3), "b", List.of(0), "c", List.of(4)),
        one.then(two).filters());
  }

  private static PruningPlan plan(Map<String, List<Integer>> filters) {
    return new PruningPlan(Technique.FILTER, "n", "d", "l1", 1, "g", filters, List.of());
  }

  @Test
  void plansThatAreKeptAreNotMadeAnew() throws Exception {
    Rounds kept = new Rounds(2, Optional.of(folder.resolve("rounds")), Rounds.Between.NOTHING);
    Pruned first = run(filters(0.7), kept);
    Path second = folder.resolve("rounds/round-2.json");
    String before = Files.readString(second);
    Files.delete(second);
    assertEquals(first, run(filters(0.7), kept));
    assertEquals(before, Files.readString(second));
    assertNotEquals(first.plan(), run(filters(0.6), rounds(2)).plan());
    assertEquals(
        folder.resolve("rounds")
            + " holds plans that were made for another request, model or frames (see its"
            + " request.txt); delete the folder, or write to another file",
        assertThrows(BadInputException.class, () -> run(filters(0.6), kept)).getMessage());
  }

  @Test
  void roundThatCannotBeMetIsNamed() {
    String refusal =
        assertThrows(BadInputException.class, () -> run(filters(1e-5), rounds(2))).getMessage();
    assertTrue(
        refusal.startsWith("round 1 of 2: network enet cannot be pruned to ")
            || refusal.startsWith("round 2 of 2: network enet cannot be pruned to "),
        refusal);
  }
}
