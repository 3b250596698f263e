package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.runner.derive.Diagnoses;
import io.drivemark.eval.runner.evidence.ObjectEvidence;
import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.evidence.Tallies;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.eval.runner.judge.ScoreMetric;
import io.drivemark.eval.runner.judge.ScoreOptions;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the accuracy of cells, one after the other, and keeps each at once; those that are there
 * already are taken as they are. For one thread.
 */
public final class AccuracyStage {
  private final Ledger ledger;
  private final EntryForm form;
  private final Environment environment;
  private final Progress progress;

  public AccuracyStage(Ledger ledger, EntryForm form, Environment environment, Progress progress) {
    this.ledger = ledger;
    this.form = form;
    this.environment = environment;
    this.progress = progress;
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
      try {
        if (cell.trained()) {
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
    AccuracyPass.Result result;
    KeptFrames kept = new KeptFrames(cell.protocol(), Gallery.choose(cell.frames().count()));
    try (InferencePipeline pipeline = cell.open()) {
      result =
          AccuracyPass.run(
              pipeline,
              cell.frames(),
              new FrameJudge(cell.dataset(), ScoreOptions.of(ScoreMetric.BOUNDARY_IOU)),
              kept::take,
              done -> progress.step(framesBefore + done, cell.title()));
    }
    if (result.counts().isEmpty()) {
      List<String> issues = new ArrayList<>(List.of("not one frame could be judged"));
      issues.addAll(result.issues());
      ledger.note(cell, form.unmeasured(cell, issues));
      return;
    }
    ledger.write(
        cell,
        environment,
        (path, folder) -> {
          CellStore.writeCounts(path, cell.dataset().labels(), result.counts());
          SheetFile.write(cell.sheet(), path);
          Diagnosis diagnosis = diagnosis(path, cell.dataset(), result);
          return form.judged(
              cell,
              folder,
              result,
              Gallery.write(path, kept.chosen()),
              diagnosis.withWorstFrames(Gallery.write(path, kept.worst())));
        });
  }

  /** Writes the evidence of a diagnosis and draws it from that. */
  private static Diagnosis diagnosis(Path path, Dataset dataset, AccuracyPass.Result result) {
    LabelSpace space = dataset.labels();
    Tallies tallies = Tallies.of(space, Drivable.of(dataset), result.judged());
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
  private void tryOut(Cell cell) {
    try (InferencePipeline pipeline = cell.open()) {
      pipeline.tryOut(cell.frames().firstReadable(1).get(0));
    }
    ledger.write(
        cell,
        environment,
        (path, folder) -> {
          SheetFile.write(cell.sheet(), path);
          return form.untrained(cell, folder);
        });
  }
}
