package io.drivemark.eval.runner.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.files.Digests;
import org.junit.jupiter.api.Test;

class CanaryTest {
  /** Canaries of many nights are compared: the frame must never change. */
  @Test
  void theFrameStaysAsItIs() {
    RgbImage frame = Canary.frame(new FrameSize(36, 48));
    assertEquals(
        "0e4662b5ba77a7d5", Digests.hex(Digests.sha256().digest(frame.pixels())).substring(0, 16));
  }
}
