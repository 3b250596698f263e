package io.drivemark.eval.runner.shard;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.accuracy.AccuracyPass;
import io.drivemark.eval.runner.accuracy.AccuracyStage;
import io.drivemark.eval.runner.accuracy.DepthFindings;
import io.drivemark.eval.runner.accuracy.DepthPass;
import io.drivemark.eval.runner.accuracy.FrameRow;
import io.drivemark.eval.runner.accuracy.Gallery;
import io.drivemark.eval.runner.accuracy.KeptFrames;
import io.drivemark.eval.runner.accuracy.LabelFindings;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.inference.OutputUse;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.shard.ShardFile.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A cell's frames put together from its shards, as if one pass had taken all of them: the same
 * counts, figures, pictures and messages. Times are sums. For one cell.
 */
final class CellMerge {
  private final Cell cell;
  private final CellUnion union;
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> untrue = new ArrayList<>();
  private final List<Integer> judged = new ArrayList<>();
  private final Map<String, Print> prints = new LinkedHashMap<>();
  private final KeptFrames<Integer> kept;
  private OutputUse use = OutputUse.NONE;

  /**
   * @param union of its shards, in which nothing is missing and nothing disagrees
   */
  CellMerge(Cell cell, CellUnion union) {
    this.cell = cell;
    this.union = union;
    this.kept =
        new KeptFrames<>(
            Gallery.choose(cell.frames().count()),
            new ShardPictures(union.shards(), cell.dataset().ids()));
  }

  /**
   * Writes the cell.
   *
   * @throws IllegalArgumentException if a row is not what this cell counts
   */
  void into(AccuracyStage stage) {
    if (cell.task() == Task.DEPTH) {
      stage.keep(cell, distances());
    } else {
      stage.keep(cell, labels());
    }
  }

  private LabelFindings labels() {
    GaugePass pass = new GaugePass(cell.gauges(), cell.subject());
    LabelSpace space = cell.dataset().labels();
    Map<String, ConfusionMatrix> counts = new LinkedHashMap<>();
    for (String line : union.lines()) {
      FrameRow row = row(line, pass, space);
      if (row instanceof FrameRow.Labels labels) {
        pass.take(row.index(), labels.counts(), labels.problems());
        ConfusionMatrix matrix =
            ConfusionGauge.matrix(
                space, pass.counts(ConfusionGauge.NAME, row.index()).orElseThrow());
        counts.put(row.sample(), matrix);
        use = use.plus(labels.use());
        judge(row, labels.print());
        kept.take(
            row.index(), row.index(), KeptFrames.merit(cell.protocol(), matrix), labels.macs());
      } else if (row instanceof FrameRow.LeftOut out) {
        pass.take(row.index(), Map.of(), out.problems());
        leave(out);
      } else {
        throw new IllegalArgumentException("row " + row.sample() + " has no labels");
      }
    }
    return new LabelFindings(
        result(counts, issues(pass)),
        pass,
        kept,
        union.first().facts().canary(),
        cell.cues().isPresent() ? PathRuns.read(union.first().folder()) : List.of(),
        this::writeEvidence);
  }

  private DepthFindings distances() {
    Map<String, Optional<DepthScores>> frames = new LinkedHashMap<>();
    for (String line : union.lines()) {
      FrameRow row =
          RowText.row(
              RowText.tree(line),
              gauge -> {
                throw new IllegalArgumentException("counts of " + gauge + " for distances");
              });
      if (row instanceof FrameRow.Distances distances) {
        frames.put(row.sample(), distances.scores());
        judge(row, distances.print());
        kept.take(
            row.index(), row.index(), KeptFrames.merit(distances.scores()), OptionalLong.empty());
      } else if (row instanceof FrameRow.LeftOut out) {
        leave(out);
      } else {
        throw new IllegalArgumentException("row " + row.sample() + " has no distances");
      }
    }
    return new DepthFindings(
        new DepthPass.Result(frames, result(Map.of(), issues())),
        kept,
        union.first().facts().canary(),
        this::writeEvidence);
  }

  private static FrameRow row(String line, GaugePass pass, LabelSpace space) {
    JsonNode json = RowText.tree(line);
    Function<String, Columns> columns =
        name ->
            pass.gauges().stream()
                .filter(gauge -> gauge.name().equals(name))
                .map((Gauge gauge) -> gauge.columns(space))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("gauge " + name + " does not apply here"));
    return RowText.row(json, columns);
  }

  private void judge(FrameRow row, Print print) {
    judged.add(row.index());
    prints.put(row.sample(), print);
  }

  private void leave(FrameRow.LeftOut row) {
    (row.seen() ? untrue : leftOut).add(row.issue());
  }

  /** Of a cell with cues they are not frames' alone: pictures between frames may be left out. */
  private List<String> issues(GaugePass pass) {
    if (cell.cues().isPresent()) {
      return union.first().facts().issues();
    }
    List<String> issues = new ArrayList<>(issues());
    issues.addAll(pass.problems());
    return issues;
  }

  private List<String> issues() {
    List<String> issues = new ArrayList<>(leftOut);
    issues.addAll(untrue);
    return issues;
  }

  private AccuracyPass.Result result(Map<String, ConfusionMatrix> counts, List<String> issues) {
    ShardFacts first = union.first().facts();
    return new AccuracyPass.Result(
        counts,
        List.copyOf(issues),
        List.copyOf(judged),
        judged.isEmpty() ? Optional.empty() : Optional.of(time()),
        use,
        first.reading(),
        first.notes(),
        prints);
  }

  private PassTime time() {
    double wall = 0;
    double engine = 0;
    for (Shard shard : union.shards()) {
      wall += shard.facts().time().wallMs();
      engine += shard.facts().time().engineMs();
    }
    return new PassTime(wall, engine);
  }

  /** Evidence that is not by frame comes from a shard of all frames. */
  private void writeEvidence(Path folder) {
    Shard first = union.first();
    for (Path file : ShardFile.evidence(first.folder())) {
      ShardPictures.copy(
          file, folder.resolve(ShardFile.EVIDENCE).resolve(file.getFileName().toString()));
    }
    Workers.write(folder, union.shards());
  }
}
