package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.latency.AlignedWidths;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.architectures.variant.IterativePruning;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.architectures.variant.Pruner;
import io.drivemark.architectures.variant.Rounds;
import io.drivemark.eval.runner.study.PruneApproach;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /** A request with the widths that its engine likes, and what was measured to know them. */
  private record AlignedRequest(PruneRequest request, Map<String, String> evidence) {}

  /** Decides what goes, as far as that can be known before any training; once. */
  void plan(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    if (store.plan(job).isPresent()) {
      return;
    }
    AlignedRequest aligned = aligned(job, pruned, progress);
    PruneApproach approach = pruned.approach();
    if (approach.trainsBetween()) {
      inRounds(job, aligned, approach, progress).begin();
      return;
    }
    PruningPlan plan =
        approach.rounds() == 1
            ? Pruner.plan(job.parentAtSize(), aligned.request(), frames(job), tables, progress)
            : inRounds(job, aligned, approach, progress).run().plan();
    Map<String, String> evidence = new TreeMap<>(plan.evidence());
    evidence.putAll(aligned.evidence());
    store.keepPlan(job, plan.with(plan.goal(), evidence));
  }

  /** What the training of a variant starts from; called after {@link #plan}. */
  Model start(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    Map<String, String> facts = new TreeMap<>();
    Model small;
    if (pruned.approach().trainsBetween()) {
      AlignedRequest aligned = aligned(job, pruned, progress);
      small = inRounds(job, aligned, pruned.approach(), progress).run().model();
      facts.putAll(aligned.evidence());
      facts.put("round-epochs", Integer.toString(pruned.approach().roundEpochs()));
    } else {
      PruningPlan plan = store.plan(job).orElseThrow();
      small = Pruner.apply(job.parentAtSize(), plan, frames(job), threads(job), progress);
    }
    if (pruned.approach().rounds() > 1) {
      facts.put(IterativePruning.ROUNDS, Integer.toString(pruned.approach().rounds()));
    }
    Model from = pruned.fromScratch() ? FineTuning.fromScratch(small, job.spec().seed()) : small;
    from.spec().provenance().forEach(facts::putIfAbsent);
    facts.put("parent-digest", job.parentDigest());
    return new Model(from.spec().withProvenance(facts), from.network());
  }

  private AlignedRequest aligned(VariantJob job, VariantSpec.Pruned pruned, Progress progress) {
    Optional<EngineSetup> setup = pruned.approach().alignedFor();
    if (setup.isEmpty()) {
      return new AlignedRequest(pruned.request(), Map.of());
    }
    AlignedWidths aligned =
        AlignedWidths.of(
            job.parentAtSize().network(),
            job.size().height(),
            job.size().width(),
            tables.open(setup.get()),
            progress);
    return new AlignedRequest(
        pruned.request().withMultiple(aligned.multiple()), Map.of("widths", aligned.toString()));
  }

  private IterativePruning inRounds(
      VariantJob job, AlignedRequest aligned, PruneApproach approach, Progress progress) {
    Model parent = job.parentAtSize();
    Rounds rounds =
        approach.trainsBetween()
            ? FineTuning.between(
                approach.rounds(),
                parent,
                workshop.train(),
                workshop.val(),
                job.roundRecipe().orElseThrow(),
                store.rounds(job),
                progress)
            : new Rounds(approach.rounds(), Optional.empty(), Rounds.Between.NOTHING);
    return new IterativePruning(
        parent, aligned.request(), rounds, frames(job), tables, threads(job), progress);
  }

  private static int threads(VariantJob job) {
    return job.recipe()
        .map(TrainingRecipe::threads)
        .orElse(Runtime.getRuntime().availableProcessors());
  }

  private CalibrationSet frames(VariantJob job) {
    return new CalibrationSet(
        workshop.train(), job.parentAtSize().spec().input(), workshop.calibrationFrames());
  }
}
