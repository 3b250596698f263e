package io.drivemark.architectures.pruning.gate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Filters in units of consecutive ones. Stateless. */
final class Units {
  private Units() {}

  static int require(int unit) {
    if (unit < 1) {
      throw new IllegalArgumentException("gate target: a unit of " + unit + " filters");
    }
    return unit;
  }

  /** Refuses what cannot be responses. */
  static void require(double[] responses) {
    if (responses.length == 0) {
      throw new IllegalArgumentException("gate target: a layer without filters");
    }
    for (int f = 0; f < responses.length; f++) {
      if (!(responses[f] >= 0 && responses[f] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "gate target: the response of filter "
                + f
                + " is "
                + responses[f]
                + ", expected a number of at least 0");
      }
    }
  }

  /** The sum of the responses of each unit. */
  static double[] sums(double[] responses, int unit) {
    double[] out = new double[(responses.length + unit - 1) / unit];
    for (int f = 0; f < responses.length; f++) {
      out[f / unit] += responses[f];
    }
    return out;
  }

  /** Positions of the largest first, the first of equals first. */
  static int[] descending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Units as filters. */
  static boolean[] filters(boolean[] units, int unit, int filters) {
    boolean[] out = new boolean[filters];
    for (int f = 0; f < filters; f++) {
      out[f] = units[f / unit];
    }
    return out;
  }

  static boolean[] all(int filters) {
    boolean[] out = new boolean[filters];
    Arrays.fill(out, true);
    return out;
  }
}
