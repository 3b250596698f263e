package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.config.Numbers;
import io.drivemark.eval.runner.evidence.Csv;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The clips of a split and how they are asked, as a file with one row a picture. Immutable.
 *
 * @param rate pictures a second of all clips
 * @param between how often truth is asked from one picture to the next
 * @param delays the most pictures that an answer may be late to be counted
 * @param clips at least one
 */
public record ClipSheet(double rate, int between, int delays, List<Clip> clips) {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/clips.csv";

  private static final List<String> HEADER =
      List.of("clip", "rate", "between", "delays", "picture", "sample");

  public ClipSheet {
    clips = List.copyOf(clips);
    if (!(rate > 0 && rate <= 1000) || between < 1 || delays < 1 || clips.isEmpty()) {
      throw new IllegalArgumentException(
          clips.size() + " clips at " + rate + " pictures a second, " + between + ", " + delays);
    }
  }

  /** The rows as text: equal texts mean the same questions. */
  public String text() {
    StringBuilder out = new StringBuilder();
    rows().forEach(row -> out.append(String.join("\t", row)).append('\n'));
    return out.toString();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (Clip clip : clips) {
      for (int picture = 0; picture < clip.samples().size(); picture++) {
        rows.add(
            List.of(
                clip.name(),
                Double.toString(rate),
                Integer.toString(between),
                Integer.toString(delays),
                Integer.toString(picture),
                clip.samples().get(picture)));
      }
    }
    return rows;
  }

  void write(Path folder) {
    Csv.write(folder.resolve(FILE), rows());
  }

  /**
   * Reads the file back.
   *
   * @throws BadInputException if it is damaged
   */
  public static ClipSheet read(Path folder) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(HEADER) || rows.size() < 2) {
      throw new BadInputException(
          file + ": expected the columns " + String.join(",", HEADER) + " and rows");
    }
    Map<String, List<String>> samples = new LinkedHashMap<>();
    List<String> settings = rows.get(1).subList(1, 4);
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      List<String> clip = samples.computeIfAbsent(row.get(0), name -> new ArrayList<>());
      if (Csv.number(file, r, row.get(4)) != clip.size() || !row.subList(1, 4).equals(settings)) {
        throw new BadInputException(
            file
                + ": row "
                + (r + 1)
                + ": expected picture "
                + clip.size()
                + " of clip "
                + row.get(0)
                + ", and rate, between and delays as in the first row");
      }
      clip.add(row.get(5));
    }
    OptionalDouble rate = Numbers.real(settings.get(0));
    List<Clip> clips = new ArrayList<>();
    try {
      samples.forEach((name, ids) -> clips.add(new Clip(name, ids)));
      return new ClipSheet(
          rate.orElse(0),
          Math.toIntExact(Csv.number(file, 1, settings.get(1))),
          Math.toIntExact(Csv.number(file, 1, settings.get(2))),
          clips);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }
}
