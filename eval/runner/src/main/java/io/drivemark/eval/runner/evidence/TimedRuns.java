package io.drivemark.eval.runner.evidence;

import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.Stage;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The timed runs of a network as a file: one row each, nanoseconds. Files of older programs lack
 * the last column, the frame's id. Of a network with cues that column is called after pictures: its
 * runs go along sequences, pictures take different times, and so a mean is one over pictures.
 * Immutable.
 *
 * @param endToEnd sums of the stages
 * @param engine the engine alone
 * @param frames the id of the frame that each run was of; empty where the file does not say
 * @param byPicture whether its means are over pictures of the means of their runs
 */
public record TimedRuns(
    LatencySamples endToEnd, LatencySamples engine, List<String> frames, boolean byPicture) {
  private static final List<String> WITHOUT_FRAMES =
      List.of("order", "block", "preprocessNanos", "engineNanos", "labellingNanos");
  private static final String FRAME = "frame";
  private static final String PICTURE = "picture";

  public TimedRuns {
    frames = List.copyOf(frames);
    if (byPicture && frames.size() != endToEnd.size()) {
      throw new IllegalArgumentException(
          endToEnd.size() + " timed runs of " + frames.size() + " pictures; one of each is needed");
    }
  }

  /** Runs whose mean is that of all of them. */
  public TimedRuns(LatencySamples endToEnd, LatencySamples engine, List<String> frames) {
    this(endToEnd, engine, frames, false);
  }

  /** Writes runs whose mean is that of all of them. */
  public static void write(Path file, CandidateLatency latency, List<String> ids) {
    write(file, latency, ids, false);
  }

  /**
   * Writes what was measured.
   *
   * @param latency times of all stages of a frame
   * @param ids of the frames that runs went through, which its {@code frames} point to
   * @param byPicture whether its means are over pictures
   * @throws IllegalArgumentException if it has other stages
   */
  public static void write(
      Path file, CandidateLatency latency, List<String> ids, boolean byPicture) {
    if (latency.stages().size() != Stage.values().length) {
      throw new IllegalArgumentException(
          "timings of " + latency.name() + " have the stages " + latency.stages().keySet());
    }
    boolean named = !latency.frames().isEmpty();
    List<List<String>> rows = new ArrayList<>();
    rows.add(named ? with(byPicture ? PICTURE : FRAME) : WITHOUT_FRAMES);
    LatencySamples all = latency.endToEnd();
    for (int i = 0; i < all.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(all.order(i)));
      row.add(Integer.toString(all.block(i)));
      for (Stage stage : Stage.values()) {
        row.add(Long.toString(latency.stages().get(stage).nanos(i)));
      }
      if (named) {
        row.add(ids.get(latency.frames().get(i)));
      }
      rows.add(row);
    }
    Csv.write(file, rows);
  }

  private static List<String> with(String column) {
    List<String> header = new ArrayList<>(WITHOUT_FRAMES);
    header.add(column);
    return header;
  }

  /**
   * Reads the runs back.
   *
   * @throws BadInputException if the file is damaged
   */
  public static TimedRuns read(Path file) {
    List<List<String>> rows = Csv.read(file);
    boolean byPicture = rows.get(0).equals(with(PICTURE));
    boolean named = byPicture || rows.get(0).equals(with(FRAME));
    if (!named && !rows.get(0).equals(WITHOUT_FRAMES) || rows.size() < 2) {
      throw new BadInputException(
          file
              + ": expected the columns "
              + String.join(",", WITHOUT_FRAMES)
              + ", with or without "
              + FRAME
              + " behind them, and rows");
    }
    try {
      return runs(file, rows, named, byPicture);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static TimedRuns runs(
      Path file, List<List<String>> rows, boolean named, boolean byPicture) {
    int n = rows.size() - 1;
    int[] orders = new int[n];
    int[] blocks = new int[n];
    long[] sums = new long[n];
    List<String> frames = new ArrayList<>();
    Map<Stage, long[]> stages = new EnumMap<>(Stage.class);
    for (int i = 0; i < n; i++) {
      List<String> row = rows.get(i + 1);
      orders[i] = Math.toIntExact(Csv.number(file, i + 1, row.get(0)));
      blocks[i] = Math.toIntExact(Csv.number(file, i + 1, row.get(1)));
      for (Stage stage : Stage.values()) {
        long nanos = Csv.number(file, i + 1, row.get(2 + stage.ordinal()));
        stages.computeIfAbsent(stage, s -> new long[n])[i] = nanos;
        sums[i] = Math.addExact(sums[i], nanos);
      }
      if (named) {
        frames.add(row.get(WITHOUT_FRAMES.size()));
      }
    }
    return new TimedRuns(
        new LatencySamples(sums, blocks, orders),
        new LatencySamples(stages.get(Stage.ENGINE), blocks, orders),
        frames,
        byPicture);
  }
}
