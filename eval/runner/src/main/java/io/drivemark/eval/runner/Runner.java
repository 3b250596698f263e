package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.OperatorTime;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.ResultsJson;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.eval.runner.variant.Variants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runs a study: variants are made first, then every cell's accuracy, one after the other, then the
 * speed of each dataset's cells against each other. A finished cell is kept at once below {@code
 * OUT/cells}; the same study into the same folder continues where it was killed and gives the same
 * accuracy bit for bit. At the end {@code OUT/results.json} is written.
 *
 * <p>What cannot be used at all (a wrong name, classes that do not fit) stops the run before it
 * starts. A damaged frame, a missing engine, a network an engine cannot run are issues of their
 * entries, and the rest goes on.
 */
public final class Runner {
  /** The file with the results, below the output folder. */
  public static final String RESULTS = "results.json";

  private final Study study;
  private final Path out;
  private final Progress progress;
  private final Sources sources;
  private final Optional<LatencyProtocol> latency;
  private final CellStore store;
  private final Map<Cell, Entry> entries = new IdentityHashMap<>();
  private final Map<Cell, CellStore.Stored> stored = new IdentityHashMap<>();

  Runner(Study study, Path out, Progress progress, Sources sources) {
    this.study = study.withThreads(Runtime.getRuntime().availableProcessors());
    this.out = out;
    this.progress = progress;
    this.sources = sources;
    this.latency = study.latency().map(l -> LatencyProtocol.of(l.runs(), study.seed()));
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

  private <T> Optional<T> withVariants(Function<Variants, T> stage) {
    Optional<Variants> variants = variants();
    known();
    RunLock lock = RunLock.take(out);
    try {
      return variants.map(stage);
    } finally {
      lock.close();
    }
  }

  /** What is there before variants are made; opened first, so that mistakes are found at once. */
  private Plan known() {
    return Plan.of(study, List.of(), sources);
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

  StudyResult run() {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Optional<Variants> wanted = variants();
    Plan known = known();
    RunLock lock = RunLock.take(out);
    try {
      store.clean();
      MadeVariants variants = wanted.map(Variants::make).orElse(MadeVariants.NONE);
      Plan plan = variants.models().isEmpty() ? known : Plan.of(study, variants.models(), sources);
      Environment environment = Machine.environment(libraries(plan));
      measureAccuracy(plan, environment);
      if (latency.isPresent()) {
        for (List<Cell> group : plan.groups()) {
          measureSpeed(group, latency.get(), environment.fingerprint());
        }
      }
      if (study.latency().filter(LatencySpec::operators).isPresent()) {
        measureOperators(plan.cells());
      }
      List<Entry> all =
          plan.cells().stream()
              .map(
                  cell ->
                      entries
                          .get(cell)
                          .withModel(cell.modelFacts())
                          .withMethod(Method.of(cell, latency)))
              .toList();
      all = Differences.added(all, out);
      StudyResult result =
          new StudyResult(
              started,
              Instant.now().truncatedTo(ChronoUnit.SECONDS),
              study.toYaml(),
              environment.withLoadAfter(Machine.load()),
              all,
              findings(variants, all));
      ResultsJson.write(out.resolve(RESULTS), result);
      return result;
    } finally {
      lock.close();
    }
  }

  private static Map<String, String> libraries(Plan plan) {
    Map<String, String> out = new TreeMap<>();
    for (Cell cell : plan.cells()) {
      cell.engineVersion().ifPresent(version -> out.put(cell.engine().name(), version));
    }
    return out;
  }

  private void measureAccuracy(Plan plan, Environment environment) {
    List<Cell> open = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      if (cell.availability() instanceof Availability.Missing missing) {
        entries.put(
            cell,
            unmeasured(
                cell,
                "engine "
                    + cell.engine().name()
                    + " cannot run here: "
                    + missing.reason()
                    + "; "
                    + missing.remedy()));
      } else if (!reuse(cell)) {
        open.add(cell);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    progress.begin("accuracy", open.stream().mapToLong(c -> c.frames().count()).sum());
    long before = 0;
    for (Cell cell : open) {
      long frames = before;
      progress.step(frames, cell.title());
      before += cell.frames().count();
      if (!cell.trained()) {
        keepUntrained(cell, environment);
        continue;
      }
      AccuracyPass.Result result;
      KeptFrames kept = new KeptFrames(cell.protocol(), Gallery.choose(cell.frames().count()));
      try (InferencePipeline pipeline = cell.open()) {
        result =
            AccuracyPass.run(
                pipeline,
                cell.frames(),
                new FrameJudge(cell.dataset(), FrameJudge.Borders.IOU),
                kept::take,
                done -> progress.step(frames + done, cell.title()));
      } catch (BadInputException | UnavailableException e) {
        entries.put(cell, unmeasured(cell, e.getMessage()));
        continue;
      }
      keep(cell, result, kept, environment);
    }
    progress.end();
  }

  private boolean reuse(Cell cell) {
    Map<String, String> spec = cell.spec();
    String key = Cell.key(spec);
    Optional<CellStore.Stored> found = store.find(cell.folderName(key), key);
    found.ifPresent(
        f -> {
          stored.put(cell, f);
          entries.put(cell, f.entry().withSpeed(Optional.empty()));
        });
    return found.isPresent();
  }

  private void keep(
      Cell cell, AccuracyPass.Result result, KeptFrames kept, Environment environment) {
    if (result.counts().isEmpty()) {
      Entry entry = unmeasured(cell, "not one frame could be judged");
      for (String issue : result.issues()) {
        entry = entry.withIssue(issue);
      }
      entries.put(cell, entry);
      return;
    }
    Map<String, String> spec = cell.spec();
    String key = Cell.key(spec);
    String folder = cell.folderName(key);
    CellStore.Stored written =
        store.write(
            folder,
            key,
            spec,
            environment,
            path -> {
              CellStore.writeCounts(path, cell.dataset().labels(), result.counts());
              SheetFile.write(cell.sheet(), path);
              Diagnosis diagnosis = diagnosis(path, cell.dataset().labels(), result);
              return entry(
                  cell,
                  folder,
                  result,
                  Gallery.write(path, kept.chosen()),
                  diagnosis.withWorstFrames(Gallery.write(path, kept.worst())));
            });
    stored.put(cell, written);
    entries.put(cell, written.entry());
  }

  /** Writes the evidence of a diagnosis and draws it from that. */
  private static Diagnosis diagnosis(Path path, LabelSpace space, AccuracyPass.Result result) {
    Tallies tallies = Tallies.of(space, result.judged());
    tallies.write(path.resolve(Tallies.FILE));
    Optional<Map<String, InstanceCounts>> objects = ObjectEvidence.of(result.judged());
    objects.ifPresent(o -> ObjectEvidence.write(path.resolve(ObjectEvidence.FILE), o));
    return Diagnoses.of(
        space,
        List.copyOf(result.counts().values()),
        tallies,
        objects.map(o -> InstanceCounts.sum(o.values().iterator().next().rules(), o.values())));
  }

  /** Random weights: whether the network runs on a frame is all there is to see. */
  private void keepUntrained(Cell cell, Environment environment) {
    try (InferencePipeline pipeline = cell.open()) {
      pipeline.tryOut(cell.frames().firstReadable(1).get(0));
    } catch (BadInputException | UnavailableException e) {
      entries.put(cell, unmeasured(cell, e.getMessage()));
      return;
    }
    Map<String, String> spec = cell.spec();
    String key = Cell.key(spec);
    String folder = cell.folderName(key);
    Entry entry = nothing(cell, CellStore.FOLDER + "/" + folder, true, List.of());
    CellStore.Stored written =
        store.write(
            folder,
            key,
            spec,
            environment,
            path -> {
              SheetFile.write(cell.sheet(), path);
              return entry;
            });
    stored.put(cell, written);
    entries.put(cell, written.entry());
  }

  private Entry entry(
      Cell cell,
      String folder,
      AccuracyPass.Result result,
      List<Picture> pictures,
      Diagnosis diagnosis) {
    Protocol protocol = cell.protocol();
    List<ConfusionMatrix> counts = List.copyOf(result.counts().values());
    List<ImageScore> perImage =
        Accuracies.perImage(protocol, result.counts(), attributes(cell.dataset()));
    List<Map<String, String>> attributes = perImage.stream().map(ImageScore::attributes).toList();
    return new Entry(
        CellStore.FOLDER + "/" + folder,
        cell.modelFacts(),
        result.issues().isEmpty(),
        result.issues(),
        cell.engineFacts(),
        cell.datasetFacts(result.counts().size()),
        cell.input(),
        cell.protocolFacts(),
        Optional.of(Accuracies.of(protocol, cell.dataset().labels(), result.counts())),
        cost(cell),
        Optional.empty(),
        perImage,
        pictures,
        result.time(),
        Method.of(cell, latency),
        Reliability.confidence(protocol, counts, attributes),
        Reliability.sliceScores(protocol, counts, attributes),
        List.of(),
        Optional.of(diagnosis));
  }

  private static Map<String, Map<String, String>> attributes(Dataset dataset) {
    Map<String, Map<String, String>> out = new HashMap<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      out.put(dataset.ids().get(i), dataset.attributes(i));
    }
    return out;
  }

  private Entry unmeasured(Cell cell, String issue) {
    return nothing(cell, "", false, List.of(issue));
  }

  /** An entry without an accuracy. */
  private Entry nothing(Cell cell, String folder, boolean complete, List<String> issues) {
    return new Entry(
        folder,
        cell.modelFacts(),
        complete,
        issues,
        cell.engineFacts(),
        cell.datasetFacts(0),
        cell.input(),
        cell.protocolFacts(),
        Optional.empty(),
        cost(cell),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Method.of(cell, latency));
  }

  private static Optional<io.drivemark.eval.runner.record.Cost> cost(Cell cell) {
    Cost cost;
    try {
      cost = Cost.of(cell.model().network(), cell.input().height(), cell.input().width());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the network does not take this size, which the entry's issue says
    }
    OptionalLong exactMacs = cost.exact() ? OptionalLong.of(cost.macs()) : OptionalLong.empty();
    return Optional.of(
        new io.drivemark.eval.runner.record.Cost(
            cost.parameters(),
            exactMacs,
            OptionalLong.of(cost.macs()),
            cost.exact() ? OptionalLong.of(cost.activationBytes()) : OptionalLong.empty()));
  }

  private void measureSpeed(List<Cell> group, LatencyProtocol protocol, String fingerprint) {
    Map<String, Cell> open = new LinkedHashMap<>();
    for (Cell cell : group) {
      CellStore.Stored known = stored.get(cell);
      if (known == null) {
        continue; // there is an issue in its place
      }
      String key = LatencyStage.key(known.key(), fingerprint, protocol);
      if (known.latencyKey().equals(Optional.of(key))) {
        entries.put(cell, known.entry());
      } else {
        open.put(cell.folderName(known.key()), cell);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    Map<String, LatencyStage.Measured> measured;
    try {
      measured = LatencyStage.measure(open, protocol, fingerprint, sources.clock(), progress);
    } catch (BadInputException | UnavailableException e) {
      open.values()
          .forEach(
              cell ->
                  entries.put(
                      cell,
                      entries.get(cell).withIssue("latency not measured: " + e.getMessage())));
      return;
    }
    measured.forEach((folder, m) -> keep(open.get(folder), folder, m, protocol, fingerprint));
  }

  private void keep(
      Cell cell,
      String folder,
      LatencyStage.Measured measured,
      LatencyProtocol protocol,
      String fingerprint) {
    CellStore.Stored known = stored.get(cell);
    String key = LatencyStage.key(known.key(), fingerprint, protocol);
    CellStore.Stored with =
        store.addSpeed(folder, known, key, measured.timings(), measured.speed());
    stored.put(cell, with);
    entries.put(cell, with.entry());
  }

  /** Where the time goes in each measured cell whose engine can tell and that was not asked yet. */
  private void measureOperators(List<Cell> cells) {
    List<Cell> open =
        cells.stream()
            .filter(cell -> stored.containsKey(cell) && cell.engine().profiler().isPresent())
            .filter(
                cell -> entries.get(cell).speed().filter(s -> s.operators().isEmpty()).isPresent())
            .toList();
    progress.begin("operator times", open.size());
    for (int i = 0; i < open.size(); i++) {
      Cell cell = open.get(i);
      progress.step(i, cell.title());
      CellStore.Stored known = stored.get(cell);
      try {
        List<OperatorTime> times =
            OperatorStage.measure(
                cell.model(), cell.input(), cell.engine().profiler().orElseThrow(), cell.options());
        Speed speed = known.entry().speed().orElseThrow().withOperators(times);
        CellStore.Stored with = store.addOperators(cell.folderName(known.key()), known, speed);
        stored.put(cell, with);
        entries.put(cell, with.entry());
      } catch (BadInputException | UnavailableException e) {
        entries.put(cell, entries.get(cell).withIssue("operators not timed: " + e.getMessage()));
      }
    }
    progress.end();
  }

  private List<String> findings(MadeVariants variants, List<Entry> all) {
    List<String> out = new ArrayList<>(variants.issues());
    for (Entry entry : all) {
      study.requirements().forEach(r -> r.finding(entry).ifPresent(out::add));
    }
    return out;
  }
}
