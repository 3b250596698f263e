package io.drivemark.eval.runner.evidence;

import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables as comma-separated text, quoted where needed, one header line. Stateless.
 *
 * <p>Not Commons CSV: that quotes other fields (empty ones, those that begin with # or a space), so
 * evidence would get other bytes, and it reads a last line that does not end.
 */
public final class Csv {
  private Csv() {}

  public static void write(Path file, List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        text.append(i == 0 ? "" : ",").append(quoted(row.get(i)));
      }
      text.append('\n');
    }
    DurableFiles.write(file, text.toString());
  }

  /**
   * Reads a table.
   *
   * @throws BadInputException if it cannot be read or a row has not as many fields as the header
   */
  public static List<List<String>> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inQuotes && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        field.append(c);
      }
    }
    if (inQuotes || field.length() > 0 || !row.isEmpty() || rows.isEmpty()) {
      throw new BadInputException(file + ": truncated: its last line does not end");
    }
    for (int r = 1; r < rows.size(); r++) {
      if (rows.get(r).size() != rows.get(0).size()) {
        throw new BadInputException(
            file
                + ": row "
                + (r + 1)
                + " has "
                + rows.get(r).size()
                + " fields, expected "
                + rows.get(0).size());
      }
    }
    return rows;
  }

  /** A field as a number of at least 0. */
  public static long number(Path file, int row, String field) {
    try {
      long value = Long.parseLong(field);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below like a negative number
    }
    throw new BadInputException(
        file + ": row " + (row + 1) + ": found '" + field + "', expected a whole number");
  }

  private static String quoted(String field) {
    return field.matches("[^\",\\n\\r]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
