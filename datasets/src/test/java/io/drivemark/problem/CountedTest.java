package io.drivemark.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void oneIsOneAndNoneAreSeveral() {
    assertEquals("0 frames", Counted.of(0, "frame"));
    assertEquals("1 frame", Counted.of(1, "frame"));
    assertEquals("2 processes", Counted.of(2, "process"));
    assertEquals("1 frame is", Counted.of(1, "frame is", "frames are"));
    assertEquals("0 people", Counted.of(0, "person", "people"));
  }
}
