package io.drivemark.eval.runner;

import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.runner.accuracy.AccuracyStage;
import io.drivemark.eval.runner.accuracy.EntryForm;
import io.drivemark.eval.runner.accuracy.Method;
import io.drivemark.eval.runner.derive.Differences;
import io.drivemark.eval.runner.derive.RobustDifferences;
import io.drivemark.eval.runner.derive.cue.CueViews;
import io.drivemark.eval.runner.derive.driving.Drivings;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.OutputPlaces;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.robust.RobustnessStage;
import io.drivemark.eval.runner.shard.ShardMerge;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.EarlierCells;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.eval.runner.timing.LatencyStage;
import io.drivemark.eval.runner.timing.OperatorSweep;
import io.drivemark.eval.runner.timing.soak.SoakStage;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.eval.runner.variant.Variants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a study: variants are made first, then every cell's accuracy, one after the other, then the
 * speed of each dataset's cells against each other, rotation by rotation. A finished cell is kept
 * at once below {@code OUT/cells}; the same study into the same folder continues where it was
 * killed and gives the same accuracy bit for bit. At the end {@code OUT/results.json} is written.
 *
 * <p>What cannot be used at all (a wrong name, classes that do not fit) stops the run before it
 * starts. A damaged frame, a missing engine, a network an engine cannot run are issues of their
 * entries, and the rest goes on.
 */
public final class Runner {
  private final Study study;
  private final Path out;
  private final Progress progress;
  private final Sources sources;
  private final Optional<LatencyProtocol> latency;
  private final Method method;
  private final CellStore store;
  private final Allowance allowance;
  private final Supplier<Instant> now;
  private EarlierCells earlier = EarlierCells.NONE;

  public Runner(Study study, Path out, Progress progress, Sources sources) {
    this(study, out, progress, sources, Allowance.UNLIMITED, Instant::now);
  }

  /**
   * @param allowance asked before each cell and each rotation; what it refuses is an issue of the
   *     cells
   * @param now the time of day, for the record
   */
  public Runner(
      Study study,
      Path out,
      Progress progress,
      Sources sources,
      Allowance allowance,
      Supplier<Instant> now) {
    this.allowance = allowance;
    this.now = now;
    this.study = study.withThreads(Runtime.getRuntime().availableProcessors());
    this.out = out;
    this.progress = progress;
    this.sources = sources;
    this.latency = study.latency().map(l -> LatencyProtocol.of(l.runs(), study.seed()));
    this.method = new Method(latency, study.latency().map(LatencySpec::group).orElse(0));
    this.store = new CellStore(out);
  }

  /**
   * Runs a study.
   *
   * @param out folder for the cells and the results; created where it is not there
   * @throws BadInputException if the study names something that cannot be used, with all such
   *     problems at once, or a cell found in the folder contradicts itself
   * @throws UnavailableException if the folder cannot be written
   */
  public static StudyResult run(Study study, Path out, Progress progress) {
    return new Runner(study, out, progress, Sources.installed()).run();
  }

  /**
   * Decides what the variants of a study lose and makes none, to be made later by {@link
   * #makeVariants} or {@link #run} into the same folder.
   *
   * @return what cannot be reached, in words
   * @throws BadInputException as {@link #run}
   */
  public static List<String> planVariants(Study study, Path out, Progress progress) {
    return new Runner(study, out, progress, Sources.installed())
        .withVariants(Variants::plan)
        .orElse(List.of());
  }

  /**
   * Makes the variants of a study and measures nothing, to be measured later by {@link #run} into
   * the same folder.
   *
   * @throws BadInputException as {@link #run}
   */
  public static MadeVariants makeVariants(Study study, Path out, Progress progress) {
    return new Runner(study, out, progress, Sources.installed())
        .withVariants(Variants::make)
        .orElse(MadeVariants.NONE);
  }

  /**
   * Opens what a study names, for {@link #run(Plan)}: what cannot be used is found before anything
   * is begun, and all of it is opened once.
   *
   * @param study makes no variants
   * @param out where it will run, or where the folder of its run will be made
   * @throws BadInputException as {@link #run}
   */
  public static Plan planned(Study study, Path out, Sources sources) {
    return new Runner(study, out, Progress.NONE, sources).checked();
  }

  private <T> Optional<T> withVariants(Function<Variants, T> stage) {
    Optional<Variants> variants = variants();
    checked();
    try (Closer open = new Closer()) {
      open.add(RunLock.take(out));
      return variants.map(stage);
    }
  }

  /** What is there before variants are made; opened first, so that mistakes are found at once. */
  private Plan checked() {
    Plan existing = Plan.of(study, List.of(), sources);
    require(existing);
    return existing;
  }

  private void require(Plan existing) {
    OutputPlaces.requireApart(study, out);
    study
        .robustness()
        .ifPresent(
            spec ->
                RobustnessStage.requireConditions(
                    spec,
                    existing.cells().stream()
                        .filter(Cell::corrupted)
                        .map(Cell::dataset)
                        .distinct()
                        .toList()));
  }

