package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LowestBit;
import io.drivemark.datasets.RepeatedBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The connected pieces (eight neighbours) of some classes in a truth: runs of one label in a row,
 * joined with the runs of the same label that they touch in the row above. A piece is known by one
 * of its runs. Used once, by one thread.
 */
final class TruthRegions {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Pixels that are looked at together where nothing is wanted. */
  private static final int BLOCK = 32;

  private final byte[] truth;
  private final byte[] prediction;
  private final boolean[] wanted;
  private final long[] wantedWords; // each wanted label eight times
  private long unwanted; // the label that was seen last and is none of them, eight times
  private int runs;
  private int[] from = new int[64]; // pixel numbers
  private int[] to = new int[64];
  private int[] parent = new int[64];
  private long[] pixels = new long[64]; // of whole pieces, at the run that stands for them
  private long[] found = new long[64];

  private TruthRegions(LabelMap truth, LabelMap prediction, boolean[] wanted) {
    this.truth = truth.pixels();
    this.prediction = prediction.pixels();
    this.wanted = wanted;
    this.wantedWords =
        IntStream.range(0, wanted.length)
            .filter(label -> wanted[label])
            .mapToLong(label -> label * BYTE_ONES)
            .toArray();
    this.unwanted =
        IntStream.range(0, wanted.length)
            .filter(label -> !wanted[label])
            .mapToLong(label -> label * BYTE_ONES)
            .findFirst()
            .orElseThrow();
  }

  /**
   * The pieces of a frame.
   *
   * @param wanted by label, 256 of them and not all true, whether its pieces are looked for, and
   *     whether a predicted pixel finds one
   */
  static TruthRegions of(LabelMap truth, LabelMap prediction, boolean[] wanted) {
    TruthRegions regions = new TruthRegions(truth, prediction, wanted);
    int width = truth.width();
    int above = 0; // the first run of the row above
    int end = 0; // the first run of this row
    for (int y = 0; y < truth.height(); y++) {
      regions.row(y * width, (y + 1) * width);
      regions.join(above, end, width);
      above = end;
      end = regions.runs;
    }
    return regions;
  }

  /** How many runs there are. */
  int runs() {
    return runs;
  }

  /** Whether this run stands for a piece. */
  boolean isRegion(int run) {
    return parent[run] == run;
  }

  /** The pixels of the piece that a run stands for. */
  long pixels(int run) {
    return pixels[run];
  }

  /** Those of them that are predicted as any wanted class. */
  long found(int run) {
    return found[run];
  }

  private void row(int start, int end) {
    int i = firstWanted(start, end);
    while (i < end) {
      int next = runEnd(i, end);
      add(i, next);
      i = firstWanted(next, end);
    }
  }

  /** The first pixel from here on whose label is wanted, else the end. */
  private int firstWanted(int from, int end) {
    int i = from;
    while (i <= end - BLOCK && !anyWanted(i)) {
      i += BLOCK;
      if ((long) WORDS.get(truth, i - 8) == unwanted) {
        i += 8 * RepeatedBytes.words(truth, i, end);
      }
    }
    for (; i <= end - 8; i += 8) {
      long hits = wantedIn((long) WORDS.get(truth, i));
      if (hits != 0) {
        return i + (LowestBit.of(hits) >>> 3);
      }
    }
    while (i < end && !wanted[truth[i] & 0xFF]) {
      i++;
    }
    return i;
  }

  /** Whether a label of the block is wanted. */
  private boolean anyWanted(int from) {
    long first = (long) WORDS.get(truth, from);
    long second = (long) WORDS.get(truth, from + 8);
    long third = (long) WORDS.get(truth, from + 16);
    long fourth = (long) WORDS.get(truth, from + 24);
    if ((first ^ unwanted | second ^ unwanted | third ^ unwanted | fourth ^ unwanted) == 0) {
      return false;
    }
    if ((wantedIn(first) | wantedIn(second) | wantedIn(third) | wantedIn(fourth)) != 0) {
      return true;
    }
    unwanted = (fourth >>> 56) * BYTE_ONES;
    return false;
  }

  /**
   * The highest bit of each byte that is a wanted label, which leaves 0 where it is taken away. Of
   * the bits set the lowest is always right; those above it may not be.
   */
  private long wantedIn(long word) {
    long hits = 0;
    for (long label : wantedWords) {
      long rest = word ^ label;
      hits |= (rest - BYTE_ONES) & ~rest & HIGH_BITS;
    }
    return hits;
  }

  /** Where the run of one label that begins here ends. */
  private int runEnd(int from, int end) {
    long label = (truth[from] & 0xFF) * BYTE_ONES;
    int i = from + 1;
    for (; i <= end - 8; i += 8) {
      long change = (long) WORDS.get(truth, i) ^ label;
      if (change != 0) {
        return i + (LowestBit.of(change) >>> 3);
      }
    }
    while (i < end && truth[i] == truth[from]) {
      i++;
    }
    return i;
  }

  private void add(int first, int end) {
    if (runs == from.length) {
      from = Arrays.copyOf(from, 2 * runs);
      to = Arrays.copyOf(to, 2 * runs);
      parent = Arrays.copyOf(parent, 2 * runs);
      pixels = Arrays.copyOf(pixels, 2 * runs);
      found = Arrays.copyOf(found, 2 * runs);
    }
    int right = 0;
    for (int i = first; i < end; i++) {
      right += wanted[prediction[i] & 0xFF] ? 1 : 0;
    }
    from[runs] = first;
    to[runs] = end;
    parent[runs] = runs;
    pixels[runs] = (long) end - first;
    found[runs] = right;
    runs++;
  }

  /** Joins the runs of the last row with those of the row above that they touch. */
  private void join(int above, int end, int width) {
    int candidate = above;
    for (int run = end; run < runs; run++) {
      int left = from[run] - width; // where this run would be in the row above
      int right = to[run] - width;
      while (candidate < end && to[candidate] < left) {
        candidate++;
      }
      for (int other = candidate; other < end && from[other] <= right; other++) {
        if (truth[from[other]] == truth[from[run]]) {
          unite(root(other), root(run));
        }
      }
    }
  }

  private int root(int run) {
    int root = run;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private void unite(int a, int b) {
    if (a != b) {
      int root = Math.min(a, b);
      int child = Math.max(a, b);
      parent[child] = root;
      pixels[root] += pixels[child];
      found[root] += found[child];
    }
  }
}
