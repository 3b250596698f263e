package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The loss of pairs on SynthDrive's pairs, whose distances are exact: the true disparities leave
 * next to nothing of it where both views see a point, others do not.
 */
class SynthPairTest {
  private static final int HEIGHT = 96;
  private static final int WIDTH = 192;

  @Test
  void trueDisparitiesLeaveNextToNothing() {
    for (int i = 0; i < 3; i++) {
      Frame frame =
          Datasets.open(
                  DatasetRequest.of("synthdrive", "train")
                      .withLimit(3)
                      .withOption("size", HEIGHT + "x" + WIDTH)
                      .withOption("seed", "5")
                      .withOption("weather", "clear")
                      .withOption("light", "day"))
              .frame(i);
      Pair pair = Pair.of(frame);
      double exact = pair.loss(1);
      double turned = pair.loss(-1);
      double more = pair.loss(1.1);
      double less = pair.loss(0.9);
      String what =
          frame.id() + ": exact " + exact + ", turned " + turned + ", " + more + ", " + less;
      // noise of the sensors and interpolation leave about 0.055 of the two views' sum
      assertTrue(exact < 0.08, what);
      assertTrue(turned > 5 * exact, what);
      assertTrue(more > 1.5 * exact && less > 1.5 * exact, what);
    }
  }

  /**
   * Two photographs with the disparities of both. What one view alone sees is painted over with
   * what the disparities make of the other, so that it has no part in the loss.
   */
  private record Pair(double[][] l, double[][] r, double[][][] left, double[][][] right) {
    static Pair of(Frame frame) {
      CameraPair cameras = frame.cameras().orElseThrow();
      float[] metres = frame.depth().orElseThrow().metres();
      double[][] l = new double[HEIGHT][WIDTH];
      double[][] r = new double[HEIGHT][WIDTH];
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          float z = metres[y * WIDTH + x];
          l[y][x] = Float.isNaN(z) ? 0 : cameras.disparity(z) / WIDTH;
        }
        splat(l[y], r[y]);
      }
      double[][][] left = photograph(frame.image());
      double[][][] right = photograph(frame.right().orElseThrow().image());
      paint(left, right, l, r, -1);
      paint(right, left, r, l, 1);
      return new Pair(l, r, left, right);
    }

    /**
     * The nearest surface that lands on each column of the right view; holes get the farther side.
     */
    private static void splat(double[] l, double[] r) {
      Arrays.fill(r, -1);
      for (int x = 0; x < WIDTH; x++) {
        int column = (int) Math.round(x - l[x] * WIDTH);
        if (column >= 0) {
          r[column] = Math.max(r[column], l[x]);
        }
      }
      for (int x = 0; x < WIDTH; x++) {
        if (r[x] < 0) {
          int from = x;
          while (x + 1 < WIDTH && r[x + 1] < 0) {
            x++;
          }
          double before = from > 0 ? r[from - 1] : 1;
          double after = x + 1 < WIDTH ? r[x + 1] : 1;
          Arrays.fill(r, from, x + 1, before == 1 && after == 1 ? 0 : Math.min(before, after));
        }
      }
    }

    private static double[][][] photograph(RgbImage image) {
      double[][][] out = new double[3][HEIGHT][WIDTH];
      byte[] pixels = image.pixels();
      for (int i = 0; i < pixels.length; i++) {
        out[i % 3][i / 3 / WIDTH][i / 3 % WIDTH] = (pixels[i] & 255) / 255.0;
      }
      return out;
    }

    /** Paints over what the other view does not see. */
    private static void paint(
        double[][][] mine, double[][][] other, double[][] d, double[][] theirs, int sign) {
      double[][][] made = PairReference.moved(other, d, sign);
      int seen = 0;
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double place = x + sign * d[y][x] * WIDTH;
          int from = (int) Math.floor(place);
          boolean both =
              from >= 0
                  && from + 1 < WIDTH
                  && alike(theirs[y][from], d[y][x])
                  && alike(theirs[y][from + 1], d[y][x]);
          seen += both ? 1 : 0;
          for (int c = 0; c < 3 && !both; c++) {
            mine[c][y][x] = made[c][y][x];
          }
        }
      }
      assertTrue(seen > HEIGHT * WIDTH / 2, seen + " pixels are seen by both");
    }

    /** The same surface: less than half a pixel apart. */
    private static boolean alike(double one, double other) {
      return Math.abs(one - other) * WIDTH < 0.5;
    }

    /** The photometric loss with all disparities times a factor. */
    double loss(double factor) {
      double[][][][] scales = {{scaled(l, factor), scaled(r, factor)}};
      List<LossTerm> terms = List.of(new PhotometricError(PairLossTest.names(1), 1));
      return PairLossTest.backward(terms, scales, left, right).loss();
    }

    private static double[][] scaled(double[][] map, double factor) {
      return Arrays.stream(map)
          .map(row -> Arrays.stream(row).map(v -> v * factor).toArray())
          .toArray(double[][]::new);
    }
  }
}
