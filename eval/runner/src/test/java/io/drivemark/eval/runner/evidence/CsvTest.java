package io.drivemark.eval.runner.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class CsvTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    Path file = folder.resolve("a/table.csv");
    List<List<String>> rows =
        List.of(List.of("id", "n"), List.of("a, \"b\"\nc", "1"), List.of("", "2"));
    Csv.write(file, rows);
    assertEquals(rows, Csv.read(file));
  }

  @Test
  void aTruncatedTableIsRefused() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, "id,n\na,1\nb,1");
    assertEquals(
        file + ": truncated: its last line does not end",
        assertThrows(BadInputException.class, () -> Csv.read(file)).getMessage());
  }

  @Test
  void aRowOfAnotherLengthIsRefused() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(file, "id,n\na,1\nb\n");
    assertEquals(
        file + ": row 3 has 1 fields, expected 2",
        assertThrows(BadInputException.class, () -> Csv.read(file)).getMessage());
  }

  @Test
  void negativeAndBrokenNumbersAreRefused() {
    assertEquals(12, Csv.number(folder, 1, "12"));
    for (String bad : List.of("-1", "1.5", "", "99999999999999999999")) {
      assertEquals(
          folder + ": row 3: found '" + bad + "', expected a whole number",
          assertThrows(BadInputException.class, () -> Csv.number(folder, 2, bad)).getMessage());
    }
  }
}
