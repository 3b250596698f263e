package io.drivemark.eval.runner.score;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * How often each stored value of predictions meets each class of the truth, on some pixels of some
 * frames: enough to say what mIoU other meanings of the values would give. The sum does not depend
 * on the order of frames. Thread-safe.
 */
final class Meetings {
  /** Frames of a split that are looked at, and pixels of each. */
  private static final int FRAMES = 64;

  private static final int PIXELS = 1 << 16;

  /** Pixels that are looked at in one call: what is called often is compiled whole. */
  private static final int PIECE = 1 << 10;

  /** More values than this are a photograph's, not labels. */
  private static final int MOST_VALUES = 512;

  private final int classes;
  private final int step;
  private final Map<Integer, long[]> counts = new HashMap<>();
  private int frames;

  /** Of a split of so many frames. */
  Meetings(int classes, int ofFrames) {
    this.classes = classes;
    this.step = Math.max(1, (ofFrames + FRAMES - 1) / FRAMES);
  }

  /** Counts a frame, if it is one of those that are looked at. */
  void add(int index, RawLabels raw, LabelMap truth) {
    if (index % step != 0) {
      return;
    }
    int pixels = truth.pixels().length;
    int stride = pixels / PIXELS | 1;
    Map<Integer, long[]> own = new HashMap<>();
    int piece = Math.multiplyExact(PIECE, stride);
    for (int from = 0; from < pixels && own.size() <= MOST_VALUES; from += piece) {
      meet(own, raw, truth.pixels(), from, Math.min(from + piece, pixels), stride);
    }
    synchronized (this) {
      frames++;
      own.forEach(
          (value, met) -> {
            long[] sum = counts.computeIfAbsent(value, v -> new long[classes]);
            for (int c = 0; c < classes; c++) {
              sum[c] += met[c];
            }
          });
    }
  }

  private void meet(
      Map<Integer, long[]> own, RawLabels raw, byte[] pixels, int from, int to, int stride) {
    int last = -1;
    long[] row = null;
    for (int i = from; i < to && own.size() <= MOST_VALUES; i += stride) {
      int value = raw.value(i);
      if (value != last) {
        row = own.computeIfAbsent(value, v -> new long[classes]);
        last = value;
      }
      int is = pixels[i] & 0xFF;
      if (is != LabelSpace.VOID) {
        row[is]++;
      }
    }
  }

  /** How many frames were looked at. */
  synchronized int frames() {
    return frames;
  }

  /** The values that were seen, ascending; empty if they are too many for labels. */
  synchronized List<Integer> values() {
    return counts.size() > MOST_VALUES ? List.of() : counts.keySet().stream().sorted().toList();
  }

  /**
   * The mean IoU over classes in truth or predictions, if values meant this.
   *
   * @param meaning from a value to a class; anything else is no class
   */
  synchronized double miou(IntUnaryOperator meaning) {
    long[] both = new long[classes];
    long[] either = truth();
    for (Map.Entry<Integer, long[]> entry : counts.entrySet()) {
      int index = meaning.applyAsInt(entry.getKey());
      if (index >= 0 && index < classes) {
        long all = sum(entry.getValue());
        both[index] += entry.getValue()[index];
        either[index] += all - entry.getValue()[index];
      }
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes; c++) {
      if (either[c] > 0) {
        sum += (double) both[c] / either[c];
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  /** The class that each value fits best, each class at most once. */
  synchronized Map<Integer, Integer> bestMeaning() {
    List<Integer> values = new ArrayList<>(counts.keySet());
    values.sort(Comparator.<Integer>comparingLong(v -> -sum(counts.get(v))).thenComparing(v -> v));
    values = values.subList(0, Math.min(values.size(), MOST_VALUES / 2));
    long[] truth = truth();
    double[][] weights = new double[values.size()][classes];
    for (int v = 0; v < weights.length; v++) {
      long[] met = counts.get(values.get(v));
      long all = sum(met);
      for (int c = 0; c < classes; c++) {
        long either = truth[c] + all - met[c];
        weights[v][c] = either == 0 ? 0 : (double) met[c] / either;
      }
    }
    Map<Integer, Integer> out = new TreeMap<>();
    int[] best = weights.length == 0 ? new int[0] : Assignment.best(weights);
    for (int v = 0; v < best.length; v++) {
      if (best[v] != Assignment.NONE && weights[v][best[v]] > 0) {
        out.put(values.get(v), best[v]);
      }
    }
    return out;
  }

  private long[] truth() {
    long[] out = new long[classes];
    counts
        .values()
        .forEach(
            met -> {
              for (int c = 0; c < classes; c++) {
                out[c] += met[c];
              }
            });
    return out;
  }

  private static long sum(long[] counts) {
    long out = 0;
    for (long count : counts) {
      out += count;
    }
    return out;
  }
}
