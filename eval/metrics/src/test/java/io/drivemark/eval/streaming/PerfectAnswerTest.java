package io.drivemark.eval.streaming;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a perfect answer is worth when it is late, on SynthDrive at 30 frames a second. */
class PerfectAnswerTest {
  private static final int FRAMES = 24;
  private static final int FIRST = 10;

  private static Dataset drives(int drives, int height, int width) {
    return new SynthDrive(
        SynthOptions.of(FRAMES * drives, 2026, height, width, "test").withSequences(FRAMES, 30));
  }

  private static List<Double> curve(int drives, int height, int width, int... delays) {
    Dataset dataset = drives(drives, height, width);
    LabelSpace space = dataset.labels();
    List<DelayCounts> all = new ArrayList<>();
    for (int drive = 0; drive < drives; drive++) {
      int start = drive * FRAMES;
      List<LabelMap> truths =
          IntStream.range(0, FRAMES).mapToObj(i -> dataset.frame(start + i).truth()).toList();
      DelayCounts.Builder counts = new DelayCounts.Builder(1, 10);
      for (int i = FIRST; i < FRAMES; i++) {
        for (int d : delays) {
          ConfusionAccumulator pair = new ConfusionAccumulator(space);
          pair.add(truths.get(i), truths.get(i - d));
          counts.add(new Instant(i, 0), d, pair.matrix());
        }
      }
      all.add(counts.build());
    }
    List<Double> out = new ArrayList<>();
    for (int d : delays) {
      List<ConfusionMatrix> judged =
          all.stream().flatMap(c -> c.atDelay(d, FIRST).orElseThrow().stream()).toList();
      out.add(Protocols.cityscapes().evaluate(judged).miou().value().orElseThrow());
    }
    return out;
  }

  /** Measured before any of this was built, by another program: 33, 67, 100, 133 and 333 ms. */
  @Test
  @Tag("slow")
  void theMeasuredCurve() {
    List<Double> curve = curve(4, 240, 320, 0, 1, 2, 3, 4, 10);
    double[] measured = {1, 0.78280, 0.67608, 0.61382, 0.57393, 0.44757};
    for (int k = 0; k < measured.length; k++) {
      assertEquals(measured[k], curve.get(k), 1e-4 / 2);
    }
  }

  /** Measured likewise: of 258 regions of people so many are found in the truth of before. */
  @Test
  @Tag("slow")
  void thePeopleWhoAreFound() {
    Dataset dataset = drives(4, 240, 320);
    int[] delays = {0, 1, 2, 3, 4, 10};
    long[] found = new long[delays.length];
    long[] all = new long[delays.length];
    for (int drive = 0; drive < 4; drive++) {
      int start = drive * FRAMES;
      List<LabelMap> truths =
          IntStream.range(0, FRAMES).mapToObj(i -> dataset.frame(start + i).truth()).toList();
      for (int i = FIRST; i < FRAMES; i++) {
        for (int k = 0; k < delays.length; k++) {
          VulnerableRecall.Counts counts =
              VulnerableRecall.defaults().count(truths.get(i), truths.get(i - delays[k]));
          found[k] += counts.found();
          all[k] += counts.regions();
        }
      }
    }
    assertArrayEquals(new long[] {258, 258, 258, 258, 258, 258}, all);
    assertArrayEquals(new long[] {258, 240, 164, 111, 80, 46}, found);
  }

  /** The same on one small drive. */
  @Test
  void theLaterTheWorse() {
    List<Double> curve = curve(1, 48, 64, 0, 1, 2, 4, 10);
    assertEquals(1, curve.get(0));
    for (int k = 1; k < curve.size(); k++) {
      assertTrue(curve.get(k) < curve.get(k - 1), curve.toString());
    }
  }
}
