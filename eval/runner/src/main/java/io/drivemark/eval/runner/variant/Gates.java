package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.GateMaker;
import io.drivemark.architectures.variant.GatePlan;
import io.drivemark.architectures.variant.GateTask;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes parents dynamic: estimates first, and with them the ratios, then one model after the other.
 * Not thread-safe.
 */
final class Gates {
  private final Workshop workshop;
  private final VariantStore store;
  private final LatencyTables tables;

  Gates(Workshop workshop, VariantStore store, LatencyTables tables) {
    this.workshop = workshop;
    this.store = store;
    this.tables = tables;
  }

  /** Decides on a ratio, once, and keeps the estimate it rests on. */
  void plan(VariantJob job, VariantSpec.Gated gated, Progress progress) {
    if (store.gatePlan(job).isEmpty()) {
      GateMaker maker = maker(job, gated, progress);
      GatePlan plan = maker.plan();
      List<Double> ratios =
          Stream.concat(GateEstimator.RATIOS.stream(), Stream.of(plan.ratio())).distinct().toList();
      store.keepGatePlan(job, plan, maker.estimate(ratios));
    }
  }

  /** What the training of a variant starts from; called after {@link #plan}. */
  Model start(VariantJob job, VariantSpec.Gated gated, Progress progress) {
    return maker(job, gated, progress).start(store.gatePlan(job).orElseThrow());
  }

  /** Trains what {@link #start} gave. */
  FineTuning.Finished finish(
      VariantJob job, VariantSpec.Gated gated, Model start, Progress progress) {
    return maker(job, gated, progress).finish(start, store.checkpoint(job));
  }

  private GateMaker maker(VariantJob job, VariantSpec.Gated gated, Progress progress) {
    Model parent = job.parentAtSize();
    return new GateMaker(
        new GateTask(gated.request(), job.recipe()),
        new VariantMaker.Setting(
            parent,
            job.parentDigest(),
            workshop.train(),
            workshop.val(),
            new CalibrationSet(
                workshop.train(), parent.spec().input(), workshop.calibrationFrames()),
            tables,
            Optional.empty(),
            job.recipe()
                .map(TrainingRecipe::threads)
                .orElse(Runtime.getRuntime().availableProcessors())),
        progress);
  }
}
