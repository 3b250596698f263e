package io.drivemark.eval.runner.evidence.driving;

import io.drivemark.problem.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Tables of whole numbers with very many rows, read row by row. Fields have no commas and no
 * quotes. Stateless.
 */
final class NumberRows {
  private NumberRows() {}

  /** Takes a row: its number in the file, from 1, and its fields. */
  interface Taker extends BiConsumer<Integer, String[]> {}

  /**
   * Reads a table.
   *
   * @throws BadInputException if it cannot be read, has other columns, a row has not as many fields
   *     or is refused by the taker, or its last line does not end
   */
  static void read(Path file, String header, Taker taker) {
    int columns = header.split(",", -1).length;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      if (!header.equals(in.readLine())) {
        throw new BadInputException(file + ": its columns are not those of the record's classes");
      }
      int row = 1;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        row++;
        String[] fields = line.split(",", -1);
        if (fields.length != columns) {
          throw new BadInputException(
              file + ": row " + row + " has " + fields.length + " fields, expected " + columns);
        }
        try {
          taker.accept(row, fields);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
          throw new BadInputException(file + ": row " + row + ": " + e.getMessage(), e);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** A field as a number of at least 0. */
  static long number(Path file, int row, String field) {
    try {
      long value = Long.parseLong(field);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below like a negative number
    }
    throw new BadInputException(
        file + ": row " + row + ": found '" + field + "', expected a whole number");
  }

  /** All fields as numbers of at least 0. */
  static long[] numbers(Path file, int row, String[] fields) {
    long[] out = new long[fields.length];
    for (int i = 0; i < fields.length; i++) {
      out[i] = number(file, row, fields[i]);
    }
    return out;
  }
}
