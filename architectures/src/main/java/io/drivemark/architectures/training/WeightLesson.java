package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The absolute values of all convolutions' weights: the gradient of their sum, its sign, is added
 * to theirs. Not thread-safe.
 */
final class WeightLesson implements Lesson {
  private final WeightPenalty penalty;
  private final Set<String> kernels = new LinkedHashSet<>();

  WeightLesson(Network network, WeightPenalty penalty) {
    this.penalty = penalty;
    for (Node node : network.nodes()) {
      if (node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d) {
        kernels.add(node.inputs().get(1));
      }
    }
  }

  @Override
  public Loss loss(Loss before) {
    return before;
  }

  @Override
  public LossInputs inputs(LossInputs before, Batches.Batch batch, int epoch) {
    return before;
  }

  @Override
  public void gradients(Learner learner, Map<String, float[]> byWeight) {
    byWeight.forEach(
        (name, gradient) -> {
          if (kernels.contains(name)) {
            float[] values = new float[gradient.length];
            learner.values(name, values);
            for (int i = 0; i < gradient.length; i++) {
              gradient[i] += (float) (penalty.factor() * Math.signum(values[i]));
            }
          }
        });
  }

  @Override
  public void close() {}
}
