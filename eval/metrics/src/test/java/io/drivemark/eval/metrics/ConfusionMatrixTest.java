package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelSpace;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final LabelSpace TWO = Maps.space(2);

  private static ConfusionMatrix random(Random random) {
    long[][] counts = new long[3][3];
    for (long[] row : counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextLong() >>> 4;
      }
    }
    return ConfusionMatrix.of(TWO, counts);
  }

  @Test
  void mergingIsAssociativeAndCommutative() {
    for (long seed = 1; seed <= 50; seed++) {
      Random r = new Random(seed);
      ConfusionMatrix a = random(r);
      ConfusionMatrix b = random(r);
      ConfusionMatrix c = random(r);
      assertEquals(a.plus(b).plus(c), a.plus(b.plus(c)), "seed " + seed);
      assertEquals(a.plus(b), b.plus(a), "seed " + seed);
      assertEquals(a, a.plus(ConfusionMatrix.empty(TWO)), "seed " + seed);
    }
  }

  @Test
  void overflowIsAnErrorNotAWrongCount() {
    ConfusionMatrix full =
        ConfusionMatrix.of(TWO, new long[][] {{Long.MAX_VALUE, 0, 0}, {0, 0, 0}});
    ConfusionMatrix one = ConfusionMatrix.of(TWO, new long[][] {{1, 0, 0}, {0, 0, 0}});
    assertThrows(ArithmeticException.class, () -> full.plus(one));
  }

  @Test
  void pixelCountsBeyondIntAreExact() {
    long big = 3_000_000_000_000_000_000L;
    ConfusionMatrix m = ConfusionMatrix.of(TWO, new long[][] {{big, 1, 0}, {1, big, 2}, {0, 0, 5}});
    assertEquals(6_000_000_000_000_000_004L, m.pixels());
    assertEquals(5, m.voidPixels());
  }

  @Test
  void storedCountsComeBack() {
    long[][] all = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    ConfusionMatrix m = ConfusionMatrix.of(TWO, all);
    assertArrayEquals(all, m.allCounts());
    assertArrayEquals(new long[][] {{1, 2, 3}, {4, 5, 6}}, m.counts());
    assertEquals(21, m.pixels());
    assertEquals(24, m.voidPixels());
    assertEquals(6, m.count(1, 2));
    assertNotEquals(m, ConfusionMatrix.of(TWO, m.counts()));
  }

  @Test
  void countsHandedOutAreCopies() {
    ConfusionMatrix m = ConfusionMatrix.of(TWO, new long[][] {{1, 2, 3}, {4, 5, 6}});
    m.counts()[0][0] = 99;
    assertEquals(1, m.count(0, 0));
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertMessage(
        "confusion matrix: 1 rows do not fit the 2 classes of test-2; 2 rows are needed, or one more"
            + " for void truth",
        new long[][] {{1, 2, 3}});
    assertMessage(
        "confusion matrix: row 1 has 2 counts; test-2 needs 3, void predictions last",
        new long[][] {{1, 2, 3}, {1, 2}});
    assertMessage(
        "confusion matrix: negative count -4 at truth 1, prediction 0",
        new long[][] {{1, 2, 3}, {-4, 5, 6}});
  }

  @Test
  void spacesThatDifferCannotBeAdded() {
    assertEquals(
        "confusion matrix: counts over test-2 and over test-3 cannot be added; map one label space"
            + " onto the other before counting",
        assertThrows(
                IllegalArgumentException.class,
                () -> ConfusionMatrix.empty(TWO).plus(ConfusionMatrix.empty(Maps.space(3))))
            .getMessage());
  }

  @Test
  void sumOfNothingHasNoSpace() {
    assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.sum(List.of()));
  }

  private static void assertMessage(String message, long[][] counts) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(TWO, counts))
            .getMessage());
  }
}
