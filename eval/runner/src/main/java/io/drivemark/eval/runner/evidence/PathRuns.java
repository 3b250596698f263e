package io.drivemark.eval.runner.evidence;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Counted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How often networks ran for the pictures that a path with cues saw, as a file: one row a picture,
 * in the order seen. Numbers begin anew with each sequence. Stateless.
 */
public final class PathRuns {
  /** Where it lies, below a cell's folder. */
  public static final String FILE = "evidence/runs.csv";

  private static final List<String> HEADER = List.of("picture", "number", "from", "runs");

  private PathRuns() {}

  /**
   * A picture.
   *
   * @param picture the id of a judged frame; with a tilde and a number behind it where it was taken
   *     so many pictures before that frame
   * @param number its place in the sequence, from 0
   * @param from the place of the picture that its labels were made from
   * @param runs how often a network ran for it
   */
  public record Run(String picture, int number, int from, int runs) {
    public Run {
      Objects.requireNonNull(picture, "picture");
      if (from < 0 || from > number || runs < 0 || runs == 0 && from == number) {
        throw new IllegalArgumentException(
            "picture "
                + picture
                + " of number "
                + number
                + " has labels of number "
                + from
                + " after "
                + Counted.of(runs, "run"));
      }
    }
  }

  /** Writes the file. */
  public static void write(Path folder, List<Run> runs) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    runs.forEach(
        run ->
            rows.add(
                List.of(
                    run.picture(),
                    Integer.toString(run.number()),
                    Integer.toString(run.from()),
                    Integer.toString(run.runs()))));
    Csv.write(folder.resolve(FILE), rows);
  }

  /**
   * Reads the file back.
   *
   * @throws BadInputException if it is missing or damaged
   */
  public static List<Run> read(Path folder) {
    Path file = folder.resolve(FILE);
    List<List<String>> rows = Csv.read(file);
    if (!rows.get(0).equals(HEADER)) {
      throw new BadInputException(file + ": its columns are not " + String.join(",", HEADER));
    }
    List<Run> out = new ArrayList<>();
    for (int r = 1; r < rows.size(); r++) {
      List<String> row = rows.get(r);
      try {
        out.add(
            new Run(
                row.get(0),
                Math.toIntExact(Csv.number(file, r, row.get(1))),
                Math.toIntExact(Csv.number(file, r, row.get(2))),
                Math.toIntExact(Csv.number(file, r, row.get(3)))));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new BadInputException(file + ": row " + (r + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(out);
  }
}
