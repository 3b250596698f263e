package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far scores are from another network's: the mean over the pixels that are not void of KL(other
 * ‖ own), both softened; see {@link SoftTargets}. A step gives the other network's logits as {@link
 * #TARGET}, [N, K, height, width].
 *
 * @param output whose scores are compared
 * @param channels K
 * @param soft size and temperature of the other network's logits
 * @param weight see {@link LossTerm}
 */
public record SoftLabels(String output, int channels, SoftTargets soft, double weight)
    implements LossTerm {
  /** The name of the other network's logits. */
  public static final String TARGET = "soft";

  public SoftLabels {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(soft, "soft");
    if (channels < 1 || !(weight >= 0)) {
      throw new IllegalArgumentException("soft labels: " + channels + ", weight " + weight);
    }
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public SoftLabels withWeight(double other) {
    return new SoftLabels(output, channels, soft, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return Map.of(TARGET, Shape.of(batch.extent(0), channels, soft.height(), soft.width()));
  }

  @Override
  public String write(LossWriter writer) {
    double t = soft.temperature();
    String z = writer.atFullSize(output);
    String other = writer.upsampled(TARGET, Shape.of(1, 1, soft.height(), soft.width()));
    writer.line("valid", "torch.to(torch.ne(t, 255), 6)");
    writer.line("target", "torch.log_softmax(torch.div(" + other + ", " + t + "), 1, None)");
    writer.line("own", "torch.log_softmax(torch.div(" + z + ", " + t + "), 1, None)");
    writer.line("each", "torch.sum(torch.mul(torch.exp(target), torch.sub(target, own)), [1])");
    writer.line("kl", "torch.div(torch.sum(torch.mul(each, valid)), torch.sum(valid))");
    return "kl";
  }
}
