package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels a second apart, with the pictures that the camera took before each of them. */
class StreamStudyTest {
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

  private Study study() throws IOException {
    for (int number : new int[] {20, 40}) {
      picture("val/a_00" + number + ".png", 0);
      ImageCodec.writeGray8(
          folder.resolve("valannot/a_00" + number + ".png"),
          HEIGHT,
          WIDTH,
          new byte[HEIGHT * WIDTH]);
      picture("video/a_00" + (number - 1) + ".png", 0);
      picture("video/a_00" + (number - 2) + ".png", 1);
      picture("video/a_00" + (number - 3) + ".png", 2);
    }
    Path yaml = folder.resolve("yard.yaml");
    Files.writeString(
        yaml,
        """
        name: yard
        classes: [{name: ground}, {name: bush}, {name: person}]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png', stream: 'video/{id}.png'}]
        coding: {kind: index, void: [3]}
        sequence: '^([a-z]+)_'
        rate: 20
        """);
    Path file = folder.resolve("study.yaml");
    Files.writeString(
        file,
        """
        schema: drivemark-study/1
        datasets: [{name: yard.yaml, root: ., split: val}]
        models: [plain]
        engines: [{name: onnxruntime, threads: 1}]
        latency: off
        driving: {warm-up: 0.1, delays: 2}
        """);
    return Study.read(file);
  }

  @Test
  void picturesWithoutLabelsAreAnsweredToo() throws IOException {
    Path out = folder.resolve("out");
    StudyResult result = new Runner(study(), out, Progress.NONE, Yard.sources()).run();
    Entry entry = result.entries().get(0);
    DelayEvidence evidence = DelayEvidence.read(out.resolve(entry.folder()), Yard.SPACE);
    assertEquals(
        List.of("a_0020", "a_0040"), evidence.sheet().clips().stream().map(c -> c.name()).toList());
    assertEquals(List.of("", "", "", "a_0020"), evidence.sheet().clips().get(0).samples());
    Instant truth = new Instant(3, 0);
    int pixels = HEIGHT * WIDTH;
    long[][] right = {{pixels, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    long[][] bush = {{0, pixels, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    for (int clip = 0; clip < 2; clip++) {
      for (int d = 0; d <= 2; d++) {
        assertEquals(
            ConfusionMatrix.of(Yard.SPACE, d == 2 ? bush : right),
            evidence.network().get(clip).at(truth, d).orElseThrow());
      }
    }
    Driving driving = entry.driving().orElseThrow();
    assertEquals(0, driving.curve().get(2).miou().orElseThrow());
    assertEquals(100, driving.curve().get(2).ms());
    assertTrue(driving.curve().get(1).perfect().isEmpty()); // their truth is not known
    assertTrue(driving.roads().isEmpty()); // nothing was timed
    assertFalse(evidence.hasObjects());
    assertEquals(result, RunStore.read(out));
  }
}
