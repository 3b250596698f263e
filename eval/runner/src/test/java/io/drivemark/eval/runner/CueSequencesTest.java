package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.evidence.PathRuns.Run;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences of files: with gaps, beside each other, and with pictures that have no labels. */
class CueSequencesTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;

  @TempDir Path folder;

  /** A picture of one colour; the brightest channel is the class that the network answers. */
  private void picture(String path, int channel) {
    byte[] pixels = new byte[3 * HEIGHT * WIDTH];
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      pixels[3 * i + channel] = (byte) 200;
    }
    ImageCodec.writeImage(folder.resolve(path), RgbImage.of(HEIGHT, WIDTH, pixels));
  }

  /** A frame whose truth is its channel. */
  private void frame(String id, int channel) {
    picture("val/" + id + ".png", channel);
    byte[] labels = new byte[HEIGHT * WIDTH];
    java.util.Arrays.fill(labels, (byte) channel);
    ImageCodec.writeGray8(folder.resolve("valannot/" + id + ".png"), HEIGHT, WIDTH, labels);
  }

  private Study study(String layout, String cue, String rest) throws IOException {
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard
        classes: [{name: ground}, {name: bush}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'%s}]
        coding: {kind: index, void: [3]}
        """
            .formatted(layout));
    Path file = folder.resolve("study.yaml");
    Files.writeString(
        file,
        """
        schema: drivemark-study/1
        datasets: [{name: yard.yaml, root: ., split: val}]
        models: [{of: plain, cues: [%s]}]
        engines: [{name: onnxruntime, threads: 1}]
        %s
        """
            .formatted(cue, rest));
    return Study.read(file);
  }

  private void declare(String more) throws IOException {
    Path yaml = folder.resolve("yard.yaml");
    Files.writeString(yaml, Files.readString(yaml) + more);
  }

  private StudyResult run(Study study) {
    return new Runner(study, folder.resolve("out"), Progress.NONE, Yard.sources()).run();
  }

  private List<Run> runs(Entry entry) {
    return PathRuns.read(folder.resolve("out").resolve(entry.folder()));
  }

  @Test
  void aFrameThatCannotBeReadIsAGapInItsSequence() throws IOException {
    for (int i = 0; i < 6; i++) {
      frame("a_000" + i, i % 3);
    }
    Files.writeString(folder.resolve("val/a_0002.png"), "no picture");
    Study study = study("", "{keyframes: {every: 2}}", "latency: off");
    declare("sequence: '^([a-z]+)_'\nrate: 20\n");
    Entry entry = run(study).entries().get(1);
    assertEquals(
        List.of(
            new Run("a_0000", 0, 0, 1),
            new Run("a_0001", 1, 0, 0),
            new Run("a_0003", 3, 3, 1),
            new Run("a_0004", 4, 4, 1),
            new Run("a_0005", 5, 4, 0)),
        runs(entry));
    assertEquals(1, entry.issues().size());
    assertTrue(entry.issues().get(0).startsWith("frame a_0002 left out: "), entry.issues().get(0));
    assertEquals(5, entry.dataset().images());
  }

  @Test
  void eachSequenceBeginsAnewAndAFrameAloneIsOne() throws IOException {
    for (String id : List.of("a_0000", "a_0001", "b_0000", "b_0001", "b_0002", "c_0000")) {
      frame(id, 0);
    }
    Study study = study("", "skip-if-still", "latency: off");
    declare("sequence: '^([a-z]+)_'\nrate: 20\n");
    Entry entry = run(study).entries().get(1);
    assertEquals(
        List.of(
            new Run("a_0000", 0, 0, 1),
            new Run("a_0001", 1, 0, 0),
            new Run("b_0000", 0, 0, 1),
            new Run("b_0001", 1, 0, 0),
            new Run("b_0002", 2, 0, 0),
            new Run("c_0000", 0, 0, 1)),
        runs(entry));
    assertTrue(entry.notes().contains("sequence c has one frame"), entry.notes().toString());
    assertEquals(2, entry.cues().orElseThrow().oldest());
  }

  @Test
  void picturesThatLeadToAFrameAreSeenFirst() throws IOException {
    for (int number : new int[] {20, 40}) {
      frame("a_00" + number, 0);
      picture("video/a_00" + (number - 1) + ".png", 0);
      picture("video/a_00" + (number - 2) + ".png", 1);
      picture("video/a_00" + (number - 3) + ".png", 2);
    }
    Study study =
        study(", stream: 'video/{id}.png'", "{keyframes: {every: 3}}", "latency: {runs: 10}");
    declare("sequence: '^([a-z]+)_'\nrate: 20\n");
    StudyResult result = run(study);
    Entry entry = result.entries().get(1);
    assertEquals(
        List.of(
            new Run("a_0020~3", 0, 0, 1),
            new Run("a_0020~2", 1, 0, 0),
            new Run("a_0020~1", 2, 0, 0),
            new Run("a_0020", 3, 3, 1),
            new Run("a_0040~3", 0, 0, 1),
            new Run("a_0040~2", 1, 0, 0),
            new Run("a_0040~1", 2, 0, 0),
            new Run("a_0040", 3, 3, 1)),
        runs(entry));
    assertEquals(8, entry.cues().orElseThrow().pictures());
    assertEquals(2, entry.cues().orElseThrow().judged());
    assertEquals(4, entry.cues().orElseThrow().runs());
    assertEquals(1, entry.accuracy().orElseThrow().pixelAccuracy().orElseThrow());
    TimedRuns timed =
        TimedRuns.read(folder.resolve("out").resolve(entry.folder()).resolve(Evidence.LATENCY));
    assertEquals(
        List.of("a_0020~3", "a_0020~2", "a_0020~1"), timed.frames().subList(0, 3), "3 of 4 repeat");
    assertEquals(result, RunStore.read(folder.resolve("out")));
  }

  @Test
  void aKeptLabelIsTheOneOfTheKeyFrame() throws IOException {
    frame("a_0000", 0);
    frame("a_0001", 1);
    frame("a_0002", 2);
    Study study = study("", "{keyframes: {every: 2}}", "latency: off");
    declare("sequence: '^([a-z]+)_'\nrate: 20\n");
    StudyResult result = run(study);
    assertEquals(1, result.entries().get(0).accuracy().orElseThrow().pixelAccuracy().orElseThrow());
    assertEquals(
        2 / 3.0, result.entries().get(1).accuracy().orElseThrow().pixelAccuracy().orElseThrow());
  }

  @Test
  void sequencesBesideEachOtherAreRefused() throws IOException {
    for (String id : List.of("p0_a_0000", "p1_b_0000", "p2_a_0001", "p3_b_0001")) {
      frame(id, 0);
    }
    Study study = study("", "skip-if-still", "latency: off");
    declare("sequence: '_([a-z]+)_'\nrate: 20\n");
    assertEquals(
        "cues: on yard/val frame p2_a_0001 of another sequence stands between those of b, expected"
            + " one sequence after the other; take one of them by where:",
        assertThrows(BadInputException.class, () -> run(study)).getMessage());
  }

  @Test
  void withoutSequencesOrTheirRateItIsSaidWhatToDeclare() throws IOException {
    frame("a_0000", 0);
    frame("a_0001", 0);
    Study study = study("", "skip-if-still", "latency: off");
    assertEquals(
        "cues: what was seen before is not known on yard/val: it does not say which drive its frame"
            + " a_0000 is of; declare sequence: with the part of an id that names the drive",
        assertThrows(BadInputException.class, () -> run(study)).getMessage());
    declare("sequence: '^([a-z]+)_'\n");
    assertEquals(
        "cues: what was seen before is not known on yard/val: sequence a has no rate; declare rate:"
            + " with the pictures a second that its camera took",
        assertThrows(BadInputException.class, () -> run(study)).getMessage());
  }
}