  private Optional<Variants> variants() {
    return Variants.of(
        study,
        out,
        sources.datasets(),
        sources.models(),
        Machine.environment(Map.of()).fingerprint(),
        progress);
  }

  /** Lets accuracy be taken over from earlier runs where nothing that it depends on changed. */
  public Runner takingOver(EarlierCells cells) {
    earlier = cells;
    return this;
  }

  /** Runs the study. */
  public StudyResult run() {
    Instant started = now.get().truncatedTo(ChronoUnit.SECONDS);
    return opened((plan, variants) -> finished(started, plan, variants, new Ledger(store)));
  }

  /** Makes the variants and does something with all that is opened, alone in the folder. */
  <T> T opened(BiFunction<Plan, MadeVariants, T> work) {
    Optional<Variants> wanted = variants();
    return opened(wanted, checked(), work);
  }

  /**
   * Runs the study with what was opened before.
   *
   * @param opened by {@link #planned} of the same study; how speed is measured may differ
   * @throws IllegalArgumentException if the study makes variants
   */
  public StudyResult run(Plan opened) {
    if (study.prune().isPresent()) {
      throw new IllegalArgumentException("variants are made by a run that opens its study itself");
    }
    Instant started = now.get().truncatedTo(ChronoUnit.SECONDS);
    require(opened);
    return opened(
        Optional.empty(),
        opened,
        (plan, variants) -> finished(started, plan, variants, new Ledger(store)));
  }

  private <T> T opened(
      Optional<Variants> wanted, Plan existing, BiFunction<Plan, MadeVariants, T> work) {
    try (Closer open = new Closer()) {
      open.add(RunLock.take(out));
      store.clean();
      MadeVariants variants = wanted.map(Variants::make).orElse(MadeVariants.NONE);
      return work.apply(
          variants.models().isEmpty() ? existing : Plan.of(study, variants.models(), sources),
          variants);
    }
  }

  /** Measures what the ledger does not have yet, and writes the results. */
  private StudyResult finished(Instant started, Plan plan, MadeVariants variants, Ledger ledger) {
    Environment environment = Machine.environment(libraries(plan));
    measure(plan, environment, ledger);
    List<Entry> all = CellEntries.of(plan, study, method, ledger);
    all =
        RobustDifferences.added(
            Drivings.added(Differences.added(all, out), study.driving(), out), out);
    all = CueViews.added(all, out);
    StudyResult result =
        new StudyResult(
            started,
            now.get().truncatedTo(ChronoUnit.SECONDS),
            study.toYaml(),
            environment.withLoadAfter(Machine.load()),
            all,
            Findings.of(study, variants.issues(), all));
    ResultsJson.write(out.resolve(RunStore.RESULTS), result);
    return result;
  }

  /**
   * Puts cells together from what workers wrote, and goes on as {@link #run} where all of them are
   * whole and agree.
   *
   * @param made the variants, as workers read them
   */
  MergedRun merge(WorkList list, MadeVariants made) {
    Instant started = now.get().truncatedTo(ChronoUnit.SECONDS);
    Plan plan = Plan.of(study, made.models(), sources);
    require(plan);
    try (Closer open = new Closer()) {
      open.add(RunLock.take(out));
      store.clean();
      Ledger ledger = new Ledger(store);
      ShardMerge.Outcome outcome =
          new ShardMerge(out, list).into(plan.cells(), ledger, at -> accuracy(ledger, at));
      boolean whole = outcome.disagreements().isEmpty() && outcome.missing().isEmpty();
      return new MergedRun(
          outcome, whole ? Optional.of(finished(started, plan, made, ledger)) : Optional.empty());
    }
  }

  private AccuracyStage accuracy(Ledger ledger, Environment environment) {
    return new AccuracyStage(
        ledger, new EntryForm(method), environment, progress, allowance, earlier);
  }

  private void measure(Plan plan, Environment environment, Ledger ledger) {
    accuracy(ledger, environment).measure(plan.cells());
    study
        .robustness()
        .ifPresent(
            spec -> new RobustnessStage(spec, ledger, progress, allowance).measure(plan.cells()));
    if (latency.isPresent()) {
      LatencyStage stage =
          new LatencyStage(
              ledger,
              latency.get(),
              method.sessions(),
              environment.fingerprint(),
              sources.clock(),
              progress,
              allowance);
      plan.groups().forEach(stage::measure);
      study
          .driving()
          .ifPresent(
              spec ->
                  new SoakStage(
                          spec,
                          ledger,
                          out,
                          environment.fingerprint(),
                          sources.clock(),
                          progress,
                          allowance)
                      .measure(plan.cells()));
    }
    if (study.latency().filter(LatencySpec::operators).isPresent()) {
      new OperatorSweep(ledger, progress).measure(plan.cells());
    }
  }

  /** The engines of a plan, with their versions. */
  static Map<String, String> libraries(Plan plan) {
    Map<String, String> out = new TreeMap<>();
    for (Cell cell : plan.cells()) {
      cell.engineVersion().ifPresent(version -> out.put(cell.engine().name(), version));
    }
    return out;
  }
}
