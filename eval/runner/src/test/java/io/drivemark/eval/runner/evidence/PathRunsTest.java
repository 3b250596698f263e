package io.drivemark.eval.runner.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.evidence.PathRuns.Run;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of runs for pictures. */
class PathRunsTest {
  @TempDir Path folder;

  private String problem(String text) throws IOException {
    Path file = folder.resolve(PathRuns.FILE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return assertThrows(BadInputException.class, () -> PathRuns.read(folder)).getMessage();
  }

  /** Kept cells have these columns: their names and bytes stay. */
  @Test
  void eachPictureIsARow() throws IOException {
    Files.createDirectories(folder.resolve("evidence"));
    List<Run> runs = List.of(new Run("a~1", 0, 0, 2), new Run("a", 1, 0, 0));
    PathRuns.write(folder, runs);
    assertEquals(
        "picture,number,from,runs\na~1,0,0,2\na,1,0,0\n",
        Files.readString(folder.resolve(PathRuns.FILE)));
    assertEquals(runs, PathRuns.read(folder));
  }

  @Test
  void whatIsDamagedIsRefused() throws IOException {
    Path file = folder.resolve(PathRuns.FILE);
    assertEquals(
        file + ": its columns are not picture,number,from,runs", problem("picture,runs\n"));
    assertEquals(
        file + ": row 2: picture a of number 0 has labels of number 1 after 1 run",
        problem("picture,number,from,runs\na,0,1,1\n"));
    assertEquals(
        file + ": row 2: picture a of number 1 has labels of number 1 after 0 runs",
        problem("picture,number,from,runs\na,1,1,0\n"));
    assertEquals(
        file + ": row 2: found 'x', expected a whole number",
        problem("picture,number,from,runs\na,x,0,1\n"));
  }
}
