package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairsTest {
  private static final int BYTES = 256;
  private static final int[] ROWS = IntStream.range(0, BYTES).map(t -> t * BYTES).toArray();
  private static final int[] COLUMNS = IntStream.range(0, BYTES).toArray();

  /** All pairs of bytes, from any pixel, over any number of pixels; twice with the same tables. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void eachPairIsCountedOnce(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 100; n++) {
      int values = 1 + random.nextInt(BYTES);
      byte[] truth = new byte[3 * 64 + random.nextInt(64)];
      byte[] prediction = new byte[truth.length];
      int[] expected = new int[BYTES * BYTES];
      BytePairs pairs = BytePairs.borrow();
      for (int stretch = 0; stretch < 5; stretch++) {
        for (int i = 0; i < truth.length; i++) {
          truth[i] = (byte) random.nextInt(values);
          prediction[i] = (byte) (BYTES - 1 - random.nextInt(values));
        }
        int from = random.nextInt(truth.length);
        int to = from + random.nextInt(truth.length - from + 1);
        for (int i = from; i < to; i++) {
          expected[(truth[i] & 0xFF) * BYTES + (prediction[i] & 0xFF)]++;
        }
        pairs.count(truth, prediction, from, to);
      }
      int[] found = new int[BYTES * BYTES];
      int[] usual = IntStream.range(0, random.nextInt(BYTES)).toArray();
      pairs.moveTo(found, ROWS, COLUMNS, usual);
      assertArrayEquals(expected, found, "seed " + seed + ", frame " + n);
    }
  }

  @ParameterizedTest(name = "{0} pixels of other bytes")
  @ValueSource(ints = {0, 1, 9})
  void countsAreAddedToWhatIsThereAndTablesComeBackEmpty(int others) {
    byte[] truth = new byte[40];
    for (int i = 0; i < others; i++) {
      truth[4 * i] = (byte) (200 + i);
    }
    int[] once = new int[BYTES * BYTES];
    int[] twice = new int[BYTES * BYTES];
    for (int[] cells : new int[][] {once, twice, twice}) {
      BytePairs pairs = BytePairs.borrow();
      pairs.count(truth, truth, 0, truth.length);
      pairs.moveTo(cells, ROWS, COLUMNS, new int[] {0});
    }
    int[] expected = new int[BYTES * BYTES];
    expected[0] = 40 - others;
    for (int i = 0; i < others; i++) {
      expected[(200 + i) * (BYTES + 1)] = 1;
    }
    assertArrayEquals(expected, once);
    assertArrayEquals(IntStream.of(expected).map(n -> 2 * n).toArray(), twice);
  }
}
