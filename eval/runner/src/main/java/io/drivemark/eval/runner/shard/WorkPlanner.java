package io.drivemark.eval.runner.shard;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the cells of a study into ranges of frames. Stateless. */
public final class WorkPlanner {
  /**
   * Ranges of so many frames or more share one frame with the next range, so that neighbours that
   * two machines measured are held against each other on a real frame, too.
   */
  static final int SHARING = 8;

  private WorkPlanner() {}

  /**
   * The cells that can be spread. Random weights are tried out by one machine; a cell whose engine
   * cannot run here has no key that workers could meet.
   *
   * @param shards into how many ranges the frames of a cell are cut, as far as it has as many
   */
  public static List<WorkCell> cells(List<Cell> cells, int shards) {
    return cells.stream()
        .filter(cell -> left(cell).isEmpty())
        .map(cell -> cell(cell, shards))
        .toList();
  }

  private static WorkCell cell(Cell cell, int shards) {
    Optional<String> whole = whole(cell);
    int frames = cell.frames().count();
    String key = Cell.key(cell.spec());
    return new WorkCell(
        cell.folderName(key),
        key,
        cell.title(),
        cell.spec(),
        frames,
        around(cell),
        whole,
        cut(frames, whole.isPresent() ? 1 : shards));
  }

  /**
   * Why one worker must take all frames of a cell: what comes of a frame depends on many frames
   * before it, or it is not known on how many. Empty where they can be cut.
   */
  static Optional<String> whole(Cell cell) {
    if (cell.cues().isPresent()) {
      return Optional.of("its network has cues, which are seen in the order of the pictures");
    }
    if (cell.clips().isPresent()) {
      return Optional.of("late answers are held against many frames before them");
    }
    return cell.gauges().stream()
        .filter(gauge -> gauge.neighbours().isEmpty())
        .findFirst()
        .map(
            gauge ->
                "gauge "
                    + gauge.name()
                    + " does not say how many neighbours of a frame it looks at");
  }

  /** How many frames on either side of a range take part in what is counted of it. */
  static int around(Cell cell) {
    return whole(cell).isPresent()
        ? 0
        : cell.gauges().stream()
            .mapToInt((Gauge gauge) -> gauge.neighbours().orElse(0))
            .max()
            .orElse(0);
  }

  /** Why no worker takes a cell; empty where some can. */
  private static Optional<String> left(Cell cell) {
    if (!cell.trained()) {
      return Optional.of("its weights are random, whether it runs is tried out");
    }
    return cell.availability() instanceof Availability.Missing missing
        ? Optional.of("engine " + cell.engine().name() + " cannot run here: " + missing.reason())
        : Optional.empty();
  }

  /** What is not spread and left to the machine that merges, a sentence each. */
  public static List<String> left(Study study, List<Cell> cells) {
    List<String> out = new ArrayList<>();
    for (Cell cell : cells) {
      left(cell).ifPresent(why -> out.add(cell.title() + ": " + why));
    }
    if (study.robustness().isPresent()) {
      out.add("corrupted frames and other weather and light are judged when all cells are whole");
    }
    return out;
  }

  /** Ranges of about one length that together have all frames. */
  static List<FrameRange> cut(int frames, int shards) {
    List<FrameRange> out = new ArrayList<>();
    int n = Math.min(shards, frames);
    for (int i = 0; i < n; i++) {
      int first = (int) ((long) i * frames / n);
      int next = (int) ((i + 1L) * frames / n);
      boolean shares = i + 1 < n && next - first >= SHARING;
      out.add(new FrameRange(first, shares ? next + 1 : next));
    }
    return out;
  }

  /**
   * Writes models that were made for the study where workers find them.
   *
   * @return their files, below the output folder
   */
  public static List<String> writeModels(Path out, List<Model> made) {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      String name = made.get(i).spec().name().replaceAll("[^A-Za-z0-9._+-]+", "-");
      Path file = new ShardFolder(out).models().resolve(i + "-" + name + ".onnx");
      Models.write(made.get(i), file);
      files.add(out.relativize(file).toString().replace('\\', '/'));
    }
    return files;
  }
}
