package io.drivemark.datasets.corruption.standard;

import java.util.Arrays;

/**
 * Values counted in photons, of which white has a given number: the inverse of the Poisson
 * distribution, by a table for each value that is made when the value first comes. For one thread.
 */
final class PhotonCounts {
  private final int white;
  private final double[][] tables = new double[Values.MOST + 1][];

  /**
   * @param white how many photons white is, on average
   */
  PhotonCounts(int white) {
    this.white = white;
  }

  /**
   * The value that a pixel gets: the smallest count whose cumulative probability reaches {@code u},
   * as a share of white, rounded down.
   *
   * @param value 0 to 255
   * @param u uniform in [0, 1)
   */
  int value(int value, double u) {
    double[] table = tables[value];
    if (table == null) {
      table = cumulative(value * white / 255.0);
      tables[value] = table;
    }
    int photons = Arrays.binarySearch(table, u);
    if (photons < 0) {
      photons = Math.min(-photons - 1, table.length - 1);
    }
    return photons >= white ? Values.MOST : Values.MOST * photons / white;
  }

  /** Probabilities of at most 0, 1, 2, … photons, until doubles grow no more; ever growing. */
  private static double[] cumulative(double mean) {
    double[] table = new double[16];
    double probability = StrictMath.exp(-mean);
    double sum = probability;
    int count = 0;
    table[count++] = sum;
    while (true) {
      probability = probability * mean / count;
      double next = sum + probability;
      if (next == sum && count > mean) {
        return Arrays.copyOf(table, count);
      }
      sum = next;
      if (count == table.length) {
        table = Arrays.copyOf(table, 2 * count);
      }
      table[count++] = sum;
    }
  }
}
