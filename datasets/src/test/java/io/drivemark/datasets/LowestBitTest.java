package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LowestBitTest {
  @Test
  void theLowestBitIsFoundWhateverLiesAbove() {
    Random random = new Random(1);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertEquals(bit, LowestBit.of(1L << bit));
      for (int n = 0; n < 50; n++) {
        assertEquals(bit, LowestBit.of((random.nextLong() | 1) << bit), "bit " + bit);
      }
    }
    assertEquals(0, LowestBit.of(0));
  }
}
