package io.drivemark.eval.statistics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Simulates the resource of {@link RankNull} anew: {@code main} with the file to write. It takes
 * some minutes.
 */
final class RankNullMaker {
  private static final int[] VALUES = {
    12, 13, 14, 16, 18, 21, 25, 30, 37, 47, 60, 80, 115, 180, 365
  };
  private static final double[] AUTOCORRELATIONS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};

  /** Each kept rank is at most so much larger than the one before. */
  private static final double STEP = 1.1;

  private RankNullMaker() {}

  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), lines(), StandardCharsets.US_ASCII);
  }

  /** All lines of the resource. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(header());
    for (int n : VALUES) {
      for (double phi : AUTOCORRELATIONS) {
        lines.add(line(n, phi));
      }
    }
    return lines;
  }

  /** The first line: which ranks are kept. */
  static String header() {
    StringJoiner header = new StringJoiner(" ");
    header.add("ranks");
    Arrays.stream(ranks()).forEach(rank -> header.add("" + rank));
    return header.toString();
  }

  /** The line of one place of the grid. */
  static String line(int n, double phi) {
    double[] smallest = new double[RankNull.PATHS];
    RandomGenerator random = new Well19937c(1_000L * n + Math.round(100 * phi));
    double fresh = Math.sqrt(1 - phi * phi);
    double[] path = new double[n];
    for (int draw = 0; draw < smallest.length; draw++) {
      double last = random.nextGaussian();
      for (int i = 0; i < n; i++) {
        path[i] = last;
        last = phi * last + fresh * random.nextGaussian();
      }
      smallest[draw] = RankScan.smallestP(path, RankNull.LEAST);
    }
    Arrays.sort(smallest);
    StringJoiner out = new StringJoiner(" ");
    out.add("" + n).add("" + phi);
    for (int rank : ranks()) {
      // rounded up, so that a strength beyond it is surely beyond
      double strength = Math.ceil(-Math.log10(smallest[rank - 1]) * 1000) / 1000;
      out.add(String.format(Locale.ROOT, "%.3f", strength));
    }
    return out.toString();
  }

  private static int[] ranks() {
    List<Integer> out = new ArrayList<>();
    for (double rank = 1; rank <= RankNull.PATHS; rank = Math.max(rank + 1, rank * STEP)) {
      out.add((int) rank);
    }
    return out.stream().distinct().mapToInt(Integer::intValue).toArray();
  }
}
