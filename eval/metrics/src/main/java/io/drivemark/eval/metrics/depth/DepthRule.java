package io.drivemark.eval.metrics.depth;

import io.drivemark.config.Numbers;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pixels of a depth map are judged, and how. A pixel is judged where the truth is known and
 * between the limits, inside the crop; predictions are clamped to the limits, as the papers do. The
 * limits themselves are judged: 80 m is a stored value (20480 / 256) and counts where 80 is the
 * most. Tools that compare with {@code <} leave such pixels out. Immutable.
 *
 * <p>Example: truth 2 m and 4 m, predictions 2 m and 5 m: absRel 1/8, RMSE 1/√2 m, δ₁ 1/2.
 *
 * @param leastMetres truth below it is not judged, at least 0
 * @param mostMetres truth above it is not judged; may be infinite
 * @param crop the part of the image
 */
public record DepthRule(double leastMetres, double mostMetres, DepthCrop crop) {
  private static final double DELTA = 1.25;

  public DepthRule {
    Objects.requireNonNull(crop, "crop");
    if (!(leastMetres >= 0 && leastMetres < mostMetres)) {
      throw new IllegalArgumentException(
          "depth: limits " + leastMetres + " and " + mostMetres + " metres");
    }
  }

  /** All known pixels, predictions as they are. */
  public static DepthRule everywhere() {
    return new DepthRule(0, Double.POSITIVE_INFINITY, DepthCrop.NONE);
  }

  /** KITTI with Eigen's split as most papers judge it: 1 mm to 80 m, Garg's crop. */
  public static DepthRule eigenSplit() {
    return new DepthRule(1e-3, 80, DepthCrop.GARG);
  }

  /**
   * What it is called where results of several rules may meet: {@code depth}, {@code
   * depth-garg-0.001-80m}, {@code depth-none-1-80m}.
   */
  public String name() {
    return equals(everywhere())
        ? "depth"
        : "depth-"
            + crop.name().toLowerCase(Locale.ROOT)
            + "-"
            + Numbers.text(leastMetres)
            + "-"
            + (Double.isInfinite(mostMetres) ? "any" : Numbers.text(mostMetres) + "m");
  }

  /** The rule in words: which pixels count, and what becomes of the predictions there. */
  public String description() {
    return "errors of each frame over the pixels of known distance"
        + (crop == DepthCrop.NONE
            ? ""
            : " inside the crop of " + crop.name().toLowerCase(Locale.ROOT))
        + (leastMetres > 0 || !Double.isInfinite(mostMetres)
            ? ", from "
                + Numbers.text(leastMetres)
                + " m"
                + (Double.isInfinite(mostMetres) ? "" : " to " + Numbers.text(mostMetres) + " m")
                + " (predictions are set to the nearer limit)"
            : "")
        + ", then their means over frames";
  }

  /**
   * The errors of one image; empty if no pixel is judged.
   *
   * @throws BadInputException if the sizes differ, or the prediction at a judged pixel is NaN or,
   *     after clamping, not positive or infinite; the message names row and column
   */
  public Optional<DepthScores> judge(Depth truth, Depth prediction) {
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new BadInputException(
          "depth: the prediction is "
              + prediction.height()
              + "x"
              + prediction.width()
              + ", the truth "
              + truth.height()
              + "x"
              + truth.width()
              + " (height x width); bring the prediction onto the truth's grid");
    }
    Sums sums = new Sums();
    int width = truth.width();
    for (int y = crop.firstRow(truth.height()); y < crop.endRow(truth.height()); y++) {
      for (int x = crop.firstColumn(width); x < crop.endColumn(width); x++) {
        double t = truth.metres()[y * width + x];
        if (t > 0 && t >= leastMetres && t <= mostMetres) {
          double p =
              Math.min(mostMetres, Math.max(leastMetres, prediction.metres()[y * width + x]));
          if (!(p > 0 && p < Double.POSITIVE_INFINITY)) {
            throw new BadInputException(
                "depth: the prediction at row "
                    + y
                    + ", column "
                    + x
                    + " is "
                    + p
                    + " metres; a positive, finite number is needed where the truth is known");
          }
          sums.add(t, p);
        }
      }
    }
    return sums.pixels == 0 ? Optional.empty() : Optional.of(sums.scores());
  }

  private static final class Sums {
    private long pixels;
    private double relative;
    private double squareOverTruth;
    private double squareOverSquare;
    private double square;
    private double logSquare;
    private double log;
    private double log10;
    private double absolute;
    private double inverseSquare;
    private final long[] within = new long[3];

    void add(double t, double p) {
      double off = Math.abs(t - p);
      double logOff = Math.log(t) - Math.log(p);
      pixels++;
      relative += off / t;
      squareOverTruth += off * off / t;
      squareOverSquare += off * off / (t * t);
      square += off * off;
      log += logOff;
      logSquare += logOff * logOff;
      log10 += Math.abs(logOff) / Math.log(10);
      absolute += off;
      inverseSquare += (1 / t - 1 / p) * (1 / t - 1 / p);
      double ratio = Math.max(t / p, p / t);
      double limit = DELTA;
      for (int i = 0; i < within.length; i++) {
        within[i] += ratio < limit ? 1 : 0;
        limit *= DELTA;
      }
    }

    DepthScores scores() {
      double n = pixels;
      double variance = logSquare / n - log / n * (log / n);
      return new DepthScores(
          pixels,
          relative / n,
          squareOverTruth / n,
          squareOverSquare / n,
          Math.sqrt(square / n),
          Math.sqrt(logSquare / n),
          log10 / n,
          Math.sqrt(Math.max(0, variance)),
          absolute / n,
          Math.sqrt(inverseSquare / n),
          within[0] / n,
          within[1] / n,
          within[2] / n);
    }
  }
}
