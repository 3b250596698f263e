package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How uneven disparities are where the photograph is even: over both views and all outputs, the
 * s-th one (0 for the finest) divided by 2^s, the sum of
 *
 * <pre>mean(|∂x d| · exp(−|∂x I|)) + mean(|∂y d| · exp(−|∂y I|))</pre>
 *
 * with differences between neighbours, and |∂I| the mean over red, green and blue. The authors'
 * code has the first summand alone for its four scales; the paper has both.
 *
 * <p>Reference: Godard, Mac Aodha, Brostow, arXiv 1609.03677, equation 3.
 *
 * @param outputs disparities of both views [N, 2, h, w], shares of the width, the finest first
 * @param weight see {@link LossTerm}
 */
public record SmoothnessError(List<String> outputs, double weight) implements LossTerm {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  public SmoothnessError {
    outputs = PairViews.checked(outputs, weight);
  }

  @Override
  public SmoothnessError withWeight(double other) {
    return new SmoothnessError(outputs, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return PairViews.targets(batch);
  }

  @Override
  public String write(LossWriter writer) {
    List<String> summands = new ArrayList<>();
    double factor = 1;
    for (PairViews views : PairViews.of(writer, outputs)) {
      List<String> here = new ArrayList<>();
      if (views.width() > 1) {
        here.add(uneven(views.leftDisparity(), views.left(), COLUMNS, views.width()));
        here.add(uneven(views.rightDisparity(), views.right(), COLUMNS, views.width()));
      }
      if (views.height() > 1) {
        here.add(uneven(views.leftDisparity(), views.left(), ROWS, views.height()));
        here.add(uneven(views.rightDisparity(), views.right(), ROWS, views.height()));
      }
      if (!here.isEmpty()) {
        summands.add("torch.mul(" + PairViews.sum(here) + ", " + factor + ")");
      }
      factor /= 2;
    }
    if (summands.isEmpty()) {
      throw new IllegalArgumentException("smoothness error: outputs of one pixel are even");
    }
    return PairViews.sum(summands);
  }

  private static String uneven(String disparity, String photograph, int axis, int extent) {
    return "torch.mean(torch.mul(torch.abs("
        + step(disparity, axis, extent)
        + "), torch.exp(torch.neg(torch.mean(torch.abs("
        + step(photograph, axis, extent)
        + "), [1], True)))))";
  }

  /** From each row or column to the next. */
  private static String step(String x, int axis, int extent) {
    return "torch.sub("
        + Site.call("slice", x, axis, 1, extent, 1)
        + ", "
        + Site.call("slice", x, axis, 0, extent - 1, 1)
        + ")";
  }
}
