package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynthSequenceTest {
  private static final int FRAMES = 10;

  private static SynthDrive tenHertz(int drives) {
    return new SynthDrive(
        SynthOptions.of(drives * FRAMES, 2, 90, 120, "train").withSequences(FRAMES, 10));
  }

  @Test
  void framesOfADriveShareSequenceWeatherAndSpeed() {
    SynthDrive frames = tenHertz(2);
    Sample first = frames.frame(0).sample();
    Sample last = frames.frame(FRAMES - 1).sample();
    assertEquals(first.sequence(), last.sequence());
    assertEquals(first.attributes(), last.attributes());
    assertEquals(Optional.of(0.0), first.seconds());
    assertEquals(Optional.of(0.9), last.seconds());
    assertNotEquals(first.sequence(), frames.frame(FRAMES).sample().sequence());
    assertEquals(List.of("train_000000_009", "train_000001_000"), frames.ids().subList(9, 11));
  }

  @Test
  void objectsKeepNumberAndClass() {
    SynthDrive frames = tenHertz(6);
    int both = 0;
    int all = 0;
    for (int d = 0; d < 6; d++) {
      Map<Integer, Integer> first = classes(frames.frame(d * FRAMES).sample());
      Map<Integer, Integer> next = classes(frames.frame(d * FRAMES + 1).sample());
      for (Map.Entry<Integer, Integer> e : first.entrySet()) {
        all++;
        if (next.containsKey(e.getKey())) {
          both++;
          assertEquals(e.getValue(), next.get(e.getKey()));
        }
      }
    }
    assertTrue(both > 0.75 * all && all > 30, both + " of " + all + " objects are seen again");
  }

  @Test
  void parkedCarsComeNearerAsFastAsTheEgoCarDrives() {
    SynthDrive frames = tenHertz(12);
    int moving = 0;
    int parked = 0;
    for (int d = 0; d < 12; d++) {
      Sample first = frames.frame(d * FRAMES).sample();
      double speed = Double.parseDouble(first.attributes().get("speed"));
      if (speed < 3) {
        continue;
      }
      moving++;
      Map<Integer, Double> before = nearest(first);
      Map<Integer, Double> after = nearest(frames.frame(d * FRAMES + 5).sample());
      for (Map.Entry<Integer, Double> e : before.entrySet()) {
        Double then = after.get(e.getKey());
        if (then != null && e.getValue() < 40) {
          double approach = (e.getValue() - then) / 0.5;
          if (Math.abs(approach - speed) < 0.15 * speed + 0.3) {
            parked++;
          }
        }
      }
    }
    assertTrue(moving >= 6 && parked >= moving, parked + " parked cars in " + moving + " drives");
  }

  @Test
  void standingEgoCarStillSeesOthersMove() {
    SynthDrive frames = tenHertz(20);
    for (int d = 0; d < 20; d++) {
      Sample first = frames.frame(d * FRAMES).sample();
      if (first.attributes().get("speed").equals("0.00")) {
        Sample last = frames.frame(d * FRAMES + 9).sample();
        assertNotEquals(first.truth(), last.truth());
        int same = 0;
        for (int k = 0; k < 90 * 120; k++) {
          if (first.truth().pixels()[k] == last.truth().pixels()[k]) {
            same++;
          }
        }
        assertTrue(same > 0.8 * 90 * 120, first.id() + ": " + same);
        return;
      }
    }
    throw new AssertionError("no drive stands still");
  }

  @Test
  void sparserFramesShowTheSameDrive() {
    SynthOptions dense = SynthOptions.of(20, 2, 48, 64, "val").withSequences(20, 10);
    SynthOptions sparse = SynthOptions.of(4, 2, 48, 64, "val").withSequences(4, 2);
    assertEquals(
        new SynthDrive(dense).frame(15).sample().image(),
        new SynthDrive(sparse).frame(3).sample().image());
  }

  private static Map<Integer, Integer> classes(Sample sample) {
    Map<Integer, Integer> classes = new HashMap<>();
    int[] ids = sample.instances().orElseThrow().ids();
    for (int k = 0; k < ids.length; k++) {
      if (ids[k] > 0) {
        int label = sample.truth().pixels()[k];
        Integer other = classes.put(ids[k], label);
        assertTrue(other == null || other == label, "object " + ids[k] + " has two classes");
      }
    }
    return classes;
  }

  /** Distance of each car's nearest pixel. */
  private static Map<Integer, Double> nearest(Sample sample) {
    Map<Integer, Double> nearest = new HashMap<>();
    int[] ids = sample.instances().orElseThrow().ids();
    float[] depth = sample.depth().orElseThrow().metres();
    for (int k = 0; k < ids.length; k++) {
      if (sample.truth().pixels()[k] == Labels.CAR) {
        nearest.merge(ids[k], (double) depth[k], Math::min);
      }
    }
    return nearest;
  }
}
