package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A label map as stixels: strips of columns, each cut into few segments of one label from top to
 * bottom, which is what a planner can take in place of pixels. A row of a strip has the label that
 * most of its pixels have (of equals the smallest). Of all ways to cut a strip the cheapest is
 * taken: a row that is not of its segment's label costs 1, each segment costs its price. Of ways
 * that cost the same, the one is taken that stays with a label where it can, reading from below,
 * and then the one with the smaller label. Void is a label as others are. Immutable.
 *
 * <p>Example: the column 0 0 1 0 0 2 2 2 at a price of 1.5 is 0 for five rows and 2 for three, at a
 * cost of 4.
 */
public final class Stixels {
  /** Columns of a strip. */
  public static final int STRIP = 8;

  private static final int BYTES_OF_STIXEL = 3; // where it ends and its label
  private static final int TENTHS = 10;

  private final int height;
  private final int width;
  private final int strip;
  private final List<List<Stixel>> strips;

  private Stixels(int height, int width, int strip, List<List<Stixel>> strips) {
    this.height = height;
    this.width = width;
    this.strip = strip;
    this.strips = strips;
  }

  /**
   * A segment of a strip.
   *
   * @param top its first row
   * @param end the row after its last one
   * @param label of all its pixels; 255 = void
   */
  public record Stixel(int top, int end, int label) {
    int rows() {
      return end - top;
    }
  }

  /**
   * The stixels of a map at the usual price: one hundredth of the height, at least 1.5 rows.
   *
   * @param map H×W; its last strip may be narrower
   */
  public static Stixels of(LabelMap map) {
    return of(map, STRIP, Math.max(15, map.height() / 10));
  }

  /**
   * The stixels of a map.
   *
   * @param strip columns of a strip
   * @param priceTenths what a segment costs, in tenths of a row
   */
  static Stixels of(LabelMap map, int strip, int priceTenths) {
    if (strip < 1 || priceTenths < 0) {
      throw new IllegalArgumentException("strips of " + strip + " columns at " + priceTenths);
    }
    List<List<Stixel>> strips = new ArrayList<>();
    for (int from = 0; from < map.width(); from += strip) {
      int[] rows = majority(map, from, Math.min(map.width(), from + strip));
      strips.add(cut(rows, priceTenths));
    }
    return new Stixels(map.height(), map.width(), strip, List.copyOf(strips));
  }

  private static int[] majority(LabelMap map, int from, int to) {
    int[] rows = new int[map.height()];
    int[] votes = new int[256];
    byte[] pixels = map.pixels();
    for (int y = 0; y < rows.length; y++) {
      int start = y * map.width();
      for (int x = from; x < to; x++) {
        votes[pixels[start + x] & 0xFF]++;
      }
      int best = pixels[start + from] & 0xFF;
      for (int x = from; x < to; x++) {
        int label = pixels[start + x] & 0xFF;
        if (votes[label] > votes[best] || (votes[label] == votes[best] && label < best)) {
          best = label;
        }
      }
      for (int x = from; x < to; x++) {
        votes[pixels[start + x] & 0xFF] = 0;
      }
      rows[y] = best;
    }
    return rows;
  }

  /** The cheapest cut of a strip, from top to bottom. */
  static List<Stixel> cut(int[] rows, int priceTenths) {
    int[] labels = Arrays.stream(rows).distinct().sorted().toArray();
    int[][] before = new int[rows.length][labels.length]; // which label the row above has
    long[] cost = new long[labels.length];
    Arrays.fill(cost, priceTenths);
    for (int y = 0; y < rows.length; y++) {
      int cheapest = smallest(cost);
      long fromCheapest = cost[cheapest] + priceTenths;
      long[] next = new long[labels.length];
      for (int k = 0; k < labels.length; k++) {
        boolean stays = y == 0 || cost[k] <= fromCheapest;
        before[y][k] = stays ? k : cheapest;
        next[k] = (stays ? cost[k] : fromCheapest) + (labels[k] == rows[y] ? 0 : TENTHS);
      }
      cost = next;
    }
    List<Stixel> out = new ArrayList<>();
    int at = smallest(cost);
    int end = rows.length;
    for (int y = rows.length - 1; y >= 0; y--) {
      int above = before[y][at];
      if (y == 0 || above != at) {
        out.add(0, new Stixel(y, end, labels[at]));
        end = y;
        at = above;
      }
    }
    return List.copyOf(out);
  }

  /** What a cut costs, in tenths of a row. */
  static long cost(int[] rows, List<Stixel> cut, int priceTenths) {
    long cost = (long) priceTenths * cut.size();
    for (Stixel stixel : cut) {
      for (int y = stixel.top(); y < stixel.end(); y++) {
        cost += rows[y] == stixel.label() ? 0 : TENTHS;
      }
    }
    return cost;
  }

  private static int smallest(long[] cost) {
    int best = 0;
    for (int k = 1; k < cost.length; k++) {
      best = cost[k] < cost[best] ? k : best;
    }
    return best;
  }

  /** The stixels of each strip, from left to right, each from top to bottom. */
  public List<List<Stixel>> strips() {
    return strips;
  }

  /** How many there are. */
  public int count() {
    return strips.stream().mapToInt(List::size).sum();
  }

  /** What it takes to send them: of each where it ends and its label, of a strip how many. */
  public long bytes() {
    return (long) BYTES_OF_STIXEL * count() + strips.size();
  }

  /** The map that they stand for. */
  public LabelMap redrawn(LabelSpace space) {
    byte[] out = new byte[height * width];
    for (int s = 0; s < strips.size(); s++) {
      int from = s * strip;
      int to = Math.min(width, from + strip);
      for (Stixel stixel : strips.get(s)) {
        for (int y = stixel.top(); y < stixel.end(); y++) {
          Arrays.fill(out, y * width + from, y * width + to, (byte) stixel.label());
        }
      }
    }
    return LabelMap.of(space, height, width, out);
  }

  /** How much of the rows of two stixels they share, over all rows of the two. */
  static double rowIou(Stixel a, Stixel b) {
    int shared = Math.max(0, Math.min(a.end(), b.end()) - Math.max(a.top(), b.top()));
    return (double) shared / (a.rows() + b.rows() - shared);
  }
}
