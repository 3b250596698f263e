package io.drivemark.eval.metrics;

import static io.drivemark.eval.metrics.DialectsTest.assertFraction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetaLevelsTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "levels",
          Stream.of(
                  "human--person",
                  "human--rider--bicyclist",
                  "human--rider--motorcyclist",
                  "nature--sky",
                  "void--ego-vehicle")
              .map(name -> new LabelClass(name, 0, "any", false, false))
              .toList());

  @Test
  void groupsShareTheirFirstTokensAndAreScoredOnlyWhole() {
    // Truth 0 1 2 3 4 and a second 1; predictions 1 2 2 0 4 and void, which is free.
    ConfusionAccumulator counts = new ConfusionAccumulator(SPACE);
    counts.add(Maps.bytes(0, 1, 2, 3, 4, 1), Maps.bytes(1, 2, 2, 0, 4, 255));
    ConfusionMatrix m = counts.matrix();
    List<String> unscored = List.of("void--unlabeled");
    assertEquals(List.of("human", "nature"), List.copyOf(MetaLevels.iou(m, 1, unscored).keySet()));
    assertFraction("3/4", MetaLevels.iou(m, 1, unscored).get("human"), "human");
    assertFraction("0", MetaLevels.iou(m, 1, unscored).get("nature"), "nature");
    assertFraction("3/8", MetaLevels.miou(m, 1, unscored), "level 1");
    assertEquals(
        List.of("human--person", "human--rider", "nature--sky", "void--ego-vehicle"),
        List.copyOf(MetaLevels.iou(m, 2, unscored).keySet()));
    assertFraction("2/3", MetaLevels.iou(m, 2, unscored).get("human--rider"), "rider");
    assertEquals(5, MetaLevels.iou(m, 3, unscored).size());
    assertEquals(
        "meta level: at least 1 is needed, got 0",
        assertThrows(IllegalArgumentException.class, () -> MetaLevels.iou(m, 0, unscored))
            .getMessage());
  }
}
