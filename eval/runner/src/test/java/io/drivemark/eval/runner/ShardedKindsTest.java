package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.shard.WorkCell;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells whose frames do not stand alone, or that are judged by more: whole, and as one machine. */
class ShardedKindsTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Optional<String> CUES =
      Optional.of("its network has cues, which are seen in the order of the pictures");
  private static final String DRIVES =
      "{name: synthdrive, split: test, options: {count: 10, size: 24x32, sequence: 5, rate: 30}}";
  private static final String SCENES = "{name: synthdrive, count: 5, size: 24x32}";

  @TempDir Path folder;

  private Study study(String dataset, String models, String more) {
    try {
      return Study.read(
          Files.writeString(
              folder.resolve("study.yaml"),
              """
              schema: drivemark-study/1
              datasets: [%s]
              models: [%s]
              engines: [{name: onnxruntime, threads: 1}]
              latency: off
              """
                      .formatted(dataset, models)
                  + more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sources sources(Function<String, Engine> engines) {
    Map<String, Model> models =
        Map.of("plain", Yard.model("plain", 0), "tiny", TinyStudy.tiny(), "deep", TinyStudy.deep());
    return new Sources(Datasets::open, models::get, engines, NanoClock.SYSTEM);
  }

  private static Sources sources() {
    return sources(Engines::named);
  }

  private static List<Integer> ranges(WorkList list) {
    return list.cells().stream().map(cell -> cell.ranges().size()).toList();
  }

  private static List<Optional<String>> whole(WorkList list) {
    return list.cells().stream().map(WorkCell::whole).toList();
  }

  /** What is merged is what one machine writes. */
  private StudyResult requireSame(Study study, Path out) {
    StudyResult merged = Sharded.merge(out, sources());
    assertEquals(Sharded.alone(study, folder.resolve("alone"), sources()), CellTrees.of(out));
    assertEquals(merged, RunStore.read(out));
    return merged;
  }

  /** A picture of one colour. */
  private void picture(String path, int channel) {
    byte[] pixels = new byte[3 * HEIGHT * WIDTH];
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      pixels[3 * i + channel] = (byte) 200;
    }
    ImageCodec.writeImage(folder.resolve(path), RgbImage.of(HEIGHT, WIDTH, pixels));
  }

  /**
   * Two frames a second apart, each with three pictures that lead to it, one of them unreadable.
   */
  private String stream() throws IOException {
    for (int number : new int[] {20, 40}) {
      picture("val/a_00" + number + ".png", 0);
      ImageCodec.writeGray8(
          folder.resolve("valannot/a_00" + number + ".png"),
          HEIGHT,
          WIDTH,
          new byte[HEIGHT * WIDTH]);
      for (int before = 1; before <= 3; before++) {
        picture("video/a_00" + (number - before) + ".png", before - 1);
      }
    }
    Files.writeString(folder.resolve("video/a_0039.png"), "no picture");
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard
        classes: [{name: ground}, {name: bush}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png', stream: 'video/{id}.png'}]
        coding: {kind: index, void: [3]}
        sequence: '^([a-z]+)_'
        rate: 20
        """);
    return "{name: yard.yaml, root: ., split: val}";
  }

  @Test
  void aCellWithCuesIsOneWorkersThoughTheFirstOneDies() throws IOException {
    Study study = study(stream(), "{of: plain, cues: [{keyframes: {every: 2}}]}", "");
    Path out = folder.resolve("spread");
    WorkList list = Sharded.share(study, out, 4, SHORT, sources());
    assertEquals(List.of(2, 1), ranges(list));
    assertEquals(List.of(Optional.empty(), CUES), whole(list));
    CountingEngine dies = new CountingEngine(2);
    int killed = 0;
    for (String name : List.of("a", "b")) { // one begins with one cell, one with the other
      try {
        Sharded.workOn(out, name, sources(engine -> dies));
      } catch (CountingEngine.Killed e) {
        killed++;
      }
    }
    assertEquals(2, killed);
    Sharded.workOn(out, "c", sources());
    Entry entry = requireSame(study, out).entries().get(1);
    assertEquals(1, entry.issues().size(), entry.issues()::toString);
    assertTrue(entry.issues().get(0).startsWith("picture a_0040~1 left out: "));
    assertEquals(7, entry.cues().orElseThrow().pictures());
  }

  @Test
  void aCascadeIsOneWorkers() {
    Study study = study(SCENES, "{of: tiny, cues: [{cascade: {below: 1, then: deep}}]}", "");
    Path out = folder.resolve("spread");
    WorkList list = Sharded.share(study, out, 2, sources());
    assertEquals(List.of(2, 1), ranges(list));
    Sharded.work(out, "a", sources());
    Entry entry = requireSame(study, out).entries().get(1);
    assertEquals(10, entry.cues().orElseThrow().runs());
  }

  @Test
  void lateAnswersAreOneWorkers() {
    Study study = study(DRIVES, "tiny", "driving: {warm-up: 0.1, delays: 3, between: 1}\n");
    Path out = folder.resolve("spread");
    WorkList list = Sharded.share(study, out, 7, sources());
    assertEquals(List.of(1), ranges(list));
    assertEquals(
        List.of(Optional.of("late answers are held against many frames before them")), whole(list));
    Sharded.work(out, "a", sources());
    requireSame(study, out);
  }

  /** How sure labels are is counted by frame; corrupted frames are the merging machine's. */
  @Test
  void calibrationIsCutAndCorruptedFramesAreLeft() {
    Study study =
        study(
            SCENES,
            "tiny",
            "gauges: [calibration]\nrobustness: {corruptions: [fog], severities: [3], frames: 2}\n");
    Path out = folder.resolve("spread");
    WorkList list = Sharded.share(study, out, 3, sources());
    assertEquals(List.of(3), ranges(list));
    assertEquals(
        List.of("corrupted frames and other weather and light are judged when all cells are whole"),
        list.left());
    Sharded.work(out, "a", sources());
    Entry entry = requireSame(study, out).entries().get(0);
    assertTrue(entry.robustness().isPresent());
    assertTrue(entry.readings().stream().anyMatch(r -> r.gauge().equals("calibration")));
  }

  @Test
  void randomWeightsAndEnginesThatAreNotHereAreLeft() {
    Study study = study(SCENES, "{architecture: enet, name: random}", "size: 32x48\n");
    Path out = folder.resolve("spread");
    WorkList list = Sharded.share(study, out, 3, sources());
    assertEquals(List.of(), list.cells());
    assertEquals(
        List.of(
            "random on synthdrive/val with onnxruntime at 32x48: its weights are random, whether it"
                + " runs is tried out"),
        list.left());
    assertEquals(0, Sharded.work(out, "a", sources()).finished());
    requireSame(study, out);
    Path elsewhere = folder.resolve("elsewhere");
    WorkList without =
        Sharded.share(study(SCENES, "tiny", ""), elsewhere, 3, sources(name -> new Yard.Absent()));
    assertEquals(List.of(), without.cells());
    assertEquals(
        List.of(
            "tiny on synthdrive/val with absent at 24x32: engine absent cannot run here: its library"
                + " is not there"),
        without.left());
  }

  @Test
  void aCellThatIsSeenAlongSequencesHasNoRangeOfItsOwn() throws IOException {
    Study study = study(stream(), "{of: plain, cues: [{keyframes: {every: 2}}]}", "");
    Path out = folder.resolve("spread");
    Sharded.share(study, out, 4, sources());
    Path file = out.resolve("shards/work.json");
    String text = Files.readString(file);
    int cued = text.indexOf(CUES.orElseThrow());
    assertTrue(cued > 0);
    String cut = text.substring(cued).replaceFirst("\\[\\s*0,\\s*2\\s*\\]", "[0, 1], [1, 2]");
    assertTrue(cut.contains("[0, 1], [1, 2]"), text);
    Files.writeString(file, text.substring(0, cued) + cut);
    String refusal =
        "plain-cue-keyframes2 on yard/val with onnxruntime at 4x6: the work list cuts its frames into"
            + " 2 ranges, but one worker must take all of them: "
            + CUES.get();
    assertEquals(List.of(refusal), Sharded.work(out, "a", sources()).refusals());
    assertEquals(
        refusal,
        assertThrows(BadInputException.class, () -> Sharded.merge(out, sources())).getMessage());
  }
}
