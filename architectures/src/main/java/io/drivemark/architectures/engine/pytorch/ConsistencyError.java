package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far the disparities of the two views contradict each other: over all outputs, the sum of
 *
 * <pre>mean |left(x) − right(x − left(x)·w)| + mean |right(x) − left(x + right(x)·w)|</pre>
 *
 * in shares of the width, the other view's disparities read as {@link PhotometricError} reads
 * photographs: 0 beyond the border.
 *
 * <p>Reference: Godard, Mac Aodha, Brostow, arXiv 1609.03677, equation 4.
 *
 * @param outputs disparities of both views [N, 2, h, w], shares of the width, the finest first
 * @param weight see {@link LossTerm}
 */
public record ConsistencyError(List<String> outputs, double weight) implements LossTerm {
  public ConsistencyError {
    outputs = PairViews.checked(outputs, weight);
  }

  @Override
  public ConsistencyError withWeight(double other) {
    return new ConsistencyError(outputs, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return Map.of();
  }

  @Override
  public String write(LossWriter writer) {
    List<String> summands = new ArrayList<>();
    for (PairViews views : PairViews.of(writer, outputs)) {
      String left = views.leftDisparity();
      String right = views.rightDisparity();
      summands.add(PairViews.apart(left, views.fromRight(right)));
      summands.add(PairViews.apart(right, views.fromLeft(left)));
    }
    return PairViews.sum(summands);
  }
}
