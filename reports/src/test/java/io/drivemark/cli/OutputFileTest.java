package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places that cannot be written to are refused by every command before it works. */
class OutputFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("file.txt"), "kept");
  }

  private static String message(Runnable check) {
    return assertThrows(BadInputException.class, check::run).getMessage();
  }

  @Test
  void aFileNeedsANameOfItsOwn() {
    assertEquals(
        "--json: " + folder + " is a folder; give a file's name, which may lie in it",
        message(() -> OutputFile.requireWritable("--json", folder)));
    assertEquals(
        "--json: /dev/null is no ordinary file and cannot be replaced; give another name",
        message(() -> OutputFile.requireWritable("--json", Path.of("/dev/null"))));
    assertEquals(
        "--json: "
            + file
            + "/deep/a.json cannot be written: "
            + file
            + " is a file, expected a"
            + " folder there",
        message(() -> OutputFile.requireWritable("--json", file.resolve("deep/a.json"))));
  }

  @Test
  void aFolderIsNoFile() {
    assertEquals(
        "--out: " + file + " is a file; give a folder",
        message(() -> OutputFile.requireFolder("--out", file)));
    assertEquals(
        "--out: "
            + file
            + "/deep cannot be written: "
            + file
            + " is a file, expected a folder"
            + " there",
        message(() -> OutputFile.requireFolder("--out", file.resolve("deep"))));
  }

  @Test
  void lookingCreatesNothing() throws IOException {
    Path deep = folder.resolve("not/there/yet");
    assertDoesNotThrow(() -> OutputFile.requireWritable("--json", deep.resolve("a.json")));
    assertDoesNotThrow(() -> OutputFile.requireFolder("--out", deep));
    assertDoesNotThrow(() -> OutputFile.requireWritable("--json", file));
    assertDoesNotThrow(() -> OutputFile.requireWritable("--json", null));
    assertDoesNotThrow(() -> OutputFile.requireFolder("--html", null));
    assertFalse(Files.exists(folder.resolve("not")));
    assertEquals("kept", Files.readString(file));
  }

  /** Nothing else in these lines is there, so that a command that looked later would say so. */
  @ParameterizedTest
  @CsvSource({
    "score, --json, --dataset synthdrive --split val --predictions no-such",
    "score-depth, --json, --truth no-such --predictions no-such",
    "score-depth, --csv, --truth no-such --predictions no-such",
    "verify, --json, --dataset camvid --root no-such",
    "predict, --out, --model no-such.onnx --dataset synthdrive --split val",
    "run, --out, no-such.yaml",
    "demo, --out,",
    "synth, --out,",
    "reach, --out, --model no-such.onnx",
    "export, --out, --model no-such.onnx",
    "import, --out, --model no-such.yaml",
    "train, --out, --architecture enet --dataset camvid --root no-such",
    "prune, --out, --model no-such.onnx --technique filter --keep macs=0.5 --dataset camvid",
    "prune, --save-plan, --out out.onnx --model no-such --technique filter --dataset camvid",
  })
  void everyCommandLooksFirst(String command, String option, String others) {
    String place = file + "/deep.onnx";
    List<String> arguments = new ArrayList<>(List.of(command, option, place));
    if (others != null) {
      arguments.addAll(List.of(others.split(" ")));
    }
    Invocation.refused(
        List.of(
            "drivemark "
                + command
                + ": "
                + option
                + ": "
                + place
                + " cannot be written: "
                + file
                + " is a file, expected a folder there"),
        arguments.toArray(String[]::new));
  }
}
