package io.drivemark.eval.metrics.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadinessTest {
  private static final LabelSpace SPACE = Maps.space(2);

  private static LabelMap map(String classes) {
    byte[] pixels = new byte[classes.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (classes.charAt(i) == '-' ? LabelSpace.VOID : classes.charAt(i) - '0');
    }
    return LabelMap.of(SPACE, 1, pixels.length, pixels);
  }

  private static Steadiness of(List<String> truths, List<String> predictions) {
    return Steadiness.of(
        truths.stream().map(SteadinessTest::map).toList(),
        predictions.stream().map(SteadinessTest::map).toList());
  }

  @Test
  void threeFramesByHand() {
    Steadiness s = of(List.of("0011", "0011", "0010"), List.of("0111", "0110", "0100"));
    assertEquals(new Steadiness(3, 2, 1), s);
    assertEquals(MetricValue.of(2.0 / 3), s.consistency());
    assertEquals(MetricValue.of(1.0 / 3), s.rightConsistency());
  }

  @Test
  void aConstantWrongAnswerIsSteadyAndNotRight() {
    Steadiness s = of(List.of("0000", "0000"), List.of("1111", "1111"));
    assertEquals(MetricValue.of(1), s.consistency());
    assertEquals(MetricValue.of(0), s.rightConsistency());
  }

  @Test
  void voidTruthIsLeftOutAndAVoidAnswerMayBeSteady() {
    assertEquals(new Steadiness(2, 2, 1), of(List.of("-00", "-00"), List.of("1-0", "0-0")));
    assertEquals(
        "undefined (no pixel keeps its truth over a window)",
        of(List.of("01", "10"), List.of("01", "10")).consistency().toString());
  }

  @Test
  void twoFramesAreWhatDoesNotFlicker() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<LabelMap> maps = new ArrayList<>();
      byte[] first = Maps.regions(20, 30, 2, random);
      for (int i = 0; i < 4; i++) {
        maps.add(LabelMap.of(SPACE, 20, 30, Maps.perturbed(first, 2, random)));
      }
      Flicker flicker = Flicker.between(maps.get(0), maps.get(1), maps.get(2), maps.get(3));
      Steadiness s =
          Steadiness.of(List.of(maps.get(0), maps.get(2)), List.of(maps.get(1), maps.get(3)));
      assertEquals(
          1 - flicker.share().value().orElseThrow(),
          s.consistency().value().orElseThrow(),
          1e-12,
          "seed " + seed);
    }
  }

  @Test
  void framesMustFit() {
    assertEquals(
        "steadiness: 1 truths and 1 predictions",
        assertThrows(IllegalArgumentException.class, () -> of(List.of("0"), List.of("0")))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> of(List.of("00", "0"), List.of("00", "00")));
  }
}
