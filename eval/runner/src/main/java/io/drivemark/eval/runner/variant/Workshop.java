package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.PruneSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@code prune} section with everything opened. Immutable.
 *
 * @param train frames to score, measure and learn from
 * @param val frames a training evaluates on
 * @param calibrationFrames frames of {@code train} for scores and normalisation
 * @param jobs one a variant, in the study's order
 */
record Workshop(Dataset train, Dataset val, int calibrationFrames, List<VariantJob> jobs) {

  /**
   * Opens what a section names.
   *
   * @throws BadInputException with every name, file and combination that is wrong, at once
   */
  static Workshop open(
      Study study, Function<DatasetRequest, Dataset> datasets, Function<String, Model> models) {
    return new Opening(study, datasets, models).workshop();
  }

  /** Collects problems while it opens things. */
  private static final class Opening {
    private final Study study;
    private final PruneSpec spec;
    private final Function<DatasetRequest, Dataset> datasets;
    private final Function<String, Model> models;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Model> opened = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();

    Opening(
        Study study, Function<DatasetRequest, Dataset> datasets, Function<String, Model> models) {
      this.study = study;
      this.spec = study.prune().orElseThrow();
      this.datasets = datasets;
      this.models = models;
    }

    Workshop workshop() {
      Optional<Dataset> train = open(spec.train());
      Optional<Dataset> val = open(spec.val());
      Set<String> names = new HashSet<>();
      for (ModelSource source : study.modelsAndParents()) {
        if (source instanceof ModelSource.Named there) {
          tried(() -> models.apply(there.reference()))
              .ifPresent(
                  m -> {
                    opened.put(there.reference(), m);
                    names.add(m.spec().name());
                  });
        } else if (source instanceof ModelSource.Untrained untrained) {
          names.add(untrained.name());
        }
      }
      List<VariantJob> jobs = new ArrayList<>();
      if (train.isPresent() && val.isPresent()) {
        RgbImage frame = train.get().frame(0).sample().image();
        for (VariantSpec variant : spec.variants()) {
          boolean orphan =
              variant.parent().isPresent() && !opened.containsKey(variant.parent().get());
          if (!orphan) {
            tried(() -> job(variant, train.get(), val.get(), frame)).ifPresent(jobs::add);
          }
        }
      }
      for (VariantJob job : jobs) {
        if (!names.add(job.name())) {
          problems.add("two models are called '" + job.name() + "'; give one of them another name");
        }
      }
      if (!problems.isEmpty()) {
        throw new BadInputException(
            problems.size() == 1
                ? problems.get(0)
                : "study: " + problems.size() + " problems\n  " + String.join("\n  ", problems));
      }
      return new Workshop(train.orElseThrow(), val.orElseThrow(), spec.calibrationFrames(), jobs);
    }

    private Optional<Dataset> open(DatasetSpec dataset) {
      return tried(
          () -> {
            Dataset opened = datasets.apply(dataset.request());
            if (opened.ids().isEmpty()) {
              throw new BadInputException(
                  "prune: " + opened.name() + " " + opened.split() + " has no frames");
            }
            return opened;
          });
    }

    private VariantJob job(VariantSpec variant, Dataset train, Dataset val, RgbImage frame) {
      Optional<Model> parent = variant.parent().map(opened::get);
      parent.ifPresent(p -> VariantMaker.requireUsable(variant.parent().orElseThrow(), p, train));
      if (variant instanceof VariantSpec.Trained trained) {
        Options.resolve(Architectures.named(trained.architecture()), trained.options());
      }
      Size size = size(parent, frame);
      String name =
          VariantNames.of(
              variant, parent.map(p -> p.spec().name()).orElse(train.name()), study.seed());
      VariantRecipes recipes =
          new VariantRecipes(
              spec, task(variant, parent, train), size, frame.height(), variant.seed());
      Optional<TrainingRecipe> recipe = recipe(name, variant, recipes);
      Optional<TrainingRecipe> roundRecipe = roundRecipe(name, variant, recipes);
      String planRequest =
          variant instanceof VariantSpec.Joint joint
              ? Masks.request(joint.request(), recipe.orElseThrow())
                  + lines(
                      "parent=" + digest(parent.orElseThrow()),
                      "size=" + size,
                      "train=" + train.digest(),
                      "val=" + val.digest(),
                      "calibrationFrames=" + spec.calibrationFrames())
              : planRequest(variant, parent, size, train);
      return new VariantJob(
          name,
          variant,
          parent,
          size,
          recipe,
          roundRecipe,
          planRequest,
          request(name, variant, parent, size, train, val, recipe, planRequest)
              + roundRecipe.map(r -> lines("roundRecipe=" + r.digest())).orElse(""));
    }

    private Size size(Optional<Model> parent, RgbImage frame) {
      return study
          .size()
          .map(s -> new Size(s.height(), s.width()))
          .or(() -> parent.flatMap(p -> p.spec().input().size()))
          .orElse(new Size(frame.height(), frame.width()));
    }

    private static Task task(VariantSpec variant, Optional<Model> parent, Dataset train) {
      Model model =
          variant instanceof VariantSpec.Trained trained
              ? Models.untrained(
                  trained.architecture(),
                  trained.architecture(),
                  trained.options(),
                  train.labels(),
                  trained.seed())
              : parent.orElseThrow();
      return FineTuning.task(model.spec());
    }

