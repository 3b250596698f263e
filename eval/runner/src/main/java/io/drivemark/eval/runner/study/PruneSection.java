package io.drivemark.eval.runner.study;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.training.RecipeOptions;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Reads and writes the {@code prune} section of a study file. Stateless. */
final class PruneSection {
  static final String KEY = "prune";
  private static final String DISTILL = "distill";
  private static final List<String> GENERATOR_KEYS = List.of("count", "seed", "size");

  /** A limit of time would train small networks longer than large ones; seeds are variants'. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "minutes", "gives a fast network more steps than a slow one; give epochs",
          "seed", "belongs to a variant's line, or to the whole study");

  private PruneSection() {}

  /**
   * Reads the section; problems are kept by the file.
   *
   * @param datasets of the study, of which one has the frames to learn from
   * @param seed of the study
   * @param latencyOn the engine that shares of a latency are measured on
   * @param resolve a path of the file against its folder
   */
  static Optional<PruneSpec> read(
      ConfigMap map,
      List<DatasetSpec> datasets,
      long seed,
      EngineSetup latencyOn,
      UnaryOperator<String> resolve) {
    ConfigMap trainMap = map.map("train");
    Optional<DatasetSpec> base = base(trainMap, datasets, resolve);
    DatasetSpec train = split(trainMap, base, "train");
    DatasetSpec val = split(map.map("val"), base, "val");
    int frames = map.integer("calibration-frames", PruneSpec.USUAL_CALIBRATION_FRAMES);
    if (frames < 1) {
      map.problem("calibration-frames", "found " + frames + ", expected at least 1");
      frames = 1;
    }
    Map<String, String> finetune = recipe(map.map("finetune"), true);
    Map<String, String> scratch = recipe(map.map("scratch"), false);
    List<VariantSpec> variants = new ArrayList<>();
    Set<VariantSpec> seen = new LinkedHashSet<>();
    List<ConfigMap> lines = map.maps("variants", "parent");
    for (ConfigMap line : lines) {
      VariantLine read = new VariantLine(line, seed, latencyOn, resolve, variants.size());
      for (VariantSpec variant : read.variants()) {
        if (!seen.add(variant)) {
          line.problem("parent", "asks for a variant that an earlier line asks for");
        }
        variants.add(variant);
      }
    }
    if (lines.isEmpty()) {
      map.problem("variants", "found none, expected a list of at least one");
    }
    return base.isEmpty() || variants.isEmpty()
        ? Optional.empty()
        : Optional.of(new PruneSpec(train, val, frames, finetune, scratch, variants));
  }

  /** The study's dataset that is learned from. */
  private static Optional<DatasetSpec> base(
      ConfigMap train, List<DatasetSpec> datasets, UnaryOperator<String> resolve) {
    if (datasets.isEmpty()) {
      train.has("name");
      return Optional.empty();
    }
    List<String> names = datasets.stream().map(DatasetSpec::name).distinct().toList();
    String name = train.optionalString("name").map(resolve).orElse(names.get(0));
    Optional<DatasetSpec> found = datasets.stream().filter(d -> d.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      train.problem(
          "name",
          "found "
              + name
              + Nearest.hint(name, names)
              + ", expected one of the study's datasets: "
              + String.join(", ", names));
    }
    return found;
  }

  private static DatasetSpec split(ConfigMap map, Optional<DatasetSpec> base, String usual) {
    String split = map.string("split", usual);
    Optional<Integer> limit = map.optionalInteger("limit");
    if (limit.isPresent() && limit.get() < 1) {
      map.problem("limit", "found " + limit.get() + ", expected at least 1");
      limit = Optional.empty();
    }
    Map<String, String> options = new TreeMap<>();
    base.ifPresent(b -> options.putAll(b.options()));
    for (String key : GENERATOR_KEYS) {
      map.optionalString(key).ifPresent(value -> options.put(key, value));
    }
    options.putAll(map.map("options").allStrings());
    return new DatasetSpec(
        base.map(DatasetSpec::name).orElse(""),
        base.flatMap(DatasetSpec::root),
        split,
        limit.isPresent() ? OptionalInt.of(limit.get()) : OptionalInt.empty(),
        options,
        map.map("where").allStrings());
  }

