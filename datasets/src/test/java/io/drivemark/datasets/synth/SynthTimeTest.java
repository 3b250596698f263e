package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.view.Limited;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** SynthDrive knows its rate and the truth between its frames. */
class SynthTimeTest {
  private final Dataset drives =
      new SynthDrive(SynthOptions.of(8, 2026, 48, 64, "test").withSequences(4, 10));

  @Test
  void truthIsKnownBetweenFrames() {
    byte[] now = drives.frame(1).truth().pixels();
    byte[] halfway = drives.frame(1).truthAfter(50_000_000).orElseThrow().pixels();
    byte[] next = drives.frame(2).truth().pixels();
    assertArrayEquals(now, drives.frame(1).truthAfter(0).orElseThrow().pixels());
    assertArrayEquals(next, drives.frame(1).truthAfter(100_000_000).orElseThrow().pixels());
    assertFalse(Arrays.equals(now, halfway) || Arrays.equals(next, halfway));
  }

  @Test
  void everySequenceHasTheRateOfTheOptions() {
    assertEquals(OptionalDouble.of(10), drives.rate("test_000001"));
    assertEquals(OptionalDouble.of(10), Limited.of(drives, 6).rate("test_000001"));
    assertEquals(Optional.of(0.1), drives.frame(5).seconds());
  }
}
