package io.drivemark.eval.metrics.driving;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The connected pieces (eight neighbours) of equal values in a picture, numbered by their first
 * pixel. Immutable.
 */
public final class Components {
  /** The number where no piece is. */
  public static final int NONE = -1;

  private final int width;
  private final int[] ofPixel;
  private final int[] pixels;
  private final int[] lowestRow;

  private Components(int width, int[] ofPixel, int[] pixels, int[] lowestRow) {
    this.width = width;
    this.ofPixel = ofPixel;
    this.pixels = pixels;
    this.lowestRow = lowestRow;
  }

  /**
   * The pieces of a picture.
   *
   * @param width of the picture
   * @param values one a pixel, row by row; pixels of different values are never of one piece
   * @param wanted by value, 256 of them: whether its pieces are looked for
   */
  public static Components of(int width, byte[] values, boolean[] wanted) {
    int[] parent = new int[values.length];
    for (int p = 0; p < values.length; p++) {
      if (!wanted[values[p] & 0xFF]) {
        parent[p] = NONE;
        continue;
      }
      parent[p] = p;
      int column = p % width;
      join(parent, values, p, column > 0 ? p - 1 : NONE);
      join(parent, values, p, column > 0 ? p - width - 1 : NONE);
      join(parent, values, p, p - width);
      join(parent, values, p, column < width - 1 ? p - width + 1 : NONE);
    }
    return numbered(width, parent);
  }

  /** The pieces of the pixels that are marked. */
  public static Components of(int width, boolean[] marked) {
    byte[] values = new byte[marked.length];
    for (int p = 0; p < values.length; p++) {
      values[p] = (byte) (marked[p] ? 1 : 0);
    }
    boolean[] wanted = new boolean[256];
    wanted[1] = true;
    return of(width, values, wanted);
  }

  /**
   * The objects of a picture that the dataset tells apart, in the order of their first pixels; the
   * pieces of an object need not touch each other.
   *
   * @param numbers of the objects, one a pixel; 0 = none
   * @param labels one a pixel
   * @param wanted by label, 256 of them: whether its objects are looked for
   */
  public static Components ofObjects(int width, int[] numbers, byte[] labels, boolean[] wanted) {
    Map<Integer, Integer> first = new HashMap<>();
    int[] parent = new int[numbers.length];
    for (int p = 0; p < parent.length; p++) {
      boolean isObject = numbers[p] != 0 && wanted[labels[p] & 0xFF];
      parent[p] = NONE;
      if (isObject) {
        Integer before = first.putIfAbsent(numbers[p], p);
        parent[p] = before == null ? p : before;
      }
    }
    return numbered(width, parent);
  }

  private static void join(int[] parent, byte[] values, int pixel, int neighbour) {
    if (neighbour < 0 || parent[neighbour] == NONE || values[neighbour] != values[pixel]) {
      return;
    }
    int a = root(parent, neighbour);
    int b = root(parent, pixel);
    parent[Math.max(a, b)] = Math.min(a, b);
  }

  private static int root(int[] parent, int pixel) {
    int at = pixel;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private static Components numbered(int width, int[] parent) {
    int[] out = new int[parent.length];
    int[] pixels = new int[16];
    int[] lowest = new int[16];
    int count = 0;
    for (int p = 0; p < parent.length; p++) {
      if (parent[p] == NONE) {
        out[p] = NONE;
        continue;
      }
      int root = root(parent, p);
      if (root == p) {
        if (count == pixels.length) {
          pixels = Arrays.copyOf(pixels, 2 * count);
          lowest = Arrays.copyOf(lowest, 2 * count);
        }
        pixels[count] = 0;
        out[p] = count++;
      }
      out[p] = out[root];
      pixels[out[p]]++;
      lowest[out[p]] = p / width;
    }
    return new Components(width, out, Arrays.copyOf(pixels, count), Arrays.copyOf(lowest, count));
  }

  /** How many pieces there are. */
  public int count() {
    return pixels.length;
  }

  /** The number of the piece that a pixel is of, or {@link #NONE}. */
  public int at(int pixel) {
    return ofPixel[pixel];
  }

  /** How many pixels a piece has. */
  public int pixels(int piece) {
    return pixels[piece];
  }

  /** The lowest row of a piece. */
  public int lowestRow(int piece) {
    return lowestRow[piece];
  }

  /** The middle of a piece's pixels in its lowest row, measured from the left edge. */
  public double foot(int piece) {
    int from = lowestRow[piece] * width;
    long sum = 0;
    int count = 0;
    for (int x = 0; x < width; x++) {
      if (ofPixel[from + x] == piece) {
        sum += x;
        count++;
      }
    }
    return (double) sum / count + 0.5;
  }
}
