package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.corruption.Corrupted;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptCommandTest {
  @TempDir Path folder;

  private Invocation corrupt(String... more) {
    return Invocation.of(
        Stream.concat(
                Stream.of("corrupt", "--dataset", "synthdrive", "--split", "val", "--data-option"),
                Stream.concat(Stream.of("size=24x32", "--limit", "2"), Stream.of(more)))
            .toArray(String[]::new));
  }

  @Test
  void writtenAreTheBytesOfTheCorruptedDataset() throws IOException {
    Path out = folder.resolve("worse");
    Invocation run =
        corrupt("--corruption", "fog,lens-dirt", "--severity", "1,3", "--out", out.toString());
    assertEquals("Wrote 2 frames at 4 levels to " + out + "\n", run.fine().out());
    SynthDrive plain = new SynthDrive(SynthOptions.of(2, 1, 24, 32, "val"));
    for (String name : List.of("fog", "lens-dirt")) {
      for (int severity : new int[] {1, 3}) {
        Corrupted seen = new Corrupted(plain, Corruptions.installed().level(name, severity));
        for (int i = 0; i < 2; i++) {
          Path file = out.resolve(name + "-" + severity).resolve(plain.ids().get(i) + ".png");
          assertEquals(seen.frame(i).image(), ImageCodec.readImage(file), file.toString());
        }
      }
    }
    try (Stream<Path> folders = Files.list(out)) {
      assertEquals(4, folders.count());
    }
  }

  @Test
  void unknownNamesAndSeveritiesAreRefusedBeforeAnythingIsWritten() {
    Path out = folder.resolve("none");
    Invocation typo = corrupt("--corruption", "fogg", "--out", out.toString());
    assertEquals(2, typo.exitCode());
    assertTrue(
        typo.err()
            .startsWith("drivemark corrupt: no corruption is called 'fogg' (did you mean 'fog'?)"),
        typo.err());
    Invocation severe = corrupt("--severity", "6", "--out", out.toString());
    assertEquals(2, severe.exitCode());
    assertEquals(
        "drivemark corrupt: corruption gaussian-noise: severity is 6, expected 1 to 5\n",
        severe.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void nothingIsWrittenIntoTheDatasetsFolder() {
    Path scenes = folder.resolve("scenes");
    Invocation.of("synth", "--out", scenes.toString(), "--count", "5", "--size", "24x32").fine();
    Invocation run =
        Invocation.of(
            "corrupt",
            "--dataset",
            "camvid",
            "--root",
            scenes.toString(),
            "--split",
            "val",
            "--out",
            scenes.resolve("val").toString());
    assertEquals(2, run.exitCode());
    assertEquals(
        "drivemark corrupt: --out: "
            + scenes.resolve("val")
            + " is a folder that dataset camvid is read from; nothing is written there: give another"
            + " place\n",
        run.err());
  }

  @Test
  void corruptionsAreListedWithTheirSeverities() {
    List<String> lines = Invocation.of("list", "corruptions").fine().out().lines().toList();
    assertEquals(12, lines.size());
    assertEquals(
        "quantise\tonly the upper bits of each value\t5 bits, 4 bits, 3 bits, 2 bits, 1 bit\t1\t-",
        lines.get(9));
    assertTrue(lines.get(8).matches("jpeg\t.*\t1\tOpenCV .*"), lines.get(8));
  }
}
