package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.eval.runner.record.reach.Reach.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class ReachRangeTest {
  /** Three variants by filters, two by layers, the parent twice against itself. */
  public static Reach reach() {
    return new Reach(
        new Reach.Conditions(
            "betanet-x2.0-toy",
            "abcd",
            new EngineFacts("onnxruntime", Optional.of("0.0-synthetic"), 2, "fp32"),
            new FrameSize(180, 240),
            1,
            "machine-1"),
        List.of(
            new Point("parent", 0, 1, 1, 1.02, 30),
            new Point("filter", 0, 0.5, 0.5, 0.8, 30),
            new Point("layer", 0, 0.55, 0.6, 0.5, 30),
            new Point("filter", 1, 0.1, 0.1, 0.6, 30),
            new Point("layer", 1, 0.9, 0.9, 0.88, 30),
            new Point("parent", 10, 1, 1, 0.97, 30),
            new Point("filter", 2, 0.45, 0.5, 0.7, 30)));
  }

  @Test
  void theRangeTheMiddleAndTheResolutionAreTold() {
    assertEquals(
        List.of(
            "Over 3 random variants, filter pruning reaches 60 % to 80 % of the parent's latency"
                + " (10 % to 50 % of its multiply-accumulates).",
            "Over 2 random variants, layer pruning reaches 50 % to 88 % of the parent's latency"
                + " (55 % to 90 % of its multiply-accumulates).",
            "With 40 to 60 % of the multiply-accumulates, filter pruning leaves 75 % of the latency"
                + " (median of 2), one pruned by layer keeps 50 % of the latency (median of 1).",
            "The parent timed against itself strayed by up to 3.0 %: smaller differences mean"
                + " nothing."),
        ReachRange.sentences(reach()));
  }

  @Test
  void whatCannotBePrunedIsSaid() {
    Reach none = new Reach(reach().conditions(), List.of());
    assertEquals(
        List.of(
            "The network has nothing that filter pruning could remove.",
            "The network has nothing that layer pruning could remove."),
        ReachRange.sentences(none));
  }
}
