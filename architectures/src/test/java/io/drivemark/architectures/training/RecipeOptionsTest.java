package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.problem.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class RecipeOptionsTest {
  @Test
  void textsChangeWhatTheyName() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("epochs", "3");
    options.put("crop", "64x96");
    options.put("scale", "0.75-1.5");
    options.put("class-weights", "median-frequency");
    options.put("optimiser", "sgd");
    options.put("freeze", "kernels");
    options.put("flip", "false");
    TrainingRecipe expected =
        TrainingRecipe.defaults()
            .withEpochs(3)
            .withCrop(64, 96)
            .withScale(0.75, 1.5)
            .withClassWeights(ClassWeights.Kind.MEDIAN_FREQUENCY)
            .withOptimiser(Optimiser.Kind.SGD)
            .withGroups(Map.of("kernels", GroupSettings.FROZEN))
            .withFlip(false);
    assertEquals(expected, RecipeOptions.apply(TrainingRecipe.defaults(), options));
  }

  @Test
  void allProblemsAreListedAtOnce() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("epoch", "3");
    options.put("crop", "64");
    options.put("optimiser", "adamv");
    options.put("batch", "0");
    BadInputException problem =
        assertThrows(
            BadInputException.class, () -> RecipeOptions.apply(TrainingRecipe.defaults(), options));
    assertEquals(
        "training recipe: option 'epoch' is not known (did you mean 'epochs'?); there are "
            + String.join(", ", RecipeOptions.names())
            + "; option crop=64: expected HxW, for example 360x480; option optimiser=adamv: expected"
            + " one of sgd, adam, adamw (did you mean 'adam'?); option batch=0:"
            + " batch is 0, expected at least 1",
        problem.getMessage());
  }

  @Test
  void groupsThatDoNotExistCannotBeFrozen() {
    assertEquals(
        "training recipe: option freeze=kernals: expected some of kernels, offsets, gates, masks,"
            + " statistics (did you mean 'kernels'?)",
        assertThrows(
                BadInputException.class,
                () -> RecipeOptions.apply(TrainingRecipe.defaults(), Map.of("freeze", "kernals")))
            .getMessage());
  }

  @Test
  void distillationAndStepsAreRead() {
    TrainingRecipe usual = TrainingRecipe.defaults();
    TrainingRecipe soft = usual.withDistillation(Optional.of(new Distillation(0.5, 4)));
    assertEquals(soft, RecipeOptions.apply(usual, Map.of("distill", "0.5@4")));
    assertEquals(usual, RecipeOptions.apply(soft, Map.of("distill", "none")));
    assertEquals(
        2,
        RecipeOptions.apply(usual, Map.of("distill", "1"))
            .distillation()
            .orElseThrow()
            .temperature());
    assertEquals(
        usual.withSchedule(TrainingRecipe.ScheduleKind.STEP).withStepEpochs(5).withStepFactor(0.5),
        RecipeOptions.apply(
            usual, Map.of("schedule", "step", "step-epochs", "5", "step-factor", "0.5")));
    assertEquals(
        "training recipe: option distill=0@1: weight of distillation is 0.0,"
            + " expected above 0 to 1",
        assertThrows(
                BadInputException.class, () -> RecipeOptions.apply(usual, Map.of("distill", "0@1")))
            .getMessage());
  }

  @Test
  void whatConcernsDepthIsRead() {
    TrainingRecipe usual = TrainingRecipe.defaults();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("resize", "128x256");
    options.put("loss", "stereo");
    options.put("colour", "monodepth");
    options.put("schedule", "halving");
    TrainingRecipe depth = RecipeOptions.apply(usual, options);
    assertEquals(
        usual
            .withSchedule(TrainingRecipe.ScheduleKind.HALVING)
            .withDepth(
                new DepthRecipe(
                    Optional.of(DepthRecipe.Error.STEREO),
                    DepthRecipe.Colouring.MONODEPTH,
                    Optional.of(new Size(128, 256)))),
        depth);
    TrainingRecipe back = RecipeOptions.apply(depth, Map.of("colour", "0.2", "resize", "none"));
    assertEquals(DepthRecipe.Colouring.FACTORS, back.depth().colouring());
    assertEquals(0.2, back.colour());
    assertEquals(Optional.empty(), back.depth().resize());
    assertEquals(
        "training recipe: option colour=mono: expected a number, or monodepth for its own changes,"
            + " found mono",
        assertThrows(
                BadInputException.class, () -> RecipeOptions.apply(usual, Map.of("colour", "mono")))
            .getMessage());
    assertNotEquals(
        usual.withScale(1, 1).withClassWeights(ClassWeights.Kind.NONE).digest(),
        usual.forDepth().digest());
  }

  /** Made by the version before there were steps and distillation: its checkpoints go on. */
  @Test
  void whatIsNotUsedLeavesTheDigestAsItWas() {
    TrainingRecipe usual = TrainingRecipe.defaults();
    assertEquals(
        "91d2b951d29774380447cb3f482b47b8aea09895eb06939901b3e978c01a6ede", usual.digest());
    assertNotEquals(usual.digest(), usual.withSchedule(TrainingRecipe.ScheduleKind.STEP).digest());
    assertEquals("TrainingRecipe[epochs=100, batch=8,", usual.text().substring(0, 35));
    assertEquals(
        "stepFactor=0.1, distillation=Optional.empty]",
        usual.text().substring(usual.text().length() - 44));
  }

  @Test
  void averagesOfWeightsAreAskedForByTheirDecay() {
    TrainingRecipe usual = TrainingRecipe.defaults();
    TrainingRecipe averaged = RecipeOptions.apply(usual, Map.of("ema", "0.999"));
    assertEquals(usual.withEma(0.999), averaged);
    assertNotEquals(usual.digest(), averaged.digest());
    assertTrue(averaged.text().endsWith(", ema=0.999]"), averaged.text());
    assertEquals(usual, RecipeOptions.apply(averaged, Map.of("ema", "0")));
    assertEquals(
        "training recipe: option ema=1: ema is 1, expected 0 to below 1",
        assertThrows(BadInputException.class, () -> RecipeOptions.apply(usual, Map.of("ema", "1")))
            .getMessage());
  }

  @Test
  void digestIgnoresWhatDoesNotDecideTheResult() {
    TrainingRecipe recipe = TrainingRecipe.defaults();
    assertEquals(recipe.digest(), recipe.withMinutes(5).withThreads(1).digest());
    assertEquals(64, recipe.digest().length());
  }

  /** As published, SGD at 0.1, or Adam at 1e-3, for the first half of the epochs. */
  @Test
  void headsOfGatesHaveAnOptimiserOfTheirOwn() {
    TrainingRecipe usual = TrainingRecipe.defaults();
    assertEquals(GroupSettings.GATES, usual.group("gates"));
    assertEquals(
        GroupSettings.of(new GroupSettings.Own(Optimiser.Kind.SGD, 0.1, 0.9, 0.5)),
        RecipeOptions.apply(usual, Map.of("gate-optimiser", "sgd")).group("gates"));
    Map<String, String> both = new LinkedHashMap<>();
    both.put("gate-until", "0.25");
    both.put("gate-optimiser", "adamw@0.01");
    TrainingRecipe own = RecipeOptions.apply(usual, both);
    assertEquals(
        GroupSettings.of(new GroupSettings.Own(Optimiser.Kind.ADAMW, 0.01, 0.9, 0.25)),
        own.group("gates"));
    assertNotEquals(usual.digest(), own.digest());
    assertEquals(
        "training recipe: option gate-until=0: a group learns until 0.0 of the"
            + " epochs, expected above 0 to 1",
        assertThrows(
                BadInputException.class,
                () -> RecipeOptions.apply(usual, Map.of("gate-until", "0")))
            .getMessage());
  }

  /** Digests of recipes are made of these texts: they are as they were before there were gates. */
  @Test
  void groupsWithoutAnOptimiserOfTheirOwnReadAsBefore() {
    assertEquals("GroupSettings[rate=0.0, decay=0.0]", GroupSettings.FROZEN.toString());
    assertEquals(
        "ef50744f9b78060205a391b47416bd4db90457528db88c2cb18be2cdc35cec19",
        TrainingRecipe.defaults().withGroups(Map.of("kernels", GroupSettings.FROZEN)).digest());
  }
}
