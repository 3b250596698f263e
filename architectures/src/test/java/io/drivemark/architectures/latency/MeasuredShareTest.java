package io.drivemark.architectures.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MeasuredShareTest {
  @Test
  void whatCanBeAskedForIsTheShareAndHalfItsBand() {
    assertEquals("Ask for 0.92 or more", new MeasuredShare(0.903, 0.011, 10, 9.03).nearest());
  }

  @Test
  void aPartThatMayBeAsSlowAsTheWholeLeavesNothingToAskFor() {
    assertEquals(
        "The A-A band leaves no share under 1 to ask for: measure on a quieter machine",
        new MeasuredShare(0.8983, 0.2089, 10, 8.98).nearest());
  }
}
