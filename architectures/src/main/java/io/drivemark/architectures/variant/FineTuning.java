package io.drivemark.architectures.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.training.Learning;
import io.drivemark.architectures.training.Optimiser;
import io.drivemark.architectures.training.Trainer;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.training.TrainingResult;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Task;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Training a pruned model further. Whatever was removed, and by whatever criterion, the recipe is
 * the same: else a comparison would compare recipes. Stateless.
 */
public final class FineTuning {
  /** Times through the split that are usual. */
  public static final int EPOCHS = 30;

  /** A tenth of the usual rate of training from random weights. */
  public static final double LEARNING_RATE = 1e-4;

  private FineTuning() {}

  /**
   * A fine-tuned model.
   *
   * @param model with the weights that scored best on val, and how they came to be
   * @param result of the training
   */
  public record Tuned(Model model, TrainingResult result) {}

  /**
   * The recipe: that of training from random weights with Adam at 1e-4, a tenth of that training's
   * rate, {@value #EPOCHS} epochs, images as large as the network is given.
   */
  public static TrainingRecipe recipe(int height, int width) {
    return TrainingRecipe.defaults()
        .withEpochs(EPOCHS)
        .withCrop(height, width)
        .withOptimiser(Optimiser.Kind.ADAM)
        .withLearningRate(LEARNING_RATE);
  }

  /** The same as it is usual for what a model answers. */
  public static TrainingRecipe recipe(ModelSpec spec, int height, int width) {
    return recipe(height, width).forTask(task(spec));
  }

  /** What a model answers; labels where no head says so. */
  public static Task task(ModelSpec spec) {
    return spec.task().orElse(Task.SEGMENTATION);
  }

  /**
   * The model with its structure kept and everything learned forgotten, to be trained by {@link
   * #run}: the control.
   *
   * @param seed decides the weights it starts from
   * @return called as the model, with {@code -scratch} after it
   */
  public static Model fromScratch(Model model, long seed) {
    ModelSpec spec = model.spec();
    Map<String, String> facts = new TreeMap<>(spec.provenance());
    facts.put("start", "random weights, seed " + seed);
    return new Model(
        spec.withName(spec.name() + "-scratch").withProvenance(facts),
        FreshWeights.of(model.network(), seed));
  }

  /**
   * A model that is ready to be used.
   *
   * @param model with the graph that runs
   * @param result of the training; empty if there was none
   */
  public record Finished(Model model, Optional<TrainingResult> result) {}

  /**
   * Trains a model further, if there is a recipe, and makes it ready to be used.
   *
   * @param parent of as many outputs, given the same images; empty if it was made from none
   * @param checkpoint file that holds the state after each epoch; the same call goes on from it
   */
  public static Finished finish(
      Model start,
      Optional<Model> parent,
      Dataset train,
      Dataset val,
      Optional<TrainingRecipe> recipe,
      Path checkpoint,
      Progress progress) {
    Optional<Tuned> tuned =
        recipe.map(r -> run(start, parent, train, val, r, checkpoint, progress));
    Model model = tuned.map(Tuned::model).orElse(start);
    return new Finished(model.forInference(), tuned.map(Tuned::result));
  }

  /**
   * Trains a model further; the same call goes on where a killed one was.
   *
   * @param checkpoint file that holds the state after each epoch
   * @throws io.drivemark.problem.BadInputException as the trainer
   */
  public static Tuned run(
      Model start,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    return run(start, Optional.empty(), train, val, recipe, checkpoint, progress);
  }

  /**
   * As above; where the recipe distils, the model learns from its parent besides the labels.
   *
   * @param parent of as many outputs, given the same images
   */
  public static Tuned run(
      Model start,
      Model parent,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    return run(start, Optional.of(parent), train, val, recipe, checkpoint, progress);
  }

  /**
   * Rounds of pruning with training after each but the last; what is under way lies in a folder, so
   * that the same call goes on where a killed one was.
   *
   * @param count of rounds
   * @param recipe of each training
   * @param folder for the plans and the trainings' checkpoints
   */
  public static Rounds between(
      int count,
      Model parent,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path folder,
      Progress progress) {
    return new Rounds(
        count,
        Optional.of(folder),
        (round, model) -> {
          Path checkpoint = folder.resolve("round-" + round + ".checkpoint");
          return run(model, parent, train, val, recipe, checkpoint, progress).model();
        });
  }

  /**
   * What a model learns: what its head says, and its gates where it has some.
   *
   * @throws io.drivemark.problem.UnavailableException if it has several heads and no gates
   */
  public static Learning learning(Model model) {
    return Gating.learning(model).map(Learning::of).orElseGet(() -> Learning.of(model));
  }

  private static Tuned run(
      Model start,
      Optional<Model> parent,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path checkpoint,
      Progress progress) {
    Learning learning = learning(start).from(parent.map(Model::network));
    TrainingResult result =
        Trainer.train(
            start.network(),
            learning,
            start.spec().input(),
            train,
            val,
            recipe,
            checkpoint,
            progress);
    ModelSpec spec = start.spec();
    Map<String, String> facts = new TreeMap<>(spec.provenance());
    facts.putAll(facts(learning, result, train, val, recipe));
    parent
        .filter(p -> recipe.distillation().isPresent())
        .ifPresent(p -> facts.put("distilled-from", p.spec().name()));
    return new Tuned(new Model(spec.withProvenance(facts), result.best()), result);
  }

  /** What a model's facts say of a training. */
  static Map<String, String> facts(
      Learning learning, TrainingResult result, Dataset train, Dataset val, TrainingRecipe recipe) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("dataset", train.name());
    facts.put("trained-on", train.split() + ", " + train.ids().size() + " frames");
    facts.put("train-digest", train.digest());
    boolean chosen = result.history().stream().filter(e -> e.value().isPresent()).count() > 1;
    facts.put(
        "chosen-on",
        chosen ? val.split() + ", " + val.ids().size() + " frames" : "nothing: the last epoch's");
    facts.put("epochs", Integer.toString(result.history().size()));
    facts.put("best-epoch", Integer.toString(result.epoch()));
    facts.putAll(learning.task().facts(train, recipe));
    facts.putAll(result.val().facts());
    facts.put("seed", Long.toString(recipe.seed()));
    facts.put("recipe", recipe.text());
    return facts;
  }
}
