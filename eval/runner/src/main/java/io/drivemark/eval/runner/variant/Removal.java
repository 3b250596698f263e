package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.PruneTask;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes filters and layers out of parents: all plans first, and what the rounds between trainings
 * remove when it is known what was learned. Not thread-safe.
 */
final class Removal {
  private final Workshop workshop;
  private final VariantStore store;
  private final LatencyTables tables;

  Removal(Workshop workshop, VariantStore store, LatencyTables tables) {
    this.workshop = workshop;
    this.store = store;
    this.tables = tables;
  }

  /** Decides what goes, as far as that can be known before any training; once. */
  void plan(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    if (store.plan(job).isEmpty()) {
      maker(job, pruned, progress).decide().ifPresent(plan -> store.keepPlan(job, plan));
    }
  }

  /** What the training of a variant starts from; called after {@link #plan}. */
  Model start(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    return maker(job, pruned, progress).start(store.plan(job)).model();
  }

  private VariantMaker maker(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    PruneTask task =
        new PruneTask(
            new PruneTask.Decide(pruned.request(), pruned.approach()),
            job.roundRecipe(),
            pruned.fromScratch(),
            job.spec().seed(),
            job.recipe());
    Model parent = job.parentAtSize();
    Optional<Path> rounds =
        pruned.approach().trainsBetween() ? Optional.of(store.rounds(job)) : Optional.empty();
    return new VariantMaker(
        task,
        new VariantMaker.Setting(
            parent,
            job.parentDigest(),
            workshop.train(),
            workshop.val(),
            new CalibrationSet(workshop.train(), parent.spec(), workshop.calibrationFrames()),
            tables,
            rounds,
            threads(job)),
        progress);
  }

  private static int threads(VariantJob job) {
    return job.recipe()
        .map(TrainingRecipe::threads)
        .orElse(Runtime.getRuntime().availableProcessors());
  }
}
