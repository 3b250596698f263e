package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The raw numbers behind a cell's record, as files. Stateless. */
public final class Evidence {
  /** Confusion counts, one row a sample, (K+1)·(K+1) integers, void last. */
  public static final String CONFUSION = "evidence/confusion.csv";

  /** Timed runs, see {@link TimedRuns}. */
  public static final String LATENCY = "latency.csv";

  /** The same of the network with all units live, where it has gates. */
  public static final String LATENCY_ALL_LIVE = "latency-all-live.csv";

  /** The same of the network in masked form, where it has gates and runs in another. */
  public static final String LATENCY_MASKED = "latency-masked.csv";

  private Evidence() {}

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

  static List<String> header(LabelSpace space) {
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
