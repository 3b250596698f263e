package io.drivemark.architectures.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantMaskTest {
  private static BitSet bits(int... live) {
    BitSet bits = new BitSet();
    for (int unit : live) {
      bits.set(unit);
    }
    return bits;
  }

  /** Five units: always, never, in three of four frames, in two, in one. */
  @Test
  void countedByHand() {
    ConstantMask mask =
        ConstantMask.of(List.of(bits(0, 2, 3), bits(0, 2, 3), bits(0, 2, 4), bits(0)), 5);
    assertEquals((4 + 4 + 3 + 2 + 3) / 20.0, mask.right(), 1e-12);
    double quarter = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)) / Math.log(2);
    assertEquals((1 + 2 * quarter) / 5, mask.entropy(), 1e-12);
  }

  @Test
  void oneFrameIsItsOwnMask() {
    assertEquals(new ConstantMask(1, 0), ConstantMask.of(List.of(bits(1)), 2));
  }
}
