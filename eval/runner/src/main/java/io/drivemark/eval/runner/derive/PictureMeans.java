package io.drivemark.eval.runner.derive;

import io.drivemark.eval.latency.LatencySamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Mean times of pictures in blocks of runs, for a mean over pictures that does not depend on how
 * often each of them was timed. Immutable.
 */
final class PictureMeans {
  private static final double NANOS_PER_MS = 1e6;

  private final long[][] sums; // [block][picture]
  private final int[][] counts;
  private final int[] all; // the blocks

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
    all = IntStream.range(0, blocks.size()).toArray();
    for (int i = 0; i < samples.size(); i++) {
      int block = blocks.get(samples.block(i));
      int picture = pictures.get(names.get(i));
      sums[block][picture] += samples.nanos(i);
      counts[block][picture]++;
    }
  }

  /** How many blocks there are. */
  int blocks() {
    return all.length;
  }

  /** The mean over pictures of the means of their runs, milliseconds. */
  double ms() {
    return ms(all);
  }

  /**
   * The same mean of some blocks; a picture that none of the blocks has counts with its mean over
   * all.
   *
   * @param drawn blocks, with repetitions
   */
  double ms(int[] drawn) {
    double total = 0;
    for (int p = 0; p < sums[0].length; p++) {
      double mean = mean(p, drawn);
      total += Double.isNaN(mean) ? mean(p, all) : mean;
    }
    return total / sums[0].length / NANOS_PER_MS;
  }

  /** Nanoseconds; not a number where none of the blocks has the picture. */
  private double mean(int picture, int[] drawn) {
    long nanos = 0;
    long runs = 0;
    for (int block : drawn) {
      nanos += sums[block][picture];
      runs += counts[block][picture];
    }
    return (double) nanos / runs;
  }
}
