package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Confusion counts of frames in several states (corrupted, under another weather) as a file: one
 * row a frame and state, frames in sample order, states in the study's. The clean counts of the
 * same frames stand in {@link Evidence#CONFUSION}. Stateless.
 */
public final class StateEvidence {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/corruptions.csv";

  /** All files of frames in several states. */
  public static final List<String> FILES = List.of(FILE, StateCalibrationEvidence.FILE);

  private StateEvidence() {}

  /**
   * Writes the file.
   *
   * @param counts by state, then by sample id; all states of the same samples
   */
  public static void write(
      Path folder, LabelSpace space, Map<String, Map<String, ConfusionMatrix>> counts) {
    List<List<String>> rows = new ArrayList<>(List.of(header(space)));
    for (String sample : counts.values().iterator().next().keySet()) {
      counts.forEach(
          (state, ofState) -> {
            List<String> row = new ArrayList<>(List.of(sample, state));
            ConfusionMatrix matrix = ofState.get(sample);
            for (int truth = 0; truth <= space.size(); truth++) {
              for (int prediction = 0; prediction <= space.size(); prediction++) {
                row.add(Long.toString(matrix.count(truth, prediction)));
              }
            }
            rows.add(row);
          });
    }
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @return counts by state, then by sample id, both in the file's order
   * @throws BadInputException if it is damaged, of another label space, or a state lacks a frame
   *     that another one has
   */
  public static Map<String, Map<String, ConfusionMatrix>> read(Path folder, LabelSpace space) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(header(space))) {
      throw new BadInputException(
          file + ": its columns are not those of the record's " + space.size() + " classes");
    }
    int side = space.size() + 1;
    Map<String, Map<String, ConfusionMatrix>> out = new LinkedHashMap<>();
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      long[][] counts = new long[side][side];
      for (int i = 0; i < side * side; i++) {
        counts[i / side][i % side] = Csv.number(file, r, row.get(2 + i));
      }
      ConfusionMatrix before =
          out.computeIfAbsent(row.get(1), state -> new LinkedHashMap<>())
              .put(row.get(0), ConfusionMatrix.of(space, counts));
      if (before != null) {
        throw new BadInputException(
            file + ": sample " + row.get(0) + " has two rows of state " + row.get(1));
      }
    }
    for (Map<String, ConfusionMatrix> state : out.values()) {
      if (!state.keySet().equals(out.values().iterator().next().keySet())) {
        throw new BadInputException(file + ": its states are not all of the same samples");
      }
    }
    return out;
  }

  private static List<String> header(LabelSpace space) {
    List<String> header = new ArrayList<>(Evidence.header(space));
    header.add(1, "state");
    return header;
  }
}
