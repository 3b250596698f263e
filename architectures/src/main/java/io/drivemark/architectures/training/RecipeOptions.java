package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@link TrainingRecipe} from texts, as a command line gives them: {@code epochs=40},
 * {@code crop=360x480}, {@code scale=0.5-2}, {@code optimiser=adamw}, {@code freeze=kernels},
 * {@code distill=0.5@2}, {@code gate-optimiser=sgd@0.1}, {@code gate-until=0.5}. What is not given
 * is as in the recipe it starts from. Stateless.
 */
public final class RecipeOptions {
  private interface Change {
    TrainingRecipe apply(TrainingRecipe recipe, String value);
  }

  /** What its refusals and those of a recipe begin with. */
  private static final String WHAT = "training recipe: ";

  /** Of distillation where none is given. */
  private static final double TEMPERATURE = 2;

  private static final Map<String, Change> KEYS = keys();

  private RecipeOptions() {}

  /** The keys that can be given, in the order of the recipe. */
  public static List<String> names() {
    return List.copyOf(KEYS.keySet());
  }

  /**
   * Applies options to a recipe.
   *
   * @throws BadInputException if a key is unknown or a value does not fit; the message lists all
   */
  public static TrainingRecipe apply(TrainingRecipe recipe, Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    TrainingRecipe changed = recipe;
    for (Map.Entry<String, String> option : options.entrySet()) {
      Change change = KEYS.get(option.getKey());
      if (change == null) {
        problems.add(
            "option '"
                + option.getKey()
                + "' is not known"
                + Nearest.hint(option.getKey(), KEYS.keySet())
                + "; there are "
                + String.join(", ", KEYS.keySet()));
        continue;
      }
      try {
        changed = change.apply(changed, option.getValue());
      } catch (IllegalArgumentException e) {
        problems.add(
            "option "
                + option.getKey()
                + "="
                + option.getValue()
                + ": "
                + e.getMessage().replace(WHAT, ""));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(WHAT + String.join("; ", problems));
    }
    return changed;
  }

  private static Map<String, Change> keys() {
    Map<String, Change> keys = new LinkedHashMap<>();
    keys.put("epochs", (r, v) -> r.withEpochs(whole(v)));
    keys.put("batch", (r, v) -> r.withBatch(whole(v)));
    keys.put(
        "crop",
        (r, v) -> {
          String[] sides = two(v, "x", "HxW, for example 360x480");
          return r.withCrop(whole(sides[0]), whole(sides[1]));
        });
    keys.put(
        "scale",
        (r, v) -> {
          String[] ends = two(v, "-", "FROM-TO, for example 0.5-2");
          return r.withScale(number(ends[0]), number(ends[1]));
        });
    keys.put("flip", (r, v) -> r.withFlip(flag(v)));
    keys.put("colour", RecipeOptions::colour);
    keys.put("resize", RecipeOptions::resize);
    keys.put("loss", (r, v) -> r.withDepth(r.depth().withLoss(one(DepthRecipe.Error.values(), v))));
    keys.put("class-weights", (r, v) -> r.withClassWeights(one(ClassWeights.Kind.values(), v)));
    keys.put("hard-share", (r, v) -> r.withHardShare(number(v)));
    keys.put("auxiliary-weight", (r, v) -> r.withAuxiliaryWeight(number(v)));
    keys.put("optimiser", (r, v) -> r.withOptimiser(one(Optimiser.Kind.values(), v)));
    keys.put("learning-rate", (r, v) -> r.withLearningRate(number(v)));
    keys.put("momentum", (r, v) -> r.withMomentum(number(v)));
    keys.put("nesterov", (r, v) -> r.withNesterov(flag(v)));
    keys.put("weight-decay", (r, v) -> r.withWeightDecay(number(v)));
    keys.put("freeze", RecipeOptions::freeze);
    keys.put("gate-optimiser", RecipeOptions::gateOptimiser);
    keys.put("gate-until", RecipeOptions::gateUntil);
    keys.put("warm-up-epochs", (r, v) -> r.withWarmUpEpochs(number(v)));
    keys.put("schedule", (r, v) -> r.withSchedule(one(TrainingRecipe.ScheduleKind.values(), v)));
    keys.put("power", (r, v) -> r.withPower(number(v)));
    keys.put("step-epochs", (r, v) -> r.withStepEpochs(whole(v)));
    keys.put("step-factor", (r, v) -> r.withStepFactor(number(v)));
    keys.put("distill", RecipeOptions::distill);
    keys.put("clip-norm", (r, v) -> r.withClipNorm(number(v)));
    keys.put("ema", (r, v) -> r.withEma(number(v)));
    keys.put("evaluate-every", (r, v) -> r.withEvaluateEvery(whole(v)));
    keys.put("seed", (r, v) -> r.withSeed(longWhole(v)));
    keys.put("minutes", (r, v) -> r.withMinutes(number(v)));
    keys.put("threads", (r, v) -> r.withThreads(whole(v)));
    return keys;
  }

  /** A strength, or the way monodepth was trained. */
  private static TrainingRecipe colour(TrainingRecipe recipe, String value) {
    if (value.equals(word(DepthRecipe.Colouring.MONODEPTH))) {
      return recipe.withDepth(recipe.depth().withColouring(DepthRecipe.Colouring.MONODEPTH));
    }
    return recipe
        .withColour(
            Numbers.real(value)
                .orElseThrow(() -> wrong("a number, or monodepth for its own changes", value)))
        .withDepth(recipe.depth().withColouring(DepthRecipe.Colouring.FACTORS));
  }

  /** {@code none} or {@code HxW}. */
  private static TrainingRecipe resize(TrainingRecipe recipe, String value) {
    Optional<ModelSpec.Size> size = Optional.empty();
    if (!value.equals("none")) {
      String[] sides = two(value, "x", "HxW, for example 256x512, or none");
      size = Optional.of(new ModelSpec.Size(whole(sides[0]), whole(sides[1])));
    }
    return recipe.withDepth(recipe.depth().withResize(size));
  }

  /** {@code none}, {@code WEIGHT} or {@code WEIGHT@TEMPERATURE}. */
  private static TrainingRecipe distill(TrainingRecipe recipe, String value) {
    if (value.equals("none")) {
      return recipe.withDistillation(Optional.empty());
    }
    String[] parts = value.split("@", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException("expected WEIGHT@TEMPERATURE, for example 0.5@2");
    }
    double temperature = parts.length == 2 ? number(parts[1]) : TEMPERATURE;
    return recipe.withDistillation(Optional.of(new Distillation(number(parts[0]), temperature)));
  }

  /** {@code KIND} or {@code KIND@RATE}: what the heads of gates are trained with. */
  private static TrainingRecipe gateOptimiser(TrainingRecipe recipe, String value) {
    String[] parts = value.split("@", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException("expected KIND@RATE, for example sgd@0.1");
    }
    Optimiser.Kind kind = one(Optimiser.Kind.values(), parts[0]);
    double rate = parts.length == 2 ? number(parts[1]) : GroupSettings.usualRate(kind);
    GroupSettings.Own own = ownOfGates(recipe);
    return gates(recipe, new GroupSettings.Own(kind, rate, own.momentum(), own.until()));
  }

  private static TrainingRecipe gateUntil(TrainingRecipe recipe, String value) {
    GroupSettings.Own own = ownOfGates(recipe);
    return gates(
        recipe, new GroupSettings.Own(own.kind(), own.rate(), own.momentum(), number(value)));
  }

  private static GroupSettings.Own ownOfGates(TrainingRecipe recipe) {
    return recipe.group(Weight.GATES).own().or(GroupSettings.GATES::own).orElseThrow();
  }

  private static TrainingRecipe gates(TrainingRecipe recipe, GroupSettings.Own own) {
    Map<String, GroupSettings> groups = new LinkedHashMap<>(recipe.groups());
    groups.put(Weight.GATES, GroupSettings.of(own));
    return recipe.withGroups(groups);
  }

  private static TrainingRecipe freeze(TrainingRecipe recipe, String names) {
    Map<String, GroupSettings> groups = new LinkedHashMap<>(recipe.groups());
    for (String name : names.split(",")) {
      String group = name.strip();
      if (!Weight.GROUPS.contains(group)) {
        throw new IllegalArgumentException(
            "expected some of "
                + String.join(", ", Weight.GROUPS)
                + Nearest.hint(group, Weight.GROUPS));
      }
      groups.put(group, GroupSettings.FROZEN);
    }
    return recipe.withGroups(groups);
  }

  private static String[] two(String value, String separator, String expected) {
    String[] parts = value.split(separator);
    if (parts.length != 2) {
      throw new IllegalArgumentException("expected " + expected);
    }
    return parts;
  }

  private static int whole(String value) {
    return Numbers.integer(value).orElseThrow(() -> wrong("a whole number", value));
  }

  private static long longWhole(String value) {
    return Numbers.whole(value).orElseThrow(() -> wrong("a whole number", value));
  }

  private static IllegalArgumentException wrong(String expected, String value) {
    return new IllegalArgumentException(
        "expected " + expected + ", found " + value + Numbers.hint(value));
  }

  private static double number(String value) {
    return Numbers.real(value).orElseThrow(() -> wrong("a number", value));
  }

  private static boolean flag(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("expected true or false, found " + value);
    }
    return value.equals("true");
  }

  private static <E extends Enum<E>> E one(E[] kinds, String value) {
    List<String> words = Arrays.stream(kinds).map(RecipeOptions::word).toList();
    int index = words.indexOf(value);
    if (index < 0) {
      throw new IllegalArgumentException(
          "expected one of " + String.join(", ", words) + Nearest.hint(value, words));
    }
    return kinds[index];
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
