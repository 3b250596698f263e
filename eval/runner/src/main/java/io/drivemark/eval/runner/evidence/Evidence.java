package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.Stage;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The raw numbers behind a cell's record, as files. Stateless. */
public final class Evidence {
  /** Confusion counts, one row a sample, (K+1)·(K+1) integers, void last. */
  public static final String CONFUSION = "evidence/confusion.csv";

  /** Timed runs, one row each, nanoseconds. */
  public static final String LATENCY = "latency.csv";

  private static final List<String> LATENCY_HEADER =
      List.of("order", "block", "preprocessNanos", "engineNanos", "labellingNanos");

  private Evidence() {}

  /**
   * The timed runs of one cell.
   *
   * @param endToEnd sums of the stages
   * @param engine the engine alone
   */
  public record Timings(LatencySamples endToEnd, LatencySamples engine) {}

  /**
   * Reads the counts back.
   *
   * @throws BadInputException if the file is damaged or of another label space
   */
  public static Map<String, ConfusionMatrix> readCounts(Path file, LabelSpace space) {
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(header(space))) {
      throw new BadInputException(
          file + ": its columns are not those of the record's " + space.size() + " classes");
    }
    int side = space.size() + 1;
    Map<String, ConfusionMatrix> out = new LinkedHashMap<>();
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      long[][] counts = new long[side][side];
      for (int i = 0; i < side * side; i++) {
        counts[i / side][i % side] = Csv.number(file, r, row.get(1 + i));
      }
      if (out.put(row.get(0), ConfusionMatrix.of(space, counts)) != null) {
        throw new BadInputException(file + ": sample " + row.get(0) + " has two rows");
      }
    }
    return out;
  }

  public static void writeTimings(Path file, CandidateLatency latency) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(LATENCY_HEADER);
    if (latency.stages().size() != Stage.values().length) {
      throw new IllegalArgumentException(
          "timings of " + latency.name() + " have the stages " + latency.stages().keySet());
    }
    LatencySamples all = latency.endToEnd();
    for (int i = 0; i < all.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(all.order(i)));
      row.add(Integer.toString(all.block(i)));
      for (Stage stage : Stage.values()) {
        row.add(Long.toString(latency.stages().get(stage).nanos(i)));
      }
      rows.add(row);
    }
    Csv.write(file, rows);
  }

  /**
   * Reads the timings back.
   *
   * @throws BadInputException if the file is damaged
   */
  public static Timings readTimings(Path file) {
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(LATENCY_HEADER) || rows.size() < 2) {
      throw new BadInputException(
          file + ": expected the columns " + String.join(",", LATENCY_HEADER) + " and rows");
    }
    try {
      return timings(file, rows);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static Timings timings(Path file, List<List<String>> rows) {
    int n = rows.size() - 1;
    int[] orders = new int[n];
    int[] blocks = new int[n];
    long[] sums = new long[n];
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
    }
    return new Timings(
        new LatencySamples(sums, blocks, orders),
        new LatencySamples(stages.get(Stage.ENGINE), blocks, orders));
  }

  private static List<String> header(LabelSpace space) {
    List<String> names = new ArrayList<>(space.classNames());
    names.add("void");
    List<String> out = new ArrayList<>();
    out.add("sample");
    for (String truth : names) {
      for (String prediction : names) {
        out.add(truth + ">" + prediction);
      }
    }
    return out;
  }
}
