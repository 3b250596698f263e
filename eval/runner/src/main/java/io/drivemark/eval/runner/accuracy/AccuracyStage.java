package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.standard.GatedCostGauge;
import io.drivemark.eval.gauge.standard.GatesGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.eval.runner.derive.GatedCosts;
import io.drivemark.eval.runner.derive.Readings;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import io.drivemark.eval.runner.record.Cost.Gated;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.store.EarlierCells;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Measures the accuracy of cells, one after the other, and keeps each at once; those that are there
 * already are taken as they are. For one thread.
 */
public final class AccuracyStage {
  private final Ledger ledger;
  private final EntryForm form;
  private final Environment environment;
  private final Progress progress;
  private final Allowance allowance;
  private final EarlierCells earlier;

  /**
   * @param allowance asked before each cell
   * @param earlier cells that may be taken over
   */
  public AccuracyStage(
      Ledger ledger,
      EntryForm form,
      Environment environment,
      Progress progress,
      Allowance allowance,
      EarlierCells earlier) {
    this.ledger = ledger;
    this.form = form;
    this.environment = environment;
    this.progress = progress;
    this.allowance = allowance;
    this.earlier = earlier;
  }

  /** Measures what is not there yet; afterwards every cell has an entry. */
  public void measure(List<Cell> cells) {
    List<Cell> open = cells.stream().filter(this::isOpen).toList();
    if (open.isEmpty()) {
      return;
    }
    progress.begin("accuracy", open.stream().mapToLong(AccuracyStage::steps).sum());
    long before = 0;
    for (Cell cell : open) {
      progress.step(before, cell.title());
      Optional<String> refusal = allowance.refusal(Allowance.Work.ACCURACY);
      if (refusal.isPresent()) {
        ledger.note(cell, form.unmeasured(cell, List.of("not measured: " + refusal.get())));
        before += steps(cell);
        continue;
      }
      try {
        if (cell.trained() && takenOver(cell)) {
          before += steps(cell);
          continue;
        }
        if (cell.trained() && cell.task() == Task.DEPTH) {
          judgeDistances(cell, before);
        } else if (cell.trained()) {
          judge(cell, before);
        } else {
          tryOut(cell);
        }
      } catch (BadInputException | UnavailableException e) {
        ledger.note(cell, form.unmeasured(cell, List.of(e.getMessage())));
      }
      before += steps(cell);
    }
    progress.end();
  }

  /** One that cannot be trusted any more is measured. */
  private boolean takenOver(Cell cell) {
    String key = Cell.key(cell.spec());
    Optional<EarlierCells.Earlier> there = earlier.find(key, cell.folderName(key));
    if (there.isEmpty()) {
      return false;
    }
    String canary = CuedCells.canary(cell);
    try {
      return ledger.takeOver(cell, there.get(), canary);
    } catch (BadInputException e) {
      return false;
    }
  }

  /** Frames to run: random weights are tried out on one. */
  private static long steps(Cell cell) {
    return cell.trained() ? cell.frames().count() : 1;
  }

  /** Whether there is anything to measure; where not, the entry is noted. */
  private boolean isOpen(Cell cell) {
    if (cell.availability() instanceof Availability.Missing missing) {
      String issue =
          "engine "
              + cell.engine().name()
              + " cannot run here: "
              + missing.reason()
              + "; "
              + missing.remedy();
      ledger.note(cell, form.unmeasured(cell, List.of(issue)));
      return false;
    }
    return !ledger.reuse(cell);
  }

  private void judge(Cell cell, long framesBefore) {
    LabelFindings found;
    FrameRange all = FrameRange.all(cell.frames().count());
    try (OpenedCell opened = OpenedCell.open(cell)) {
      found =
          CellPass.labels(
              cell,
              opened,
              all,
              all,
              judged -> {},
              done -> progress.step(framesBefore + done, cell.title()));
    }
    keep(cell, found);
  }

  /** Writes down what was found of a cell's labels. */
  public void keep(Cell cell, LabelFindings found) {
    AccuracyPass.Result result = found.result();
    if (result.counts().isEmpty()) {
      noteUnjudged(cell, result);
      return;
    }
    ledger.write(
        cell,
        environment,
        (path, folder) -> {
          SheetFile.write(cell.sheet(), path);
          List<GaugeReading> readings = readings(path, cell, found.pass(), result);
          FramePrints.write(path, result.prints());
          found.further().accept(path);
          return form.judged(
                  cell,
                  folder,
                  result,
                  found.kept().writeChosen(path),
                  readings,
                  found.kept().writeWorst(path),
                  gated(path, found))
              .withPrints(FramePrints.summary(found.canary(), result.prints()))
              .withCues(
                  cell.cues().map(cues -> cues.facts(found.runs(), result.counts().keySet())));
        });
  }

