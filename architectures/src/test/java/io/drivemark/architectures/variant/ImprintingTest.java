package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Colours are classes, so that what a map tells about them is known. */
class ImprintingTest {
  private static final InputSpec INPUT =
      new InputSpec(Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(255.0, 255.0, 255.0));

  /** A stem that keeps the colours, a unit that does nothing, one that mixes all, and a head. */
  private static Network mixed() {
    NetworkBuilder b = new NetworkBuilder("mixed", 1);
    float[] turn = {1, 0, 0.5f, 0.5f, 1, 0, 0, 0.5f, 1};
    float[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    float[] mix = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    String x = layer(b, "stem", b.input("image", 3), turn);
    x = layer(b, "idle", x, same);
    x = layer(b, "harmful", x, mix);
    return b.build(b.conv("head", x, 3, 1).build());
  }

  private static String layer(NetworkBuilder b, String name, String x, float[] weights) {
    Tensor kernel = Tensor.of(Shape.of(3, 3, 1, 1), weights);
    return b.relu(name + ".relu", b.conv(name, x, 3, 1).initial(kernel).build());
  }

  private static CalibrationSet frames(int count) {
    return new CalibrationSet(TinyFrames.of(count, 12, 18), INPUT, 100);
  }

  @Test
  void separableFeaturesAreClassifiedIdleUnitsGainNothingHarmfulOnesLose() {
    Map<String, Double> mious =
        Imprinting.mious(
            Imprinting.NAME,
            mixed(),
            List.of("idle.relu", "harmful.relu"),
            frames(6),
            Progress.NONE);
    assertTrue(mious.get("idle.relu") > 0.99, mious.toString());
    LayerScores scores = Imprinting.of(Imprinting.NAME, mixed(), frames(6), Progress.NONE);
    assertEquals("imprint", scores.criterion());
    assertEquals(List.of("stem", "idle", "harmful"), List.copyOf(scores.byUnit().keySet()));
    assertEquals(0.0, scores.byUnit().get("idle"));
    double gain = mious.get("harmful.relu") - mious.get("idle.relu");
    assertEquals(gain, scores.byUnit().get("harmful"));
    assertTrue(gain < -0.5, "mixing all colours loses " + gain);
    assertEquals(List.of("harmful"), scores.order().subList(0, 1));
  }

  @Test
  void mapsOfHalfTheSizeAreCountedAtTheFramesOwnWhenUpsampled() {
    NetworkBuilder b = new NetworkBuilder("halved", 1);
    float[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    String x = layer(b, "stem", b.input("image", 3), same);
    // Of every 2x2 pixels the last, which is also the one whose truth is taken.
    float[] last = new float[36];
    for (int c = 0; c < 3; c++) {
      last[(c * 3 + c) * 4 + 3] = 1;
    }
    Tensor kernel = Tensor.of(Shape.of(3, 3, 2, 2), last);
    x = b.relu("half.relu", b.conv("half", x, 3, 2).stride(2).initial(kernel).build());
    Network halved = b.build(b.conv("head", x, 3, 1).build());
    List<String> maps = List.of("stem.relu", "half.relu");
    Map<String, Double> small =
        Imprinting.mious(Imprinting.NAME, halved, maps, frames(4), Progress.NONE);
    Map<String, Double> large =
        Imprinting.mious(Imprinting.UPSAMPLED, halved, maps, frames(4), Progress.NONE);
    assertEquals(small.get("stem.relu"), large.get("stem.relu"));
    assertTrue(small.get("half.relu") > 0.99, small.toString());
    // Between two positions of the map the border of two stripes may be off by one pixel.
    assertTrue(large.get("half.relu") < 0.95, large.toString());
    assertTrue(large.get("half.relu") > 0.5, large.toString());
  }

  @Test
  void classesWithoutAPixelToLearnFromAreLeftOut() {
    // Four pixels a row hold one stripe and a bit: the third class has no pixel at all.
    CalibrationSet narrow = new CalibrationSet(TinyFrames.of(4, 8, 4), INPUT, 4);
    double miou =
        Imprinting.mious(Imprinting.NAME, mixed(), List.of("image"), narrow, Progress.NONE)
            .get("image");
    assertTrue(miou > 0.99, "mean IoU of the classes there are: " + miou);
  }

  @Test
  void oneFrameIsNotEnough() {
    assertEquals(
        "criterion imprint learns from some frames and is measured on others: it needs at least two,"
            + " tiny train, 1 of 1 frames at 12x18 is one",
        assertThrows(
                BadInputException.class,
                () -> Imprinting.of(Imprinting.NAME, mixed(), frames(1), Progress.NONE))
            .getMessage());
  }
}
