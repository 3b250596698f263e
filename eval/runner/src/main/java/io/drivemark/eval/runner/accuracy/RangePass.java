package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.inference.OutputUse;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Takes a cell's open network through a range of its frames: what comes of each frame is what comes
 * of it when one pass takes all frames. Stateless.
 */
public final class RangePass {
  private static final PassTime NONE = new PassTime(0, 0);

  private RangePass() {}

  /**
   * What was found.
   *
   * @param rows one a frame of the range, in order
   * @param canary see {@link OpenedCell#canary}
   * @param reading how the opened model is used
   * @param notes what looks wrong on the first frames; only of a range that begins with the first
   * @param issues all of them in their order, of a cell that is seen along sequences; it has one
   *     range, and a picture that is no frame may be left out too
   * @param time what it took
   * @param files writes, below a folder, pictures of all frames that a cell may show, and evidence
   *     that is not by frame
   */
  public record Found(
      List<FrameRow> rows,
      String canary,
      OpenedReading reading,
      List<String> notes,
      List<String> issues,
      PassTime time,
      Consumer<Path> files) {
    public Found {
      rows = List.copyOf(rows);
      notes = List.copyOf(notes);
      issues = List.copyOf(issues);
    }
  }

  /**
   * Goes through a range.
   *
   * @param around how many frames on either side take part in what is counted of one
   * @param done receives the number of frames the network has seen
   * @throws BadInputException if the network's output cannot be used
   * @throws EngineFailure if the engine fails; the message names the frame
   */
  public static Found run(
      Cell cell, OpenedCell opened, FrameRange range, int around, IntConsumer done) {
    return cell.task() == Task.DEPTH
        ? distances(cell, opened, range, done)
        : labels(cell, opened, range, around, done);
  }

  private static Found labels(
      Cell cell, OpenedCell opened, FrameRange range, int around, IntConsumer done) {
    Map<Integer, OutputUse> uses = new HashMap<>();
    Map<Integer, OptionalLong> macs = new HashMap<>();
    LabelFindings found =
        CellPass.labels(
            cell,
            opened,
            range.with(around, cell.frames().count()),
            range,
            judged -> {
              uses.put(judged.index(), judged.values().use());
              macs.put(judged.index(), CellPass.macs(judged));
            },
            done);
    List<String> ids = cell.dataset().ids();
    List<FrameRow> rows =
        range
            .frames()
            .<FrameRow>mapToObj(
                i -> {
                  String id = ids.get(i);
                  List<String> problems = found.pass().problems(i);
                  return uses.containsKey(i)
                      ? new FrameRow.Labels(
                          i,
                          id,
                          found.pass().counts(i),
                          problems,
                          found.result().prints().get(id),
                          uses.get(i),
                          macs.get(i))
                      : leftOut(i, id, found.result(), problems);
                })
            .toList();
    return found(
        rows,
        found.canary(),
        range,
        found.result(),
        cell.cues().isPresent() ? found.result().issues() : List.of(),
        folder -> {
          found.kept().writeAll(folder);
          found.further().accept(folder);
        });
  }

  private static Found distances(Cell cell, OpenedCell opened, FrameRange range, IntConsumer done) {
    DepthFindings found = CellPass.distances(cell, opened, range, done);
    DepthPass.Result result = found.result();
    List<String> ids = cell.dataset().ids();
    List<FrameRow> rows =
        range
            .frames()
            .<FrameRow>mapToObj(
                i -> {
                  String id = ids.get(i);
                  return result.frames().containsKey(id)
                      ? new FrameRow.Distances(
                          i, id, result.frames().get(id), result.result().prints().get(id))
                      : leftOut(i, id, result.result(), List.of());
                })
            .toList();
    return found(rows, found.canary(), range, result.result(), List.of(), found.kept()::writeAll);
  }

  private static Found found(
      List<FrameRow> rows,
      String canary,
      FrameRange range,
      AccuracyPass.Result result,
      List<String> issues,
      Consumer<Path> files) {
    return new Found(
        rows,
        canary,
        result.reading(),
        range.first() == 0 ? result.notes() : List.of(),
        issues,
        result.time().orElse(NONE),
        files);
  }

  private static FrameRow leftOut(
      int index, String id, AccuracyPass.Result result, List<String> problems) {
    String start = "frame " + id + " left out: ";
    String issue =
        result.issues().stream()
            .filter(i -> i.startsWith(start))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("frame " + id + " is neither judged nor left out"));
    return new FrameRow.LeftOut(index, id, issue, issue.equals(DepthPass.untrue(id)), problems);
  }
}
