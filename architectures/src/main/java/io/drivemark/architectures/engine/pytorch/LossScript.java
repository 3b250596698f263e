package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;

/** Writes the script of a {@link Learner}: the network, and the loss of its outputs. Stateless. */
final class LossScript {
  private static final int LONG = 4;

  private LossScript() {}

  /** The script's one method. */
  static String of(Network network, Shape batch, Loss loss, boolean training) {
    ScriptWriter writer = new ScriptWriter(network, batch, training);
    String body = writer.write("x");
    StringBuilder text = new StringBuilder();
    text.append("  def forward(self: __torch__.").append(ScriptArchive.CLASS);
    text.append(", x: Tensor, labels: Tensor, weights: Tensor, kept: Tensor");
    if (loss.soft().isPresent()) {
      text.append(", soft: Tensor");
    }
    text.append(", p: List[Tensor]) -> Tensor:\n").append(body);
    text.append("    t = torch.to(labels, ").append(LONG).append(")\n");
    List<String> terms = new ArrayList<>();
    int[] size = {batch.height(), batch.width()};
    for (int i = 0; i < network.outputs().size(); i++) {
      if (i > 0 && loss.auxiliaryWeight() == 0) {
        break;
      }
      String value = network.outputs().get(i);
      String logits = upsampled(writer.expression(value), writer.shape(value), size);
      String name = "loss" + i;
      text.append("    z").append(i).append(" = ").append(logits).append('\n');
      if (loss.hardShare() == 1) {
        text.append("    ").append(name).append(" = torch.div(torch.cross_entropy_loss(z");
        text.append(i).append(", t, weights, 2, 255, 0.), torch.select(kept, 0, 0))\n");
      } else {
        hardest(text, i, name);
      }
      terms.add(i == 0 ? name : "torch.mul(" + name + ", " + loss.auxiliaryWeight() + ")");
    }
    String sum = terms.get(0);
    for (String term : terms.subList(1, terms.size())) {
      sum = "torch.add(" + sum + ", " + term + ")";
    }
    if (loss.soft().isPresent()) {
      sum = soft(text, loss.soft().get(), sum, size);
    }
    return text.append("    return ").append(sum).append('\n').toString();
  }

  /** Σ w·l/Σ w over the pixels with the largest l; void pixels rank below all others. */
  private static void hardest(StringBuilder text, int i, String name) {
    String l = "l" + i;
    String k = "k" + i;
    String w = "w" + i;
    text.append("    ").append(l).append(" = torch.reshape(torch.cross_entropy_loss(z").append(i);
    text.append(", t, None, 0, 255, 0.), [-1])\n");
    text.append("    r").append(i).append(" = torch.masked_fill(torch.detach(").append(l);
    text.append("), torch.reshape(torch.eq(t, 255), [-1]), -1.)\n");
    text.append("    ").append(k).append(" = torch.topk(r").append(i);
    text.append(", int(torch.select(kept, 0, 1)), -1, True, False)[1]\n");
    text.append("    ").append(w).append(" = torch.index_select(weights, 0, torch.index_select(");
    text.append("torch.reshape(t, [-1]), 0, ").append(k).append("))\n");
    text.append("    ").append(name).append(" = torch.div(torch.sum(torch.mul(").append(w);
    text.append(", torch.index_select(").append(l).append(", 0, ").append(k);
    text.append("))), torch.sum(").append(w).append("))\n");
  }

  /**
   * (1 − weight)·hard + weight·T²·mean over valid pixels of KL(teacher ‖ student), both softened.
   */
  private static String soft(StringBuilder text, SoftTargets targets, String hard, int[] size) {
    Shape shape = Shape.of(1, 1, targets.height(), targets.width());
    double t = targets.temperature();
    text.append("    valid = torch.to(torch.ne(t, 255), 6)\n");
    text.append("    target = torch.log_softmax(torch.div(");
    text.append(upsampled("soft", shape, size)).append(", ").append(t).append("), 1, None)\n");
    text.append("    own = torch.log_softmax(torch.div(z0, ").append(t).append("), 1, None)\n");
    text.append(
        "    each = torch.sum(torch.mul(torch.exp(target), torch.sub(target, own)), [1])\n");
    text.append("    kl = torch.div(torch.sum(torch.mul(each, valid)), torch.sum(valid))\n");
    return "torch.add(torch.mul("
        + hard
        + ", "
        + (1 - targets.weight())
        + "), torch.mul(kl, "
        + targets.weight() * t * t
        + "))";
  }

  static String upsampled(String expression, Shape shape, int[] size) {
    return shape.height() == size[0] && shape.width() == size[1]
        ? expression
        : Site.call("upsample_bilinear2d", expression, size, false, "None, None");
  }
}
