package io.drivemark.datasets.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every corruption must do; a subclass names one. */
public abstract class CorruptionContract {
  private static final SynthDrive SCENES =
      new SynthDrive(SynthOptions.of(4, 3, 60, 80, "val").withSequences(2, 2));

  /** The corruption to test. */
  protected abstract Corruption corruption();

  private RgbImage at(int severity, Frame frame, RgbImage image) {
    return new CorruptionLevel(corruption(), severity)
        .apply(image, frame, () -> Distances.of(frame, true));
  }

  private RgbImage at(int severity, Frame frame) {
    return at(severity, frame, frame.image());
  }

  @Test
  void describesItself() {
    Corruption c = corruption();
    assertEquals(List.of(c.name()), Corruptions.of(List.of(c)).names());
    assertFalse(c.summary().isBlank());
    assertEquals(5, c.settings().stream().distinct().count(), "severities must differ");
    assertEquals(c.basis(), corruption().basis());
  }

  @Test
  void keepsTheSizeAndTheGivenPhotograph() {
    Frame frame = SCENES.frame(0);
    RgbImage image = frame.image();
    byte[] before = image.pixels().clone();
    for (int severity = 1; severity <= 5; severity++) {
      RgbImage out = at(severity, frame, image);
      assertEquals(image.toString(), out.toString());
      assertNotSame(image.pixels(), out.pixels());
      assertArrayEquals(before, image.pixels(), "it wrote into the photograph it was given");
    }
  }

  @Test
  void givesTheSameBytesEachTimeAndOnEachThread() throws Exception {
    List<RgbImage> alone = IntStream.range(0, 4).mapToObj(i -> at(3, SCENES.frame(i))).toList();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<RgbImage>> together = new ArrayList<>();
      for (int i = 3; i >= 0; i--) {
        Frame frame = SCENES.frame(i);
        together.add(pool.submit(() -> at(3, frame)));
      }
      for (int i = 0; i < 4; i++) {
        assertEquals(alone.get(i), result(together.get(3 - i)), "frame " + i);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static RgbImage result(Future<RgbImage> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void eachSeverityIsWorseThanTheOneBefore() {
    double before = 0;
    for (int severity = 1; severity <= 5; severity++) {
      double error = 0;
      for (int i = 0; i < 4; i++) {
        RgbImage clean = SCENES.frame(i).image();
        error += squaredError(clean.pixels(), at(severity, SCENES.frame(i), clean).pixels());
      }
      assertTrue(error > before, "severity " + severity + ": " + error + " after " + before);
      before = error;
    }
  }

  private static double squaredError(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = (a[i] & 0xFF) - (b[i] & 0xFF);
      sum += d * d;
    }
    return sum;
  }

  @Test
  void worksOnAPhotographOfOnePixelAndOnARowAndAColumn() {
    for (int[] size : new int[][] {{1, 1}, {1, 7}, {7, 1}}) {
      byte[] pixels = new byte[3 * size[0] * size[1]];
      Arrays.fill(pixels, (byte) 77);
      RgbImage image = RgbImage.of(size[0], size[1], pixels);
      for (int severity = 1; severity <= 5; severity++) {
        RgbImage out =
            corruption().apply(image, severity, Draws.of("x/" + severity), Optional.empty());
        assertEquals(image.toString(), out.toString());
      }
    }
  }

  @Test
  void asADatasetItChangesThePhotographAlone() {
    Corrupted view = new Corrupted(SCENES, new CorruptionLevel(corruption(), 2));
    Sample clean = SCENES.frame(1).sample();
    Sample corrupted = view.frame(1).sample();
    assertArrayEquals(clean.truth().pixels(), corrupted.truth().pixels());
    assertEquals(clean.id(), corrupted.id());
    assertEquals(at(2, SCENES.frame(1)), corrupted.image());
    assertEquals(corrupted.image(), view.frame(1).image());
    assertFalse(view.digest().equals(SCENES.digest()));
    assertFalse(
        view.digest().equals(new Corrupted(SCENES, new CorruptionLevel(corruption(), 3)).digest()));
  }
}
