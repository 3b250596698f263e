package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How wrong scores [N, K, h, w] are about the labels: the softmax cross entropy of outputs, each
 * bilinearly upsampled to the labels' size, as Σ w·l/Σ w over the pixels that are not void, each
 * times the output's share, summed. Void pixels have a gradient of exactly 0.
 *
 * @param shares the factor of each output, in order; the first is the network's answer
 * @param classWeights w, one a class
 * @param hardShare share of valid pixels, those with the largest loss, that count; 1 = all
 * @param weight see {@link LossTerm}
 */
public record LabelError(
    Map<String, Double> shares, float[] classWeights, double hardShare, double weight)
    implements LossTerm {
  public LabelError {
    shares = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    classWeights = classWeights.clone();
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("label error: of no output");
    }
    if (!(hardShare > 0 && hardShare <= 1)) {
      throw new IllegalArgumentException("hard share: above 0 to 1, found " + hardShare);
    }
    if (!shares.values().stream().allMatch(s -> s >= 0) || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "auxiliary weight: at least 0, found " + shares + ", weight " + weight);
    }
  }

  @Override
  public float[] classWeights() {
    return classWeights.clone();
  }

  @Override
  public List<String> outputs() {
    return List.copyOf(shares.keySet());
  }

  @Override
  public LabelError withWeight(double other) {
    return new LabelError(shares, classWeights, hardShare, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return Map.of();
  }

  @Override
  public String write(LossWriter writer) {
    List<String> summands = new ArrayList<>();
    shares.forEach(
        (output, share) -> {
          int i = writer.place(output);
          String name = "loss" + i;
          if (hardShare == 1) {
            writer.line(
                name,
                "torch.div(torch.cross_entropy_loss(z"
                    + i
                    + ", t, weights, 2, 255, 0.), torch.select(kept, 0, 0))");
          } else {
            hardest(writer, i, name);
          }
          summands.add(share == 1 ? name : "torch.mul(" + name + ", " + share + ")");
        });
    return summands.stream().reduce((a, b) -> "torch.add(" + a + ", " + b + ")").orElseThrow();
  }

  /** Σ w·l/Σ w over the pixels with the largest l; void pixels rank below all others. */
  private static void hardest(LossWriter writer, int i, String name) {
    String l = "l" + i;
    String k = "k" + i;
    String w = "w" + i;
    writer.line(
        l, "torch.reshape(torch.cross_entropy_loss(z" + i + ", t, None, 0, 255, 0.), [-1])");
    writer.line(
        "r" + i,
        "torch.masked_fill(torch.detach(" + l + "), torch.reshape(torch.eq(t, 255), [-1]), -1.)");
    writer.line(k, "torch.topk(r" + i + ", int(torch.select(kept, 0, 1)), -1, True, False)[1]");
    writer.line(
        w,
        "torch.index_select(weights, 0, torch.index_select(torch.reshape(t, [-1]), 0, " + k + "))");
    writer.line(
        name,
        "torch.div(torch.sum(torch.mul("
            + w
            + ", torch.index_select("
            + l
            + ", 0, "
            + k
            + "))), torch.sum("
            + w
            + "))");
  }
}