    private static Optional<TrainingRecipe> recipe(
        String name, VariantSpec variant, VariantRecipes recipes) {
      boolean scratch =
          variant instanceof VariantSpec.Trained
              || variant instanceof VariantSpec.Pruned pruned && pruned.fromScratch();
      Optional<TrainingRecipe> recipe = scratch ? recipes.scratch() : recipes.finetune();
      if (recipe.isEmpty() && scratch) {
        throw new BadInputException(
            "prune: "
                + name
                + " starts from random weights: give scratch epochs, {epochs: 30} say");
      }
      if (recipe.isEmpty()
          && variant instanceof VariantSpec.Gated gated
          && !gated.request().constant()) {
        throw new BadInputException(
            "prune: "
                + name
                + " has gates that learn in training: give finetune epochs, {epochs: 10} say");
      }
      if (variant instanceof VariantSpec.Joint joint) {
        Masks.require(name, joint, recipe);
      }
      if (recipe.isEmpty() && variant instanceof VariantSpec.Tuned) {
        throw new BadInputException(
            "prune: " + name + " would be its parent: give finetune epochs, {epochs: 10} say");
      }
      return recipe;
    }

    private static Optional<TrainingRecipe> roundRecipe(
        String name, VariantSpec variant, VariantRecipes recipes) {
      if (!(variant instanceof VariantSpec.Pruned pruned && pruned.approach().trainsBetween())) {
        return Optional.empty();
      }
      int epochs = pruned.approach().roundEpochs();
      Optional<TrainingRecipe> recipe = recipes.between(epochs);
      if (recipe.isEmpty()) {
        throw new BadInputException(
            "prune: "
                + name
                + " trains between rounds by the recipe of fine-tuning, of which there are 0"
                + " epochs: give finetune epochs, or leave round-epochs out");
      }
      return recipe;
    }

    private String planRequest(
        VariantSpec variant, Optional<Model> parent, Size size, Dataset train) {
      if (variant instanceof VariantSpec.Gated gated) {
        return lines(
            "plan=drivemark-gate-plan-request/1",
            "parent=" + digest(parent.orElseThrow()),
            "amount=" + gated.request().amount(),
            "target=" + gated.request().target(),
            "unit=" + gated.request().unit(),
            "size=" + size,
            "train=" + train.digest(),
            "calibrationFrames=" + spec.calibrationFrames());
      }
      if (!(variant instanceof VariantSpec.Pruned pruned)) {
        return "";
      }
      PruneRequest request = pruned.request();
      return lines(
              "plan=drivemark-plan-request/1",
              "parent=" + digest(parent.orElseThrow()),
              "technique=" + request.technique().key(),
              "amount=" + request.amount(),
              "criteria=" + String.join("+", request.criteria()),
              "scope=" + request.scope(),
              "minimumWidth=" + request.minimumWidth(),
              "multiple=" + request.multiple(),
              "spared=" + new TreeSet<>(request.spared()),
              "seed=" + request.seed(),
              "size=" + size,
              "train=" + train.digest(),
              "calibrationFrames=" + spec.calibrationFrames())
          + approach(pruned.approach());
    }

    /** Nothing for what is pruned at once: such plans are older than rounds. */
    private static String approach(PruneApproach approach) {
      String rounds = approach.rounds() == 1 ? "" : lines("rounds=" + approach.rounds());
      return rounds + approach.alignedFor().map(setup -> lines("alignedFor=" + setup)).orElse("");
    }

    private String request(
        String name,
        VariantSpec variant,
        Optional<Model> parent,
        Size size,
        Dataset train,
        Dataset val,
        Optional<TrainingRecipe> recipe,
        String planRequest) {
      String what =
          variant instanceof VariantSpec.Trained trained
              ? trained.architecture() + " " + trained.options()
              : variant instanceof VariantSpec.Pruned pruned && pruned.fromScratch()
                  ? "structure"
                  : "weights";
      return lines(
              "variant=drivemark-variant/1",
              "name=" + name,
              "start=" + what,
              "parent=" + parent.map(this::digest).orElse("none"),
              "seed=" + variant.seed(),
              "size=" + size,
              "train=" + train.digest(),
              "val=" + val.digest(),
              "recipe=" + recipe.map(TrainingRecipe::digest).orElse("none"))
          + planRequest
          + (variant instanceof VariantSpec.Gated gated ? gates(gated.request()) : "")
          + (variant instanceof VariantSpec.Joint joint ? lines("tuned=" + joint.tuned()) : "");
    }

    /** What a dynamic model depends on besides what decides on its ratio. */
    private static String gates(GateRequest request) {
      return lines(
          "head=" + request.head().key(),
          "mode=" + request.mode().key(),
          "constant=" + request.constant());
    }

    private String digest(Model model) {
      return digests.computeIfAbsent(model.spec().name(), n -> Models.digest(model));
    }

    private static String lines(String... lines) {
      return String.join("\n", lines) + "\n";
    }

    private <T> Optional<T> tried(Supplier<T> open) {
      try {
        return Optional.of(open.get());
      } catch (BadInputException e) {
        problems.add(e.getMessage());
        return Optional.empty();
      }
    }
  }
}
