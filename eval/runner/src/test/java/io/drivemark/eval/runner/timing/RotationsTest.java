package io.drivemark.eval.runner.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.eval.runner.GatedYard;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationsTest {
  @TempDir Path folder;
  private Study study;

  @BeforeEach
  void writeDataset() {
    study = Yard.study(Yard.write(folder), List.of("plain"));
  }

  @Test
  void asManyAsMayBeOpenTogetherAreOneRotation() {
    List<Cell> cells = cells(model("a"), model("b"));
    assertEquals(List.of(cells), Rotations.of(cells, 3));
  }

  @Test
  void theFirstIsInEveryRotationAndEachOtherInOne() {
    assertEquals(
        List.of("plain a b", "plain c d", "plain e"),
        names(3, model("a"), model("b"), model("c"), model("d"), model("e")));
  }

  @Test
  void variantsStandWithTheirParentWhereTheyFit() {
    assertEquals(
        List.of("plain a c", "plain b b1 b2"),
        names(4, model("a"), model("b"), model("c"), model("b1", "b"), model("b2", "b1")));
  }

  @Test
  void aFamilyThatDoesNotFitIsCut() {
    assertEquals(
        List.of("plain a a1", "plain a2 b"),
        names(3, model("a"), model("a1", "a"), model("a2", "a"), model("b")));
  }

  @Test
  void variantsOfTheFirstStandInItsRotation() {
    assertEquals(
        List.of("plain p1 p2", "plain a b"),
        names(3, model("a"), model("p1", "plain"), model("b"), model("p2", "plain")));
  }

  @Test
  void enginesOfOneFamilyAreRotationsOfTheirOwnBeforeItIsCut() {
    study =
        study.withEngines(
            List.of(
                new EngineSpec("onnxruntime", OptionalInt.of(1)),
                new EngineSpec("pytorch", OptionalInt.of(1))));
    List<Cell> cells = cells(model("a"), model("a1", "a"), model("a2", "a"));
    assertEquals(
        List.of(
            "plain/onnxruntime plain/pytorch",
            "plain/onnxruntime a/onnxruntime a1/onnxruntime a2/onnxruntime",
            "plain/onnxruntime a/pytorch a1/pytorch a2/pytorch"),
        Rotations.of(cells, 4).stream()
            .map(r -> words(r, c -> c.model().spec().name() + "/" + c.engine().name()))
            .toList());
  }

  /** One as it is, one with all units live. */
  @Test
  void aGatedNetworkTakesTheRoomOfTwo() {
    assertEquals(
        List.of("plain a b", "plain gated", "plain c"),
        names(3, model("a"), model("b"), GatedYard.model("gated"), model("c")));
    assertEquals(List.of("plain gated"), names(3, GatedYard.model("gated")));
    assertEquals(List.of("plain a", "plain gated"), names(2, model("a"), GatedYard.model("gated")));
  }

  @Test
  void noRotationIsTooLargeAndNothingIsLost() {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      List<Model> models = new ArrayList<>();
      int count = 1 + random.nextInt(20);
      for (int i = 0; i < count; i++) {
        boolean isVariant = i > 0 && random.nextBoolean();
        models.add(isVariant ? model("m" + i, "m" + random.nextInt(i)) : model("m" + i));
      }
      List<Cell> cells = cells(models.toArray(Model[]::new));
      int sessions = 2 + random.nextInt(8);
      List<List<Cell>> rotations = Rotations.of(cells, sessions);
      Set<Cell> seen = new HashSet<>();
      int others = 0;
      for (List<Cell> rotation : rotations) {
        assertEquals(true, rotation.size() <= sessions, "seed " + seed + ": " + rotation.size());
        assertEquals(cells.get(0), rotation.get(0), "seed " + seed);
        seen.addAll(rotation);
        others += rotation.size() - 1;
      }
      assertEquals(Set.copyOf(cells), seen, "seed " + seed);
      assertEquals(cells.size() - 1, others, "seed " + seed);
    }
  }

  private List<String> names(int sessions, Model... models) {
    return Rotations.of(cells(models), sessions).stream()
        .map(rotation -> words(rotation, c -> c.model().spec().name()))
        .toList();
  }

  private static String words(List<Cell> cells, java.util.function.Function<Cell, String> word) {
    return String.join(" ", cells.stream().map(word).toList());
  }

  /** The cell of the study's own model, then of these. */
  private List<Cell> cells(Model... models) {
    return Plan.of(study, List.of(models), Yard.sources()).cells();
  }

  private static Model model(String name) {
    return Yard.model(name, 0);
  }

  private static Model model(String name, String parent) {
    Model model = Yard.model(name, 0);
    ModelSpec spec = model.spec();
    ModelSpec.Variant variant =
        new ModelSpec.Variant("filter", Optional.of(parent), Optional.of("l1"));
    return new Model(
        new ModelSpec(
            name,
            spec.architecture(),
            spec.options(),
            spec.input(),
            spec.labels(),
            spec.output(),
            variant,
            spec.provenance()),
        model.network());
  }
}
