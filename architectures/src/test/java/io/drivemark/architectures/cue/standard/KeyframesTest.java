package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.cue.Cue;
import io.drivemark.architectures.cue.CueContract;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.PlantedData;
import io.drivemark.architectures.cue.PlantedPath;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.cue.standard.Keyframes.Between;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyframesTest {
  private static final LabelSpace SPACE = PlantedPath.space(3);

  @Nested
  class Repeating extends CueContract {
    @Override
    protected String entry() {
      return "{every: 3, offset: 1}";
    }

    @Override
    protected Cue cue() {
      return new Keyframes(3, Between.REPEAT, 1);
    }

    @Override
    protected Cue other() {
      return new Keyframes(3);
    }

    @Override
    protected Optional<Cue> neutral() {
      return Optional.of(new Keyframes(1));
    }
  }

  @Nested
  class Warping extends CueContract {
    @Override
    protected String entry() {
      return "{every: 2, between: warp}";
    }

    @Override
    protected Cue cue() {
      return new Keyframes(2, Between.WARP, 0);
    }

    @Override
    protected Cue other() {
      return new Keyframes(2);
    }

    @Override
    protected Optional<Cue> neutral() {
      return Optional.of(new Keyframes(1, Between.WARP, 0));
    }
  }

  private static FramePath around(Cue cue, FramePath network) {
    return cue.ready(new PlantedData()).around().of(network, name -> null);
  }

  private static ConfusionMatrix counts(LabelMap truth, LabelMap prediction) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(SPACE);
    accumulator.add(truth, prediction);
    return accumulator.matrix();
  }

  /** Counts of repeated labels are those of delay i mod k of each truth i, for every offset. */
  @Test
  void repeatedLabelsAreTheMixOfDelayCountsExactly() {
    int frames = 13;
    ScoreSite site = PlantedPath.site(SPACE, Form.LOGITS, 2, 3, 5, 7);
    List<PathFrame> sequence =
        IntStream.range(0, frames)
            .mapToObj(i -> new PathFrame(i, PlantedPath.image(i, 5, 7)))
            .toList();
    Random random = new Random(7);
    List<LabelMap> truths = new ArrayList<>();
    List<LabelMap> predictions = new ArrayList<>();
    DelayCounts.Builder builder = new DelayCounts.Builder(1, frames);
    PlantedPath plain = PlantedPath.random("model m", site, 1);
    plain.begin();
    for (int i = 0; i < frames; i++) {
      byte[] pixels = new byte[35];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (random.nextInt(8) == 0 ? LabelSpace.VOID : random.nextInt(3));
      }
      truths.add(LabelMap.of(SPACE, 5, 7, pixels));
      predictions.add(plain.next(sequence.get(i)).labels());
      for (int d = 0; d <= i; d++) {
        builder.add(new Instant(i, 0), d, counts(truths.get(i), predictions.get(i - d)));
      }
    }
    DelayCounts delays = builder.build();
    for (int every = 1; every <= 5; every++) {
      for (int offset = 0; offset < every; offset++) {
        String which = "every " + every + " from " + offset;
        Keyframes cue = new Keyframes(every, Between.REPEAT, offset);
        PlantedPath network = PlantedPath.random("model m", site, 1);
        FramePath path = around(cue, network);
        path.begin();
        ConfusionMatrix sum = ConfusionMatrix.empty(SPACE);
        ConfusionMatrix mix = ConfusionMatrix.empty(SPACE);
        for (int i = 0; i < frames; i++) {
          int delay = offset == 0 ? i % every : cue.delay(i);
          ConfusionMatrix counted = counts(truths.get(i), path.next(sequence.get(i)).labels());
          assertEquals(delays.at(new Instant(i, 0), delay), Optional.of(counted), which);
          sum = sum.plus(counted);
          mix = mix.plus(delays.at(new Instant(i, 0), delay).orElseThrow());
        }
        assertEquals(mix, sum, which);
        List<Integer> keys =
            IntStream.range(0, frames).filter(i -> cue.delay(i) == 0).boxed().toList();
        assertEquals(keys, network.seen(), which);
      }
    }
  }

  @Test
  void anOffsetMovesAllKeyFramesButTheFirst() {
    Keyframes cue = new Keyframes(3, Between.REPEAT, 1);
    assertEquals(
        List.of(0, 0, 1, 2, 0, 1, 2, 0), IntStream.range(0, 8).map(cue::delay).boxed().toList());
  }

  @Test
  void afterAGapTheFirstFrameFromWhereAKeyFrameWasDueIsOne() {
    ScoreSite site = PlantedPath.site(SPACE, Form.LOGITS, 2, 3, 5, 7);
    PlantedPath network = PlantedPath.random("model m", site, 1);
    FramePath path = around(new Keyframes(4), network);
    path.begin();
    for (int number : new int[] {0, 1, 3, 6, 7, 8, 9, 15, 17}) {
      path.next(new PathFrame(number, PlantedPath.image(number, 5, 7)));
    }
    assertEquals(List.of(0, 6, 8, 15, 17), network.seen());
  }

  private static RgbImage view(int shift) {
    byte[] pixels = new byte[3 * 128 * 192];
    for (int y = 0, at = 0; y < 128; y++) {
      for (int x = 0; x < 192; x++, at += 3) {
        double world = x + shift;
        double value =
            128
                + 40 * Math.sin(world / 9)
                + 35 * Math.sin(y / 8.0 + world / 31)
                + 35 * Math.sin((world + 2 * y) / 14);
        pixels[at] = (byte) value;
        pixels[at + 1] = (byte) value;
        pixels[at + 2] = (byte) value;
      }
    }
    return RgbImage.of(128, 192, pixels);
  }

  private static byte[] worldLabels(int shift) {
    byte[] labels = new byte[128 * 192];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) ((i % 192 + shift) / 16 % 3);
    }
    return labels;
  }

  private static double right(LabelMap prediction, int shift) {
    byte[] truth = worldLabels(shift);
    int count = 0;
    for (int i = 0; i < truth.length; i++) {
      count += truth[i] == prediction.pixels()[i] ? 1 : 0;
    }
    return (double) count / truth.length;
  }

  /** A network that is right on every frame whose picture moved by six pixels each. */
  private static PlantedPath perfect(int step) {
    ScoreSite site = PlantedPath.site(SPACE, Form.LOGITS, 128, 192, 128, 192);
    return new PlantedPath(
        "model perfect",
        site,
        frame -> {
          float[] planes = site.newPlanes();
          byte[] labels = worldLabels(step * frame.number());
          for (int i = 0; i < labels.length; i++) {
            planes[labels[i] * labels.length + i] = 1;
          }
          return planes;
        });
  }

  @Test
  void warpedLabelsFollowThePicture() {
    FramePath warp = around(new Keyframes(2, Between.WARP, 0), perfect(6));
    FramePath repeat = around(new Keyframes(2), perfect(6));
    warp.begin();
    repeat.begin();
    for (int i = 0; i < 2; i++) {
      PathFrame frame = new PathFrame(i, view(6 * i));
      double warped = right(warp.next(frame).labels(), 6 * i);
      double repeated = right(repeat.next(frame).labels(), 6 * i);
      assertEquals(i == 0 ? 1 : 0.625, repeated, 0.01);
      assertTrue(warped >= (i == 0 ? 1 : 0.93), "frame " + i + ": " + warped);
    }
  }

  @Test
  void warpingAStillPictureIsRepeating() {
    FramePath warp = around(new Keyframes(4, Between.WARP, 0), perfect(6));
    FramePath repeat = around(new Keyframes(4), perfect(6));
    warp.begin();
    repeat.begin();
    for (int i = 0; i < 4; i++) {
      PathFrame frame = new PathFrame(i, view(0));
      assertEquals(repeat.next(frame).labels(), warp.next(frame).labels(), "frame " + i);
    }
  }

  @Test
  void picturesThatAreTooSmallForFlowAreRefused() {
    ScoreSite site = PlantedPath.site(SPACE, Form.LOGITS, 2, 3, 60, 200);
    FramePath path =
        around(new Keyframes(2, Between.WARP, 0), PlantedPath.random("model m", site, 1));
    path.begin();
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> path.next(new PathFrame(0, PlantedPath.image(0, 60, 200))));
    assertEquals(
        "cue keyframes: a photograph is 60x200, optical flow needs at least 64x64; write 'between:"
            + " repeat'",
        e.getMessage());
  }

  @Test
  void theLibraryOfTheFlowIsPartOfTheIdentity() {
    String identity = new Keyframes(2, Between.WARP, 0).ready(new PlantedData()).identity();
    assertTrue(
        identity.matches(
            "keyframes\\[between=warp, every=2, offset=0\\] derivation 1 OpenCV"
                + " \\d+\\.\\d+\\.\\d+.*"),
        identity);
  }
}
