package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.JointMaker;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.JointTask;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.Optional;

/**
 * Makes smaller models by joint masks: the masks of one request are learned once, for the variant
 * that is as they leave it and the one that is tuned. Not thread-safe.
 */
final class Masks {
  private final Workshop workshop;
  private final VariantStore store;
  private final LatencyTables tables;

  Masks(Workshop workshop, VariantStore store, LatencyTables tables) {
    this.workshop = workshop;
    this.store = store;
    this.tables = tables;
  }

  /**
   * Refuses a variant that would not learn what it is called by.
   *
   * @param recipe of the study's fine-tuning
   */
  static void require(String name, VariantSpec.Joint joint, Optional<TrainingRecipe> recipe) {
    if (recipe.isEmpty()) {
      throw new BadInputException(
          "prune: "
              + name
              + " has masks that learn in training: give finetune epochs, {epochs: 10} say");
    }
    if (joint.tuned() && new JointTask(joint.request(), recipe.get()).tuningEpochs() == 0) {
      throw new BadInputException(
          "prune: "
              + name
              + " would not be tuned: its masks learn in all "
              + recipe.get().epochs()
              + " epochs; give fewer mask-epochs, or row: masked");
    }
  }

  /** What masks depend on besides parent and frames, line by line. */
  static String request(JointRequest request, TrainingRecipe recipe) {
    return String.join(
        "\n",
        "plan=drivemark-joint-request/1",
        "amount=" + request.amount(),
        "penalty=" + request.penalty().key(),
        "unit=" + request.unit(),
        "sites=" + request.sites().key(),
        "recipe=" + new JointTask(request, recipe).learning().digest(),
        "seed=" + request.seed(),
        "");
  }

  /** Refuses what cannot be reached, before anything is trained. */
  void plan(VariantJob job, VariantSpec.Joint joint, Progress progress) {
    if (store.masks(job).isEmpty()) {
      maker(job, joint, progress).requireReachable();
    }
  }

  /** What masks leave. */
  Model start(VariantJob job, VariantSpec.Joint joint, Progress progress) {
    return store
        .masks(job)
        .orElseGet(
            () ->
                store.keepMasks(
                    job, maker(job, joint, progress).start(store.masksCheckpoint(job))));
  }

  /** Tunes what {@link #start} gave, where that was asked for. */
  FineTuning.Finished finish(
      VariantJob job, VariantSpec.Joint joint, Model start, Progress progress) {
    return joint.tuned()
        ? maker(job, joint, progress).finish(start, store.checkpoint(job))
        : new FineTuning.Finished(start.forInference(), Optional.empty());
  }

  private JointMaker maker(VariantJob job, VariantSpec.Joint joint, Progress progress) {
    Model parent = job.parentAtSize();
    TrainingRecipe recipe = job.recipe().orElseThrow();
    return new JointMaker(
        new JointTask(joint.request(), recipe),
        new VariantMaker.Setting(
            parent,
            job.parentDigest(),
            workshop.train(),
            workshop.val(),
            new CalibrationSet(workshop.train(), parent.spec(), workshop.calibrationFrames()),
            tables,
            Optional.empty(),
            recipe.threads()),
        progress);
  }
}
