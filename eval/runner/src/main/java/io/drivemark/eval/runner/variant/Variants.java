package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes the variants of a study, each once: first all plans, so that what cannot be reached is
 * known early, then one model after the other. A finished one is read; a training that was killed
 * goes on from its checkpoint and, on one thread, ends with the weights of an undisturbed one. Not
 * thread-safe; one folder at a time.
 */
public final class Variants {
  private final Workshop workshop;
  private final VariantStore store;
  private final Removal removal;
  private final Gates gates;
  private final Masks masks;
  private final Progress progress;
  private final Map<VariantJob, String> refused = new HashMap<>();

  private Variants(Workshop workshop, Path out, LatencyTables tables, Progress progress) {
    this.workshop = workshop;
    this.store = new VariantStore(out);
    this.removal = new Removal(workshop, store, tables);
    this.gates = new Gates(workshop, store, tables);
    this.masks = new Masks(workshop, store, tables);
    this.progress = progress;
  }

  /**
   * Opens what the variants of a study name; makes nothing.
   *
   * @param out the study's folder; variants lie in {@code OUT/variants}
   * @param datasets opens a dataset
   * @param models loads a model by name or path
   * @param machine fingerprint of the environment that latencies are measured in
   * @return empty if the study has none
   * @throws BadInputException if something the study names cannot be used, with all problems at
   *     once
   */
  public static Optional<Variants> of(
      Study study,
      Path out,
      Function<DatasetRequest, Dataset> datasets,
      Function<String, Model> models,
      String machine,
      Progress progress) {
    if (study.prune().isEmpty()) {
      return Optional.empty();
    }
    LatencyTables tables =
        LatencyTables.in(out.resolve(VariantStore.FOLDER).resolve("latency"), machine);
    return Optional.of(new Variants(Workshop.open(study, datasets, models), out, tables, progress));
  }

  /**
   * Decides what the variants lose that are not made yet.
   *
   * @return what cannot be reached, a sentence each that begins with the variant's name
   */
  public List<String> plan() {
    List<VariantJob> open = open();
    plan(open, new StageProgress(progress, open.size()));
    return issues();
  }

  /** Makes the variants, or reads those that are there already. */
  public MadeVariants make() {
    List<VariantJob> open = open();
    StageProgress stage = new StageProgress(progress, open.size());
    plan(open, stage);
    for (VariantJob job : open) {
      stage.making(job.name());
      if (!refused.containsKey(job)) {
        attempt(job, () -> produce(job, stage));
      }
      stage.made();
    }
    List<Model> models = new ArrayList<>();
    for (VariantJob job : workshop.jobs()) {
      if (!refused.containsKey(job)) {
        models.add(store.finished(job).orElseThrow());
      }
    }
    return new MadeVariants(models, issues());
  }

  private List<VariantJob> open() {
    return workshop.jobs().stream().filter(job -> store.finished(job).isEmpty()).toList();
  }

  private void plan(List<VariantJob> open, StageProgress stage) {
    for (VariantJob job : open) {
      stage.planning(job.name());
      attempt(job, () -> plan(job, stage));
    }
  }

  private List<String> issues() {
    return workshop.jobs().stream()
        .filter(refused::containsKey)
        .map(job -> job.name() + " was not made: " + refused.get(job))
        .toList();
  }

  private void attempt(VariantJob job, Runnable step) {
    try {
      step.run();
    } catch (BadInputException | EngineFailure e) {
      refused.put(job, e.getMessage());
    }
  }

  /** Decides what goes, unless that is decided or nothing goes. */
  private void plan(VariantJob job, Progress progress) {
    if (job.spec() instanceof VariantSpec.Pruned pruned && store.start(job).isEmpty()) {
      removal.plan(job, pruned, progress);
    }
    if (job.spec() instanceof VariantSpec.Gated gated && store.start(job).isEmpty()) {
      gates.plan(job, gated, progress);
    }
    if (job.spec() instanceof VariantSpec.Joint joint && store.start(job).isEmpty()) {
      masks.plan(job, joint, progress);
    }
  }

  private void produce(VariantJob job, Progress progress) {
    Model start = store.start(job).orElseGet(() -> store.keepStart(job, start(job, progress)));
    store.keep(job, finished(job, start, progress).model());
  }

  private FineTuning.Finished finished(VariantJob job, Model start, Progress progress) {
    if (job.spec() instanceof VariantSpec.Gated gated) {
      return gates.finish(job, gated, start, progress);
    }
    if (job.spec() instanceof VariantSpec.Joint joint) {
      return masks.finish(job, joint, start, progress);
    }
    return FineTuning.finish(
        start,
        job.parent(),
        workshop.train(),
        workshop.val(),
        job.recipe(),
        store.checkpoint(job),
        progress);
  }

  private Model start(VariantJob job, Progress progress) {
    if (job.spec() instanceof VariantSpec.Trained trained) {
      return random(trained, job);
    }
    if (job.spec() instanceof VariantSpec.Pruned pruned) {
      return removal.start(job, pruned, progress);
    }
    if (job.spec() instanceof VariantSpec.Gated gated) {
      return gates.start(job, gated, progress);
    }
    if (job.spec() instanceof VariantSpec.Joint joint) {
      return masks.start(job, joint, progress);
    }
    Model parent = job.parentAtSize();
    Map<String, String> facts = new TreeMap<>();
    parent.spec().provenance().forEach((key, value) -> facts.put("parent." + key, value));
    facts.put("parent-digest", job.parentDigest());
    facts.put("start", "weights of " + parent.spec().name());
    Model bare = new Model(parent.spec().withProvenance(Map.of()), parent.network());
    return with(
        bare,
        new ModelSpec.Variant(
            ModelSpec.Variant.DENSE.technique(),
            Optional.of(parent.spec().name()),
            Optional.empty()),
        facts);
  }

  private static Model with(Model model, ModelSpec.Variant variant, Map<String, String> added) {
    Map<String, String> facts = new TreeMap<>(model.spec().provenance());
    facts.putAll(added);
    return new Model(model.spec().withVariant(variant).withProvenance(facts), model.network());
  }

  private Model random(VariantSpec.Trained trained, VariantJob job) {
    Model model =
        Models.untrained(
            job.name(),
            trained.architecture(),
            trained.options(),
            workshop.train().labels(),
            trained.seed());
    return new Model(
        model
            .spec()
            .withSize(job.size())
            .withProvenance(Map.of("start", "random weights, seed " + trained.seed())),
        model.network());
  }
}