  private void noteUnjudged(Cell cell, AccuracyPass.Result result) {
    List<String> issues = new ArrayList<>(List.of("not one frame could be judged"));
    issues.addAll(result.issues());
    ledger.note(cell, form.unmeasured(cell, issues));
  }

  private void judgeDistances(Cell cell, long framesBefore) {
    DepthFindings found;
    try (OpenedCell opened = OpenedCell.open(cell)) {
      found =
          CellPass.distances(
              cell,
              opened,
              FrameRange.all(cell.frames().count()),
              done -> progress.step(framesBefore + done, cell.title()));
    }
    keep(cell, found);
  }

  /** Writes down what was found of a cell's distances. */
  public void keep(Cell cell, DepthFindings found) {
    DepthPass.Result result = found.result();
    if (result.frames().values().stream().noneMatch(Optional::isPresent)) {
      noteUnjudged(cell, result.result());
      return;
    }
    ledger.write(
        cell,
        environment,
        (path, folder) -> {
          SheetFile.write(cell.sheet(), path);
          DepthEvidence.write(path, result.frames());
          Map<String, Print> prints = result.result().prints();
          FramePrints.write(path, prints);
          found.further().accept(path);
          return form.judged(
                  cell,
                  folder,
                  result,
                  found.kept().writeChosen(path),
                  found.kept().writeWorst(path))
              .withPrints(FramePrints.summary(found.canary(), prints));
        });
  }

  /** Writes what the gauges counted and reads their figures. */
  private static List<GaugeReading> readings(
      Path path, Cell cell, GaugePass pass, AccuracyPass.Result result) {
    List<Integer> frames = result.frames();
    List<ConfusionMatrix> counts = List.copyOf(result.counts().values());
    List<Gauge> whole = pass.whole(frames);
    GaugeEvidence.write(
        path,
        cell.dataset().labels(),
        whole,
        List.copyOf(result.counts().keySet()),
        (gauge, i) -> pass.counts(gauge.name(), frames.get(i)).orElseThrow());
    List<Map<String, String>> attributes =
        frames.stream().map(i -> cell.dataset().frame(i).attributes()).toList();
    return whole.stream()
        .map(
            gauge ->
                Readings.of(gauge, pass.pool(gauge, cell.protocol(), frames, counts), attributes))
        .toList();
  }

  /** What a gated network switched on; empty for others. */
  private static Optional<Gated> gated(Path path, LabelFindings found) {
    GaugePass pass = found.pass();
    AccuracyPass.Result result = found.result();
    List<List<SiteGates>> gates = counted(pass, GatesGauge.NAME, result, GatesGauge::gates);
    if (gates.isEmpty()) {
      return Optional.empty();
    }
    List<Picture> pictures = found.kept().writeExtremes(path);
    return Optional.of(
        GatedCosts.of(
                List.copyOf(result.counts().keySet()),
                gates,
                counted(pass, GatedCostGauge.NAME, result, GatedCostGauge::macs))
            .withPictures(pictures.stream().findFirst(), pictures.stream().skip(1).findFirst()));
  }

  /** What a gauge counted on the judged frames; empty if it does not apply. */
  private static <T> List<T> counted(
      GaugePass pass, String gauge, AccuracyPass.Result result, Function<Counts, T> meaning) {
    boolean applies = pass.gauges().stream().anyMatch(g -> g.name().equals(gauge));
    return applies
        ? result.frames().stream()
            .map(i -> meaning.apply(pass.counts(gauge, i).orElseThrow()))
            .toList()
        : List.of();
  }

  /** Random weights: whether the network runs on a frame is all there is to see. */
  private void tryOut(Cell cell) {
    String canary;
    try (InferencePipeline pipeline = cell.open()) {
      Sample first = cell.frames().firstReadable(1).get(0);
      int index = cell.dataset().ids().indexOf(first.id());
      pipeline.tryOut(
          first,
          pipeline.needsCameras() ? cell.dataset().frame(index).cameras() : Optional.empty());
      canary = pipeline.canary();
    }
    ledger.write(
        cell,
        environment,
        (path, folder) -> {
          SheetFile.write(cell.sheet(), path);
          return form.untrained(cell, folder)
              .withPrints(new Prints(canary, Optional.empty(), OptionalLong.empty()));
        });
  }
}
