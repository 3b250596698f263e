package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How unlike the photographs of a pair are to what the disparities make of the other one: over all
 * outputs and both views, the sum of
 *
 * <pre>0.85 · mean((1 − SSIM) / 2) + 0.15 · mean |photograph − made of the other|</pre>
 *
 * with the structural similarity over windows of 3×3 that lie within the picture, C1 = 0.01² and C2
 * = 0.03², (1 − SSIM)/2 clamped to 0..1. A step gives the photographs as {@link #LEFT} and {@link
 * #RIGHT}, [N, 3, H, W], 0 to 1; at the extent of a coarser output they are averaged.
 *
 * <p>Disparities are shares of the width w of their own output and not negative: what is at column
 * x of the left view with disparity d is at x − d·w of the right one, and what is at column x of
 * the right view with disparity d is at x + d·w of the left one. So the left photograph is made of
 * the right one's columns x − d·w, and the right photograph of the left one's columns x + d·w.
 *
 * <p>Between columns values are interpolated in their row. What lies beyond the first or last
 * column is 0 (black): half a column beyond it half of its value is read, from a whole column on
 * nothing. The published code does so too.
 *
 * <p>Reference: Godard, Mac Aodha, Brostow, arXiv 1609.03677, equation 2.
 *
 * @param outputs disparities of both views [N, 2, h, w], shares of the width, the finest first
 * @param weight see {@link LossTerm}
 */
public record PhotometricError(List<String> outputs, double weight) implements LossTerm {
  /** The name of the left photographs. */
  public static final String LEFT = "left_view";

  /** The name of the right photographs. */
  public static final String RIGHT = "right_view";

  private static final double SIMILARITY = 0.85;
  private static final double DIFFERENCE = 0.15;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;
  private static final int WINDOW = 3;

  public PhotometricError {
    outputs = PairViews.checked(outputs, weight);
  }

  @Override
  public PhotometricError withWeight(double other) {
    return new PhotometricError(outputs, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return PairViews.targets(batch);
  }

  @Override
  public String write(LossWriter writer) {
    List<String> summands = new ArrayList<>();
    for (PairViews views : PairViews.of(writer, outputs)) {
      if (views.height() < WINDOW || views.width() < WINDOW) {
        throw new IllegalArgumentException(
            "photometric error: an output of "
                + views.height()
                + "x"
                + views.width()
                + " has no window of 3x3; take larger images");
      }
      int i = summands.size();
      summands.add(unlike(writer, i, views.left(), views.fromRight(views.right())));
      summands.add(unlike(writer, i + 1, views.right(), views.fromLeft(views.left())));
    }
    return PairViews.sum(summands);
  }

  private static String unlike(LossWriter writer, int i, String photograph, String made) {
    String y = writer.once("made" + i, made);
    String mx = mean(writer, "mx" + i, photograph);
    String my = mean(writer, "my" + i, y);
    String sx = moment(writer, "sx" + i, photograph, photograph, mx, mx);
    String sy = moment(writer, "sy" + i, y, y, my, my);
    String sxy = moment(writer, "sxy" + i, photograph, y, mx, my);
    String above =
        "torch.mul("
            + plus(twice(mx, my), C1)
            + ", "
            + plus("torch.mul(" + sxy + ", 2.)", C2)
            + ")";
    String below =
        "torch.mul("
            + plus(
                "torch.add(torch.mul(" + mx + ", " + mx + "), torch.mul(" + my + ", " + my + "))",
                C1)
            + ", "
            + plus("torch.add(" + sx + ", " + sy + ")", C2)
            + ")";
    writer.line("similar" + i, "torch.div(" + above + ", " + below + ")");
    String structure =
        "torch.mean(torch.clamp(torch.div(torch.add(torch.neg(similar"
            + i
            + "), 1.), 2.), 0., 1.))";
    return "torch.add(torch.mul("
        + structure
        + ", "
        + SIMILARITY
        + "), torch.mul("
        + PairViews.apart(photograph, y)
        + ", "
        + DIFFERENCE
        + "))";
  }

  private static String twice(String a, String b) {
    return "torch.mul(torch.mul(" + a + ", " + b + "), 2.)";
  }

  private static String plus(String a, double number) {
    return "torch.add(" + a + ", " + number + ")";
  }

  private static String mean(LossWriter writer, String name, String x) {
    return writer.once(
        name, "torch.avg_pool2d(" + x + ", [3, 3], [1, 1], [0, 0], False, True, None)");
  }

  private static String moment(
      LossWriter writer, String name, String a, String b, String meanA, String meanB) {
    String both = mean(writer, name + "_", "torch.mul(" + a + ", " + b + ")");
    return writer.once(name, "torch.sub(" + both + ", torch.mul(" + meanA + ", " + meanB + "))");
  }
}
