package io.drivemark.architectures.variant;

import io.drivemark.architectures.latency.AlignedWidths;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.architectures.training.LearnableModel;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a smaller model of a parent, on the one path that the command line and studies take: {@link
 * #decide} plans, {@link #start} applies the plan, measures the normalisation anew and describes
 * the result, {@link #finish} trains it. Each step may be left out where an earlier call has kept
 * what it gives. Not thread-safe.
 *
 * <pre>{@code
 * VariantMaker maker = new VariantMaker(task, setting, progress);
 * VariantMaker.Start start = maker.start(maker.decide());
 * Model small = maker.finish(start.model(), checkpoint).model();
 * }</pre>
 */
public final class VariantMaker {
  /** The fact that says what was measured to choose the multiple of widths. */
  public static final String WIDTHS = "widths";

  /** The fact that says how long a model was trained after each round but the last. */
  public static final String ROUND_EPOCHS = "round-epochs";

  /**
   * What a variant is made from and with. Immutable.
   *
   * @param parent with the size of images it is pruned for
   * @param parentDigest digest of the parent as it was loaded, with its own size
   * @param train the frames that criteria, normalisation and training look at
   * @param val the frames a training evaluates on
   * @param frames those of {@code train} for criteria and normalisation
   * @param tables where measured times of pieces of networks are kept
   * @param rounds a folder that keeps the plans of rounds and how far a training between two of
   *     them is, so that the same call goes on; where nothing is kept, all is made anew. Needed
   *     where there is training between rounds
   * @param threads of the operators that measure the normalisation
   */
  public record Setting(
      Model parent,
      String parentDigest,
      Dataset train,
      Dataset val,
      CalibrationSet frames,
      LatencyTables tables,
      Optional<Path> rounds,
      int threads) {
    public Setting {
      Objects.requireNonNull(parent, "parent");
      Objects.requireNonNull(parentDigest, "parentDigest");
      Objects.requireNonNull(train, "train");
      Objects.requireNonNull(val, "val");
      Objects.requireNonNull(frames, "frames");
      Objects.requireNonNull(tables, "tables");
      Objects.requireNonNull(rounds, "rounds");
    }
  }

  /**
   * What a training starts from.
   *
   * @param plan what was removed from the parent
   */
  public record Start(Model model, PruningPlan plan) {}

  /** A request with the widths that its engine likes, and what was measured to know them. */
  private record Aligned(PruneRequest request, Map<String, String> evidence) {}

  private final PruneTask task;
  private final Setting setting;
  private final Progress progress;
  private Aligned aligned;

  /**
   * A way from a parent to a smaller model; nothing is done yet.
   *
   * @throws BadInputException if nothing of the parent can be pruned
   */
  public VariantMaker(PruneTask task, Setting setting, Progress progress) {
    this.task = task;
    this.setting = setting;
    this.progress = progress;
    requirePrunable(setting.parent());
  }

  /**
   * Refuses a parent that has a foreign operator where its normalisation must be measured anew.
   *
   * @throws BadInputException if it has; the message names the operator
   */
  public static void requirePrunable(Model parent) {
    Obstacle.requirePrunable(parent.network());
  }

  /**
   * Refuses a parent that cannot be scored and trained on a dataset.
   *
   * @param reference how the user calls it
   * @throws BadInputException if its outputs are not logits of the dataset's classes
   */
  public static void requireUsable(String reference, Model parent, Dataset train) {
    LearnableModel.require(reference, parent.spec(), train, "scores and fine-tuning need logits");
  }

  /**
   * Decides what goes, as far as that can be known before any training.
   *
   * @return empty where later rounds go by what training between them learns; the first is planned
   *     and kept then
   * @throws BadInputException if the request cannot be met; the message has the nearest that can
   */
  public Optional<PruningPlan> decide() {
    if (task.removal() instanceof PruneTask.Decided decided) {
      return Optional.of(decided.plan());
    }
    PruneTask.Decide decide = (PruneTask.Decide) task.removal();
    IterativePruning pruning = pruning(decide);
    if (decide.approach().trainsBetween()) {
      pruning.begin();
      return Optional.empty();
    }
    PruningPlan plan = pruning.plan();
    Map<String, String> evidence = new TreeMap<>(plan.evidence());
    evidence.putAll(aligned(decide).evidence());
    return Optional.of(plan.with(plan.goal(), evidence));
  }

  /** What was measured to choose the multiple of widths; empty if nothing was. */
  public Optional<String> widths() {
    return task.removal() instanceof PruneTask.Decide decide
        ? Optional.ofNullable(aligned(decide).evidence().get(WIDTHS))
        : Optional.empty();
  }

  /**
   * The smaller model before it is trained.
   *
   * @param decided what {@link #decide} gave
   * @throws BadInputException if the plan is for another network, or a later round cannot be met
   */
  public Start start(Optional<PruningPlan> decided) {
    Map<String, String> facts = new TreeMap<>();
    Start cut;
    if (task.removal() instanceof PruneTask.Decide decide) {
      PruneApproach approach = decide.approach();
      if (approach.trainsBetween()) {
        IterativePruning.Pruned pruned = pruning(decide).run();
        cut = new Start(pruned.model(), pruned.plan());
        facts.putAll(aligned(decide).evidence());
        facts.put(ROUND_EPOCHS, Integer.toString(approach.roundEpochs()));
      } else {
        cut = applied(decided.orElseThrow());
      }
      if (approach.rounds() > 1) {
        facts.put(IterativePruning.ROUNDS, Integer.toString(approach.rounds()));
      }
    } else {
      cut = applied(decided.orElseThrow());
    }
    Model from =
        task.fromScratch() ? FineTuning.fromScratch(cut.model(), task.seed()) : cut.model();
    from.spec().provenance().forEach(facts::putIfAbsent);
    facts.put("parent-digest", setting.parentDigest());
    return new Start(new Model(from.spec().withProvenance(facts), from.network()), cut.plan());
  }

  /**
   * Trains what {@link #start} gave, if it is to be trained, and makes it ready to be used.
   *
   * @param checkpoint file that holds the state after each epoch; the same call goes on from it
   */
  public FineTuning.Finished finish(Model start, Path checkpoint) {
    return FineTuning.finish(
        start,
        Optional.of(setting.parent()),
        setting.train(),
        setting.val(),
        task.recipe(),
        checkpoint,
        progress);
  }

  private Start applied(PruningPlan plan) {
    return new Start(
        Pruner.apply(setting.parent(), plan, setting.frames(), setting.threads(), progress), plan);
  }

  private Aligned aligned(PruneTask.Decide decide) {
    if (aligned == null) {
      aligned =
          decide
              .approach()
              .alignedFor()
              .map(
                  engine -> {
                    AlignedWidths widths =
                        AlignedWidths.of(
                            setting.parent().network(),
                            setting.frames().height(),
                            setting.frames().width(),
                            setting.tables().open(engine),
                            progress);
                    return new Aligned(
                        decide.request().withMultiple(widths.multiple()),
                        Map.of(WIDTHS, widths.toString()));
                  })
              .orElseGet(() -> new Aligned(decide.request(), Map.of()));
    }
    return aligned;
  }

  private IterativePruning pruning(PruneTask.Decide decide) {
    int count = decide.approach().rounds();
    Rounds rounds =
        task.between()
            .map(
                recipe ->
                    FineTuning.between(
                        count,
                        setting.parent(),
                        setting.train(),
                        setting.val(),
                        recipe,
                        setting.rounds().orElseThrow(),
                        progress))
            .orElseGet(() -> new Rounds(count, setting.rounds(), Rounds.Between.NOTHING));
    return new IterativePruning(
        setting.parent(),
        aligned(decide).request(),
        rounds,
        setting.frames(),
        setting.tables(),
        setting.threads(),
        progress);
  }
}
