package io.drivemark.datasets.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("text")
class PredictionFilesTest {
  @TempDir Path folder;

  @Test
  void filesAreFoundAtAnyDepth() throws IOException {
    Path a = touch("a.png");
    Path b = touch("city/b.png");
    touch("notes.txt");
    PredictionFiles found = PredictionFiles.find(folder, List.of("b", "a"), false).requireExact();
    assertEquals(Map.of("a", a, "b", b), found.files());
  }

  @Test
  void suffixCountsOnlyWhereItIsAllowed() throws IOException {
    Path a = touch("bonn_000001_000019_pred_labelIds.png");
    String id = "bonn_000001_000019";
    assertEquals(Map.of(id, a), PredictionFiles.find(folder, List.of(id), true).files());
    assertEquals(List.of(a), PredictionFiles.find(folder, List.of(id), false).foreign());
  }

  @Test
  void longestIdIsTheOneMeant() throws IOException {
    Path one = touch("a_1.png");
    Path two = touch("a_1_2_x.png");
    assertEquals(
        Map.of("a_1", one, "a_1_2", two),
        PredictionFiles.find(folder, List.of("a", "a_1", "a_1_2"), true).files());
  }

  @Test
  void foldersMayBePartOfTheId() throws IOException {
    Path a = touch("201/frame0029.png");
    Path b = touch("val/36/frame0029_pred.png");
    Path c = touch("7_frame0001.png");
    assertEquals(
        Map.of("201_frame0029", a, "36_frame0029", b, "7_frame0001", c),
        PredictionFiles.find(folder, List.of("201_frame0029", "36_frame0029", "7_frame0001"), true)
            .requireExact()
            .files());
  }

  @Test
  void linkedFoldersAreSearched(@TempDir Path elsewhere) throws IOException {
    Files.createFile(elsewhere.resolve("a.png"));
    Files.createSymbolicLink(folder.resolve("bonn"), elsewhere);
    assertEquals(
        Map.of("a", folder.resolve("bonn/a.png")),
        PredictionFiles.find(folder, List.of("a"), false).requireExact().files());
  }

  @Test
  void missingDuplicateAndForeignOnesAreAllNamed() throws IOException {
    Path a = touch("a.png");
    Path again = touch("x/a.png");
    Path foreign = touch("z.png");
    PredictionFiles found = PredictionFiles.find(folder, List.of("a", "b", "c"), false);
    assertEquals(
        folder
            + ": expected exactly one ID.png for each sample of the split; found 2 samples without"
            + " a prediction: b, c; two predictions of one sample: "
            + a
            + ", "
            + again
            + "; 1 file of no sample: "
            + foreign,
        message(found::requireExact));
  }

  @Test
  void ofManyDuplicatesFiveAreNamed() throws IOException {
    List<String> ids = List.of("a", "b", "c", "d", "e", "f", "g");
    for (String id : ids) {
      touch(id + ".png");
      touch("x/" + id + ".png");
    }
    String message =
        message(() -> PredictionFiles.find(folder, ids, false).requireExact("confidence file"));
    assertEquals(5, message.split("two confidence files of one sample: ", -1).length - 1);
    assertTrue(message.endsWith("; 2 more samples with several confidence files"), message);
  }

  @Test
  void missingFolderIsNamed() {
    Path none = folder.resolve("none");
    assertEquals(
        none + ": no such folder; expected predictions there, one ID.png for each sample",
        message(() -> PredictionFiles.find(none, List.of("a"), false)));
    assertEquals(
        none + ": no such folder; expected confidence files there, one ID.png for each sample",
        message(() -> PredictionFiles.find(none, List.of("a"), false, "confidence file")));
  }

  private Path touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
