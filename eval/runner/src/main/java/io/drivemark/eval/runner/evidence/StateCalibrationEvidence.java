package io.drivemark.eval.runner.evidence;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.gauge.standard.CalibrationGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often labels of frames in several states were right, by how sure they were, as a file: one
 * row a frame and state, in the order of {@link StateEvidence}. What is known of the clean frames
 * stands in the file of the gauge {@value CalibrationGauge#NAME}. Stateless.
 */
public final class StateCalibrationEvidence {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/corruptions-calibration.csv";

  private static final List<String> KEYS = List.of("sample", "state");

  private StateCalibrationEvidence() {}

  private static List<String> header(LabelSpace space) {
    List<String> header = new ArrayList<>(KEYS);
    header.addAll(new CalibrationGauge().columns(space).counts());
    return header;
  }

  /**
   * Writes the file.
   *
   * @param counts by state, then by sample id; all states of the same samples
   */
  public static void write(
      Path folder, LabelSpace space, Map<String, Map<String, Calibration>> counts) {
    List<List<String>> rows = new ArrayList<>(List.of(header(space)));
    for (String sample : counts.values().iterator().next().keySet()) {
      counts.forEach(
          (state, ofState) -> {
            List<String> row = new ArrayList<>(List.of(sample, state));
            for (long number : ofState.get(sample).numbers()) {
              row.add(Long.toString(number));
            }
            rows.add(row);
          });
    }
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @param states as {@link StateEvidence} has them, in its order
   * @param samples likewise
   * @return counts by state, then by sample id
   * @throws BadInputException if it is damaged, or of other states or samples
   */
  public static Map<String, Map<String, Calibration>> read(
      Path folder, LabelSpace space, List<String> states, List<String> samples) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(header(space))) {
      throw new BadInputException(file + ": its columns are not those of calibration");
    }
    Map<String, Map<String, Calibration>> out = new LinkedHashMap<>();
    states.forEach(state -> out.put(state, new LinkedHashMap<>()));
    int r = 0;
    for (String sample : samples) {
      for (String state : states) {
        r++;
        if (r >= rows.size() || !rows.get(r).subList(0, 2).equals(List.of(sample, state))) {
          throw new BadInputException(
              file + ": row " + (r + 1) + ": expected that of sample " + sample + " in " + state);
        }
        out.get(state).put(sample, calibration(file, r, rows.get(r)));
      }
    }
    if (r + 1 < rows.size()) {
      throw new BadInputException(
          file + ": has " + (rows.size() - 1) + " rows, expected " + r + " of frames in states");
    }
    return out;
  }

  private static Calibration calibration(Path file, int r, List<String> row) {
    long[] numbers = new long[row.size() - KEYS.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Csv.number(file, r, row.get(KEYS.size() + i));
    }
    return Calibration.of(numbers);
  }

  /**
   * What is known of the clean frames.
   *
   * @param samples all of the split's that were judged, in order
   * @return by sample id
   * @throws BadInputException if the gauge's file is missing or damaged
   */
  public static Map<String, Calibration> clean(
      Path folder, LabelSpace space, List<String> samples) {
    List<Counts> counts = GaugeEvidence.read(folder, new CalibrationGauge(), space, samples);
    Map<String, Calibration> out = new LinkedHashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      out.put(samples.get(i), CalibrationGauge.counts(counts.get(i)));
    }
    return out;
  }
}
