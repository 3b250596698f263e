package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gauges that a study asks for. */
class GaugeRunTest {
  @TempDir Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  private Entry run(String... gauges) {
    Study study = Yard.study(yaml, List.of("biased")).withGauges(List.of(gauges));
    return new Runner(study, out, Progress.NONE, Yard.sources()).run().entries().get(0);
  }

  private void inOneSequence() throws IOException {
    Files.writeString(yaml, Files.readString(yaml) + "sequence: '^(frame)'\n");
  }

  private static List<String> names(Entry entry) {
    return entry.readings().stream().map(GaugeReading::gauge).toList();
  }

  @Test
  void oneThatIsAskedForHasItsOwnCellEvidenceAndReading() throws IOException {
    inOneSequence();
    Entry usual = run();
    Entry asked = run("flicker", "boundary-f");
    assertFalse(names(usual).contains("flicker"));
    assertEquals(
        List.of("boundary-f", "flicker"),
        names(asked).stream().filter(name -> !names(usual).contains(name)).toList());
    try (Stream<Path> cells = Files.list(out.resolve("cells"))) {
      assertEquals(2, cells.count(), "the cell without them is kept as it was");
    }
    assertEquals(asked, run("flicker", "boundary-f"), "and is found again");
    assertEquals(asked, RunStore.read(out).entries().get(0));
    assertEquals(usual.accuracy(), asked.accuracy());
  }

  @Test
  void pairsThatCannotBeComparedAreIssues() throws IOException {
    inOneSequence();
    ImageCodec.writeGray8(folder.resolve("data/valannot/frame2.png"), 6, 10, new byte[60]);
    ImageCodec.writeImage(folder.resolve("data/val/frame2.png"), RgbImage.of(6, 10, new byte[180]));
    Entry entry = run("flicker");
    assertFalse(entry.complete());
    assertEquals(
        List.of(
            "flicker: frame frame2 is 6x10, the one before it in its sequence 12x20 (height x"
                + " width); frames of one sequence must have one size",
            "flicker: frame frame3 is 12x20, the one before it in its sequence 6x10 (height x"
                + " width); frames of one sequence must have one size"),
        entry.issues());
  }

  @Test
  void oneThatCanNeverApplyStopsTheStudyBeforeItStarts() {
    assertEquals(
        "flicker: no two frames of yard/val follow each other in one sequence; a dataset file says by"
            + " 'sequence' which part of an id names its sequence",
        assertThrows(BadInputException.class, () -> run("flicker")).getMessage());
    assertFalse(Files.exists(out.resolve("results.json")));
  }

  /** Says where the ground ends in metres, and needs to know the camera. */
  private void withRoad(String camera) throws IOException {
    Files.writeString(
        yaml,
        Files.readString(yaml)
                .replace("{name: person}", "{name: person, vulnerable: true, instances: true}")
            + "drivable: [ground]\n"
            + camera);
  }

  @Test
  void metresNeedACameraAndAreReadAgain() throws IOException {
    withRoad("");
    assertEquals(
        "gauge freespace on yard/val: the camera of frame frame0 is not known, so no row of pixels"
            + " has a distance; declare camera: {height: 1.3, fx: 1000, u0: 640, v0: 360, pitch: 0}"
            + " (metres, pixels, radians), or layout.camera where files of frames state it",
        assertThrows(BadInputException.class, () -> run("freespace")).getMessage());
    writeDataset();
    withRoad("camera: {height: 1.3, fx: 12, u0: 10, v0: 3}\n");
    Entry asked = run("freespace", "distance", "obstacles", "stixels");
    assertEquals(
        List.of("distance", "freespace", "obstacles", "stixels"),
        names(asked).subList(names(asked).size() - 4, names(asked).size()));
    assertEquals(asked, RunStore.read(out).entries().get(0), "all follows from the evidence");
    assertEquals(1, cells());
    Files.writeString(yaml, Files.readString(yaml).replace("height: 1.3", "height: 1.4"));
    Entry higher = run("freespace", "distance", "obstacles", "stixels");
    assertEquals(2, cells(), "another camera gives other metres");
    assertEquals(asked.accuracy(), higher.accuracy());
    assertNotEquals(asked.readings(), higher.readings());
  }

  private long cells() throws IOException {
    try (Stream<Path> cells = Files.list(out.resolve("cells"))) {
      return cells.count();
    }
  }
}
