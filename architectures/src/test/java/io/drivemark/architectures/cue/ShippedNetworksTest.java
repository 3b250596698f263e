package io.drivemark.architectures.cue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.drivemark.architectures.cue.standard.Ensemble;
import io.drivemark.architectures.cue.standard.Keyframes;
import io.drivemark.architectures.cue.standard.LocationPrior;
import io.drivemark.architectures.cue.standard.Smooth;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cues around networks that are shipped, on SynthDrive at 30 frames a second. */
class ShippedNetworksTest {
  private static final int FRAMES = 24;

  private static Dataset drives(int count, int height, int width) {
    return new SynthDrive(
        SynthOptions.of(count, 2026, height, width, "test").withSequences(FRAMES, 30));
  }

  private static List<LabelMap> answers(Cue cue, String network, List<RgbImage> images) {
    RgbImage first = images.get(0);
    try (FramePath path =
        new Cues(List.of(cue))
            .ready(new PlantedData())
            .around(
                new ShippedPath(network, first.height(), first.width()),
                other -> new ShippedPath(other, first.height(), first.width()))) {
      path.begin();
      return IntStream.range(0, images.size())
          .mapToObj(i -> path.next(new PathFrame(i, images.get(i))).labels())
          .toList();
    }
  }

  /** Studies of the runner's tests put cues around a small network, and always run. */
  @Test
  @Tag("slow")
  void cuesFitARealNetwork() {
    Dataset dataset = drives(3, 48, 64);
    List<RgbImage> images = IntStream.range(0, 3).mapToObj(i -> dataset.frame(i).image()).toList();
    String network = "espnet-synthdrive";
    List<LabelMap> plain = answers(new Keyframes(1), network, images);
    assertNotEquals(plain.get(0), plain.get(1));
    assertEquals(
        List.of(plain.get(0), plain.get(0), plain.get(2)),
        answers(new Keyframes(2), network, images));
    assertEquals(plain, answers(new Smooth(0), network, images));
    assertEquals(plain.get(0), answers(new Smooth(.5), network, images).get(0));
    assertNotEquals(plain.get(2), answers(new Smooth(.5), network, images).get(2));
    assertEquals(plain, answers(new LocationPrior("train", 0, 16), network, images));
    assertNotEquals(plain, answers(new LocationPrior("train", -1, 16), network, images));
    assertNotEquals(plain, answers(new Ensemble(List.of("enet-synthdrive")), network, images));
  }

  private static double miou(List<LabelMap> truths, List<LabelMap> predictions, int every) {
    List<ConfusionMatrix> counts = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      int key = i - i % FRAMES % every;
      ConfusionAccumulator accumulator = new ConfusionAccumulator(truths.get(i).space());
      accumulator.add(truths.get(i), predictions.get(key));
      counts.add(accumulator.matrix());
    }
    return Protocols.cityscapes().evaluate(counts).miou().value().orElseThrow();
  }

  /** Of pictures 10 to 23 of each drive, each against the answer to the picture so many before. */
  private static double late(List<LabelMap> truths, List<LabelMap> predictions, int delay) {
    List<ConfusionMatrix> counts = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      if (i % FRAMES >= 10) {
        ConfusionAccumulator accumulator = new ConfusionAccumulator(truths.get(i).space());
        accumulator.add(truths.get(i), predictions.get(i - delay));
        counts.add(accumulator.matrix());
      }
    }
    return Protocols.cityscapes().evaluate(counts).miou().value().orElseThrow();
  }

  /**
   * Measured by another program before any of this was built, to a tenth of a per cent: key frames,
   * and answers that are late.
   */
  @Test
  @Tag("slow")
  void aThirdOfTheWorkOfALargeNetworkBeatsAllOfASmallOnes() {
    Dataset dataset = drives(4 * FRAMES, 240, 320);
    Keyframes third = new Keyframes(3);
    List<LabelMap> truths = new ArrayList<>();
    List<LabelMap> large = new ArrayList<>();
    List<LabelMap> repeated = new ArrayList<>();
    List<LabelMap> small = new ArrayList<>();
    try (FramePath dabnet = new ShippedPath("dabnet-synthdrive", 240, 320);
        FramePath espnet = new ShippedPath("espnet-synthdrive", 240, 320);
        FramePath path =
            third
                .ready(new PlantedData())
                .around()
                .of(new ShippedPath("dabnet-synthdrive", 240, 320), name -> null)) {
      for (int i = 0; i < dataset.ids().size(); i++) {
        Sample sample = dataset.frame(i).sample();
        if (i % FRAMES == 0) {
          path.begin();
        }
        PathFrame frame = new PathFrame(i % FRAMES, sample.image());
        truths.add(sample.truth());
        large.add(dabnet.next(frame).labels());
        small.add(espnet.next(frame).labels());
        repeated.add(path.next(frame).labels());
      }
    }
    int[] every = {1, 2, 3, 4, 6};
    double[] measured = {.578, .566, .551, .536, .514};
    for (int k = 0; k < every.length; k++) {
      assertEquals(measured[k], miou(truths, large, every[k]), 6e-4, "every " + every[k]);
    }
    assertEquals(.475, miou(truths, small, 1), 6e-4);
    int[] delays = {0, 1, 2, 3, 4, 10};
    double[] ofLarge = {.578, .555, .523, .497, .480, .405};
    double[] ofSmall = {.488, .469, .450, .436, .424, .367};
    for (int k = 0; k < delays.length; k++) {
      assertEquals(ofLarge[k], late(truths, large, delays[k]), 6e-4, "late by " + delays[k]);
      assertEquals(ofSmall[k], late(truths, small, delays[k]), 6e-4, "late by " + delays[k]);
    }
    assertEquals(miou(truths, large, 3), miou(truths, repeated, 1), "by the cue itself");
  }
}
