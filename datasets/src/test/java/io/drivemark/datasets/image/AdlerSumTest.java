package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Adler32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdlerSumTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theSumIsThatOfTheJdk(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 60; n++) {
      byte[] bytes = new byte[random.nextInt(n % 6 == 0 ? 400_000 : 100)];
      if (n % 3 == 0) {
        Arrays.fill(bytes, (byte) 255);
      } else if (n % 12 == 2) { // words that repeat for long, of unlike bytes
        for (int i = 0; i < bytes.length; i++) {
          boolean isNew = i < 8 || random.nextInt(500) == 0;
          bytes[i] = isNew ? (byte) random.nextInt(256) : bytes[i - 8];
        }
      } else if (n % 3 == 1) {
        random.nextBytes(bytes);
      } else {
        for (int i = 0; i < bytes.length; i += 1 + random.nextInt(40)) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
      Adler32 expected = new Adler32();
      expected.update(bytes);
      AdlerSum actual = new AdlerSum();
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(150_000));
        actual.update(bytes, from, to);
        from = to;
      }
      assertEquals((int) expected.getValue(), actual.value(), "seed " + seed + ", bytes " + n);
    }
  }
}
