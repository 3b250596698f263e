package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files of a cell that hold what nobody wrote. */
class DamagedCellTest {
  @TempDir private Path out;
  private Path cell;

  @BeforeEach
  void copy() {
    KeptCell.copy(out);
    cell = KeptCell.cell(out);
  }

  private static void replace(Path file, String pattern, String by) throws IOException {
    String text = Files.readString(file);
    String other = text.replaceFirst(pattern, by);
    assertNotEquals(text, other, pattern);
    Files.writeString(file, other);
  }

  private static String message(Executable reading) {
    return assertThrows(BadInputException.class, reading).getMessage();
  }

  @Test
  void aTextInPlaceOfANumberIsNotZero() throws IOException {
    replace(cell.resolve("network.json"), "\"params\" : (\\d+)", "\"params\" : \"$1\"");
    assertEquals(
        cell.resolve("network.json")
            + ": is damaged (found \"353437\", expected params to be a whole number); remove the"
            + " folder "
            + cell
            + " to measure the cell again",
        message(() -> SheetFile.read(cell)));
  }

  /** Such a block has no place in a picture. */
  @Test
  void aBlockWithoutPixelsIsRefused() throws IOException {
    replace(cell.resolve("network.json"), "\\[ 1, 11, 48, 64 \\]", "[ 1, 11, 0, 64 ]");
    assertEquals(
        cell.resolve("network.json")
            + ": is damaged (found [1,11,0,64], expected a shape without a 0); remove the folder "
            + cell
            + " to measure the cell again",
        message(() -> SheetFile.read(cell)));
  }

  @Test
  void aCountThatFitsNoNumberIsNotCut() throws IOException {
    Path results = out.resolve("results.json");
    replace(results, "\"confusion\" : \\[ \\[ \\d+", "\"confusion\" : [ [ 36893488147419103232");
    assertEquals(
        results
            + ": entries[0].accuracy.confusion: found 36893488147419103232, expected rows of counts",
        message(() -> RunStore.read(out)));
  }

  @Test
  void countsThatAreNoTableAreRefusedWithTheirPlace() throws IOException {
    Path record = cell.resolve("record.json");
    replace(record, "\"confusion\" : \\[ \\[ \\d+, ", "\"confusion\" : [ [ ");
    assertEquals(
        record + ": entry: confusion: 11 classes need rows of 12, found 11",
        message(() -> CellStore.read(cell)));
  }

  @Test
  void timesWhoseSumIsBeyondAllNumbersAreRefused() throws IOException {
    Path latency = cell.resolve("latency.csv");
    replace(latency, "(?m)^(\\d+,\\d+),\\d+,", "$1,9223372036854775807,");
    assertEquals(latency + ": long overflow", message(() -> TimedRuns.read(latency)));
  }
}