  /** The recipe's options, each checked by itself. */
  private static Map<String, String> recipe(ConfigMap map, boolean mayBeNone) {
    Map<String, String> good = new LinkedHashMap<>();
    for (String key : map.keys()) {
      Optional<String> value =
          key.equals(DISTILL) && map.isMap(key)
              ? Optional.of(distill(map.map(key)))
              : map.optionalString(key);
      if (REFUSED.containsKey(key)) {
        map.problem(key, REFUSED.get(key));
      } else if (!RecipeOptions.names().contains(key)) {
        map.problem(
            key,
            "is no part of a recipe"
                + Nearest.hint(key, RecipeOptions.names())
                + "; there are "
                + String.join(", ", keys()));
      } else if (value.isPresent() && !(mayBeNone && none(key, value.get()))) {
        try {
          RecipeOptions.apply(TrainingRecipe.defaults(), Map.of(key, value.get()));
          good.put(key, value.get());
        } catch (BadInputException e) {
          map.problem(key, e.getMessage());
        }
      } else {
        value.ifPresent(v -> good.put(key, v));
      }
    }
    return good;
  }

  /** {@code {weight: 0.5, temperature: 2}} as the recipe's text. */
  private static String distill(ConfigMap map) {
    String weight = map.string("weight");
    return map.optionalString("temperature").map(t -> weight + "@" + t).orElse(weight);
  }

  private static boolean none(String key, String value) {
    return key.equals("epochs") && value.equals("0");
  }

  private static List<String> keys() {
    return RecipeOptions.names().stream().filter(k -> !REFUSED.containsKey(k)).toList();
  }

  /** The section as a map that reads back to it. */
  static Map<String, Object> write(PruneSpec spec) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("train", write(spec.train()));
    Map<String, Object> val = write(spec.val());
    val.remove("name");
    out.put("val", val);
    out.put("calibration-frames", spec.calibrationFrames());
    out.put("finetune", new LinkedHashMap<>(spec.finetune()));
    out.put("scratch", new LinkedHashMap<>(spec.scratch()));
    out.put("variants", spec.variants().stream().map(v -> write(v)).toList());
    return out;
  }

  private static Map<String, Object> write(DatasetSpec dataset) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", dataset.name());
    map.put("split", dataset.split());
    dataset.limit().ifPresent(l -> map.put("limit", l));
    if (!dataset.options().isEmpty()) {
      map.put("options", new TreeMap<>(dataset.options()));
    }
    if (!dataset.where().isEmpty()) {
      map.put("where", new TreeMap<>(dataset.where()));
    }
    return map;
  }

  /** A variant as a line that reads back to it. */
  private static Map<String, Object> write(VariantSpec variant) {
    Map<String, Object> out = new LinkedHashMap<>();
    variant.name().ifPresent(n -> out.put("name", n));
    variant.parent().ifPresent(p -> out.put("parent", p));
    if (variant instanceof VariantSpec.Pruned pruned) {
      write(pruned, out);
    } else if (variant instanceof VariantSpec.Gated gated) {
      out.put("technique", Technique.DYNAMIC.key());
      out.putAll(GatedLine.write(gated.request()));
    } else if (variant instanceof VariantSpec.Joint joint) {
      out.put("technique", Technique.JOINT.key());
      out.putAll(JointLine.write(joint));
    } else if (variant instanceof VariantSpec.Tuned) {
      out.put("technique", VariantLine.DENSE);
    } else if (variant instanceof VariantSpec.Trained trained) {
      out.put("architecture", trained.architecture());
      out.put("options", new LinkedHashMap<>(trained.options()));
    }
    out.put("seed", variant.seed());
    return out;
  }

  private static void write(VariantSpec.Pruned pruned, Map<String, Object> out) {
    PruneRequest request = pruned.request();
    out.put("technique", request.technique().key());
    request
        .amount()
        .match(
            keep -> out.put("keep", keep.measure().key() + "=" + keep.share()),
            keep -> out.put("keep", KeptAmounts.LATENCY + "=" + keep.share()),
            remove -> out.put("remove-layers", remove.units()));
    out.put("criterion", String.join("+", request.criteria()));
    out.put("scope", request.scope().key());
    out.put("minimum-width", request.minimumWidth());
    PruneApproach approach = pruned.approach();
    out.put(
        "multiple", approach.alignedFor().isPresent() ? VariantLine.MEASURED : request.multiple());
    if (approach.rounds() > 1) {
      out.put("iterations", approach.rounds());
      out.put("round-epochs", approach.roundEpochs());
    }
    if (!request.spared().isEmpty()) {
      out.put("spare", List.copyOf(new TreeSet<>(request.spared())));
    }
    out.put("from-scratch", pruned.fromScratch());
  }
}
