package io.drivemark.eval.runner.derive;

import io.drivemark.eval.latency.LatencySamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mean times of pictures in blocks of runs, for a mean over pictures that does not depend on how
 * often each of them was timed. Immutable.
 */
final class PictureMeans {
  private static final double NANOS_PER_MS = 1e6;

  private final long[][] sums; // [block][picture]
  private final int[][] counts;

  /**
   * @param names the picture of each run
   */
  PictureMeans(LatencySamples samples, List<String> names) {
    if (names.size() != samples.size()) {
      throw new IllegalArgumentException(samples.size() + " runs of " + names.size() + " pictures");
    }
    Map<String, Integer> pictures = new HashMap<>();
    names.forEach(name -> pictures.putIfAbsent(name, pictures.size()));
    Map<Integer, Integer> blocks = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      blocks.putIfAbsent(samples.block(i), blocks.size());
    }
    sums = new long[blocks.size()][pictures.size()];
    counts = new int[blocks.size()][pictures.size()];
    for (int i = 0; i < samples.size(); i++) {
      int block = blocks.get(samples.block(i));
      int picture = pictures.get(names.get(i));
      sums[block][picture] += samples.nanos(i);
      counts[block][picture]++;
    }
  }

  /** How many blocks there are. */
  int blocks() {
    return sums.length;
  }

  /**
   * The mean over pictures of the means of their runs, milliseconds; of those pictures that stand
   * in one of the blocks.
   *
   * @param drawn blocks, with repetitions
   */
  double ms(int[] drawn) {
    double total = 0;
    int pictures = 0;
    for (int p = 0; p < sums[0].length; p++) {
      long nanos = 0;
      long runs = 0;
      for (int block : drawn) {
        nanos += sums[block][p];
        runs += counts[block][p];
      }
      if (runs > 0) {
        total += (double) nanos / runs;
        pictures++;
      }
    }
    return total / pictures / NANOS_PER_MS;
  }
}
