package io.drivemark.eval.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How small the smallest p of {@link RankScan} gets where nothing changed: its distribution by the
 * number of values and by how alike neighbours are, so that the p of a scan heeds that it searched.
 * Ranks make it the same for every distribution of values without ties. It was simulated by
 * Gaussian first-order autoregression, {@value #PATHS} seeded paths for each place of a grid, with
 * {@value #LEAST} values on each side at least; the figures are a resource, and the generator that
 * made it is beside the tests. It keeps the strengths of some ranks and takes the larger p between
 * two of them, at most a tenth larger. Immutable; thread-safe.
 */
public final class RankNull {
  /** The least values on each side of a split. */
  public static final int LEAST = 3;

  /** The fewest values that it knows. */
  public static final int FEWEST = 12;

  /** The most values that it knows. */
  public static final int MOST = 365;

  /** Paths at each place of the grid; no p is smaller than 1 / (1 + them). */
  public static final int PATHS = 20_000;

  static final String RESOURCE = "rank-null.txt";

  private static final RankNull SHIPPED = read();

  /** By number of values, then autocorrelation: −log10 of smallest p's, at {@link #ranks}. */
  private final NavigableMap<Integer, NavigableMap<Double, double[]>> places;

  private final int[] ranks;

  private RankNull(int[] ranks, NavigableMap<Integer, NavigableMap<Double, double[]>> places) {
    this.ranks = ranks;
    this.places = places;
  }

  /** The one that was calibrated for this program. */
  public static RankNull shipped() {
    return SHIPPED;
  }

  /**
   * The p-value of a scan: how often one of as many values without a change has a smallest p that
   * is at most this. Between the places of the grid its logarithm is interpolated.
   *
   * <p>Where neighbours are more alike than the grid knows, nothing can be told: 1.
   *
   * @param n {@value #FEWEST} to {@value #MOST} values
   * @param autocorrelation of neighbours; less than 0 counts as 0
   * @param smallest of the scan, in (0, 1]
   * @throws IllegalArgumentException if {@code n} or {@code smallest} is out of range
   */
  public double p(int n, double autocorrelation, double smallest) {
    if (n < FEWEST || n > MOST || !(smallest > 0 && smallest <= 1)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "rank null: %d values, smallest p %s", n, smallest));
    }
    if (!knows(autocorrelation)) {
      return 1;
    }
    double phi = Math.max(0, autocorrelation);
    Map.Entry<Integer, NavigableMap<Double, double[]>> below = places.floorEntry(n);
    Map.Entry<Integer, NavigableMap<Double, double[]>> above = places.ceilingEntry(n);
    double log =
        between(
            below.getKey(),
            logP(below.getValue(), phi, smallest),
            above.getKey(),
            logP(above.getValue(), phi, smallest),
            n);
    return Math.exp(log);
  }

  private double logP(NavigableMap<Double, double[]> rows, double phi, double smallest) {
    Map.Entry<Double, double[]> below = rows.floorEntry(phi);
    Map.Entry<Double, double[]> above = rows.ceilingEntry(phi);
    return between(
        below.getKey(),
        logP(below.getValue(), smallest),
        above.getKey(),
        logP(above.getValue(), smallest),
        phi);
  }

  private static double between(double x1, double y1, double x2, double y2, double x) {
    return x2 > x1 ? y1 + (y2 - y1) * (x - x1) / (x2 - x1) : y1;
  }

  private double logP(double[] kept, double smallest) {
    double strength = -Math.log10(smallest);
    for (int i = 0; i < kept.length; i++) {
      if (strength > kept[i]) {
        // fewer than ranks[i] paths were as strong
        return Math.log(ranks[i] / (PATHS + 1.0));
      }
    }
    return 0;
  }

  /** Whether values with so much autocorrelation can be judged. */
  public boolean knows(double autocorrelation) {
    return autocorrelation <= places.firstEntry().getValue().lastKey();
  }

  private static RankNull read() {
    NavigableMap<Integer, NavigableMap<Double, double[]>> places = new TreeMap<>();
    try (InputStream in = RankNull.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      double[] ranks = numbers(lines.readLine().split(" "), 1);
      String line = lines.readLine();
      while (line != null) {
        String[] words = line.split(" ");
        places
            .computeIfAbsent(Integer.valueOf(words[0]), n -> new TreeMap<>())
            .put(Double.valueOf(words[1]), numbers(words, 2));
        line = lines.readLine();
      }
      int[] whole = new int[ranks.length];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = (int) ranks[i];
      }
      return new RankNull(whole, places);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " beside the class", e);
    }
  }

  private static double[] numbers(String[] words, int from) {
    double[] out = new double[words.length - from];
    for (int i = from; i < words.length; i++) {
      out[i - from] = Double.parseDouble(words[i]);
    }
    return out;
  }
}
