package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import java.util.Random;
import java.util.stream.IntStream;

/** Label spaces and maps for tests. */
public final class Maps {
  private Maps() {}

  /** Classes c0, c1, … in categories of three. */
  public static LabelSpace space(int classes) {
    return new LabelSpace(
        "test-" + classes,
        IntStream.range(0, classes)
            .mapToObj(i -> new LabelClass("c" + i, i, "group" + i / 3, false, false))
            .toList());
  }

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Regions like a street's: horizontal bands with blocks on them and a share of void. */
  public static byte[] regions(int height, int width, int classes, Random random) {
    byte[] map = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int band = Math.min(classes - 1, y * 4 / height);
      java.util.Arrays.fill(map, y * width, (y + 1) * width, (byte) band);
    }
    for (int block = 0; block < 12; block++) {
      int h = 1 + random.nextInt(Math.max(1, height / 2));
      int w = 1 + random.nextInt(Math.max(1, width / 3));
      int top = random.nextInt(height - h + 1);
      int left = random.nextInt(width - w + 1);
      int value = random.nextInt(8) == 0 ? LabelSpace.VOID : random.nextInt(classes);
      for (int y = top; y < top + h; y++) {
        java.util.Arrays.fill(map, y * width + left, y * width + left + w, (byte) value);
      }
    }
    return map;
  }

  /** A copy with some pixels, mostly in short runs, set to random classes or void. */
  public static byte[] perturbed(byte[] map, int classes, Random random) {
    byte[] copy = map.clone();
    for (int n = 0; n < 1 + map.length / 50; n++) {
      int at = random.nextInt(map.length);
      int value = random.nextInt(10) == 0 ? LabelSpace.VOID : random.nextInt(classes);
      for (int i = at; i < Math.min(map.length, at + 1 + random.nextInt(20)); i++) {
        copy[i] = (byte) value;
      }
    }
    return copy;
  }
}
