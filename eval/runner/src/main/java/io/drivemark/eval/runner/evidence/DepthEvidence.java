package io.drivemark.eval.runner.evidence;

import io.drivemark.config.Numbers;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The errors of each frame as a file, one row a sample: judged pixels, then the errors in as many
 * digits as tell them apart; a frame without a judged pixel has none. Stateless.
 */
public final class DepthEvidence {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/distances.csv";

  private static final List<String> ERRORS =
      List.copyOf(new DepthScores(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).byName().keySet());

  private DepthEvidence() {}

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("sample", "pixels"));
    header.addAll(ERRORS);
    return header;
  }

  /** Writes the file; frames in sample order. */
  public static void write(Path folder, Map<String, Optional<DepthScores>> frames) {
    List<List<String>> rows = new ArrayList<>(List.of(header()));
    frames.forEach(
        (id, scores) -> {
          List<String> row = new ArrayList<>(List.of(id));
          row.add(Long.toString(scores.map(DepthScores::pixels).orElse(0L)));
          for (String error : ERRORS) {
            row.add(scores.map(s -> Double.toString(s.byName().get(error))).orElse(""));
          }
          rows.add(row);
        });
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @throws BadInputException if it is damaged
   */
  public static Map<String, Optional<DepthScores>> read(Path folder) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(header())) {
      throw new BadInputException(file + ": its columns are not " + String.join(",", header()));
    }
    Map<String, Optional<DepthScores>> out = new LinkedHashMap<>();
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      long pixels = Csv.number(file, r, row.get(1));
      double[] v = new double[ERRORS.size()];
      for (int i = 0; i < v.length && pixels > 0; i++) {
        v[i] = number(file, r, row.get(2 + i));
      }
      Optional<DepthScores> scores =
          pixels == 0
              ? Optional.empty()
              : Optional.of(
                  new DepthScores(
                      pixels, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10],
                      v[11]));
      if (out.put(row.get(0), scores) != null) {
        throw new BadInputException(file + ": sample " + row.get(0) + " has two rows");
      }
    }
    return out;
  }

  private static double number(Path file, int row, String field) {
    OptionalDouble value = Numbers.real(field);
    if (value.isEmpty() || !(value.getAsDouble() >= 0)) {
      throw new BadInputException(
          file + ": row " + (row + 1) + ": found '" + field + "', expected a number of 0 or more");
    }
    return value.getAsDouble();
  }
}
