package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void mapsAreCopiedAndCannotBeChanged() {
    MetricValue half = MetricValue.of(0.5);
    Map<String, MetricValue> iou = new TreeMap<>(Map.of("a", half));
    Scores scores =
        new Scores(
            Protocols.cityscapes(),
            half,
            half,
            half,
            half,
            iou,
            Map.of(),
            Map.of(),
            Map.of(),
            1,
            ConfusionMatrix.empty(Maps.space(1)));
    iou.clear();
    assertEquals(Map.of("a", half), scores.iou());
    for (Map<String, MetricValue> map :
        List.of(scores.iou(), scores.precision(), scores.recall(), scores.f1())) {
      assertThrows(UnsupportedOperationException.class, () -> map.put("b", half));
    }
  }
}
