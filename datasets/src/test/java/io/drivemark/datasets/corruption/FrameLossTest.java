package io.drivemark.datasets.corruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.corruption.FrameLoss.Kind;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameLossTest {
  @Test
  void theShareOfLostFramesIsThatOfTheSeverity() {
    double[] shares = {0.01, 0.02, 0.05, 0.10, 0.20};
    for (Kind kind : Kind.values()) {
      for (int severity = 1; severity <= 5; severity++) {
        FrameLoss loss = new FrameLoss(kind, severity);
        assertEquals(shares[severity - 1], loss.share());
        long lost = IntStream.range(0, 20_000).filter(i -> loss.lost("drive", i)).count();
        assertEquals(shares[severity - 1], lost / 20_000.0, 0.006);
      }
    }
  }

  /** Computed by a program of its own from the definition of the numbers. */
  @Test
  void theSameFramesAreLostEachTime() {
    FrameLoss dropped = new FrameLoss(Kind.DROPPED, 5);
    assertEquals(
        List.of(0, 10, 17, 22, 25, 26, 28, 29, 35),
        IntStream.range(0, 40).filter(i -> dropped.lost("val_000000", i)).boxed().toList());
    FrameLoss frozen = new FrameLoss(Kind.FROZEN, 5);
    assertEquals(
        List.of(24, 34, 36, 38),
        IntStream.range(0, 40).filter(i -> frozen.lost("val_000000", i)).boxed().toList());
  }

  @Test
  void aDroppedFrameHasNoPictureAndAFrozenOneThatOfTheLastBeforeIt() {
    FrameLoss dropped = new FrameLoss(Kind.DROPPED, 5);
    FrameLoss frozen = new FrameLoss(Kind.FROZEN, 5);
    int shown = 0;
    for (int i = 0; i < 500; i++) {
      assertEquals(dropped.lost("s", i) ? -1 : i, dropped.picture("s", i));
      shown = frozen.lost("s", i) ? shown : i;
      assertEquals(shown, frozen.picture("s", i));
    }
  }

  @Test
  void theFirstPictureOfADriveIsNeverFrozen() {
    FrameLoss frozen = new FrameLoss(Kind.FROZEN, 5);
    for (int drive = 0; drive < 200; drive++) {
      assertFalse(frozen.lost("drive " + drive, 0));
    }
  }

  @Test
  void thereAreFiveSeverities() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> new FrameLoss(Kind.FROZEN, 6));
    assertEquals("frozen: severity is 6, expected 1 to 5", e.getMessage());
  }
}
