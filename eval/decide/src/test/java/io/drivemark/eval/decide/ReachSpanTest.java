package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.reach.Reach;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReachSpanTest {
  private static Reach reach(Reach.Point... points) {
    return new Reach(
        new Reach.Conditions(
            "enet",
            "digest",
            new EngineFacts("onnxruntime", Optional.empty(), 1, "fp32"),
            new FrameSize(360, 480),
            1,
            "machine"),
        List.of(points));
  }

  private static Reach.Point point(String kind, double macs, double latency) {
    return new Reach.Point(kind, 0, macs, 0.5, latency, 20);
  }

  @Test
  void aSpanIsOfItsTechniqueAlone() {
    Reach reach =
        reach(
            point("parent", 1, 1.03),
            point("parent", 1, 0.95),
            point("layer", 0.1, 0.2),
            point("filter", 0.45, 0.8),
            point("filter", 0.9, 0.97),
            point("filter", 0.61, 0.7),
            point("filter", 0.55, 0.9),
            point("filter", 0.5, 0.6),
            point("filter", 0.39, 0.5));
    ReachSpan span = ReachSpan.of(reach, "filter").orElseThrow();
    assertEquals(6, span.variants());
    assertEquals(new ReachSpan.Range(0.5, 0.97), span.latency());
    assertEquals(new ReachSpan.Range(0.39, 0.9), span.macs());
    assertEquals(Optional.of(new ReachSpan.Middle(3, 0.8)), span.aboutHalf());
    assertEquals(0.05, ReachSpan.band(reach).getAsDouble(), 1e-12);
  }

  @Test
  void ofTwoInTheMiddleTheMedianLiesBetween() {
    assertEquals(
        Optional.of(new ReachSpan.Middle(2, 0.75)),
        ReachSpan.of(reach(point("layer", 0.5, 0.5), point("layer", 0.5, 1)), "layer")
            .orElseThrow()
            .aboutHalf());
  }

  @Test
  void nothingToRemoveIsNoSpanAndNoParentNoBand() {
    Reach reach = reach(point("layer", 0.9, 0.9));
    assertEquals(Optional.empty(), ReachSpan.of(reach, "filter"));
    assertEquals(Optional.empty(), ReachSpan.of(reach, "layer").orElseThrow().aboutHalf());
    assertEquals(OptionalDouble.empty(), ReachSpan.band(reach));
  }
}
