package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;

/**
 * Writes the script of a {@link Learner}: the network, and the loss of its outputs. With gates it
 * answers with the loss, the gates' logits and their targets; where these are decided in Java, with
 * the loss of the other terms, the logits and the responses. Stateless.
 */
final class LossScript {
  private static final int LONG = 4;

  private LossScript() {}

  /** The script's one method. */
  static String of(Network network, Shape batch, Loss loss, ScriptMode mode) {
    ScriptWriter writer = new ScriptWriter(network, batch, mode);
    String body = writer.write("x");
    StringBuilder text = new StringBuilder();
    text.append("  def forward(self: __torch__.").append(ScriptArchive.CLASS).append(", x: Tensor");
    if (loss.labels().isPresent()) {
      text.append(", labels: Tensor, weights: Tensor, kept: Tensor");
    }
    loss.targets(batch).keySet().forEach(name -> text.append(", ").append(name).append(": Tensor"));
    String type = loss.gates().isPresent() ? "List[Tensor]" : "Tensor";
    text.append(", p: List[Tensor]) -> ").append(type).append(":\n").append(body);
    LossWriter lines = new LossWriter(writer, batch);
    if (loss.labels().isPresent()) {
      lines.line("t", "torch.to(labels, " + LONG + ")");
    }
    String sum = "";
    for (LossTerm term : loss.terms()) {
      if (term instanceof GateError gates && gates.isChosen()) {
        GateScript.writeResponses(gates, lines);
        continue;
      }
      String value = term.write(lines);
      String weighted =
          term.weight() == 1 ? value : "torch.mul(" + value + ", " + term.weight() + ")";
      sum = sum.isEmpty() ? weighted : "torch.add(" + sum + ", " + weighted + ")";
    }
    String answer =
        loss.gates()
            .map(g -> g.isChosen() ? GateScript.RESPONSES : GateScript.TARGETS)
            .map(gates -> ", " + GateScript.LOGITS + ", " + gates + "]")
            .orElse("");
    return text.append(lines.text())
        .append("    return ")
        .append(answer.isEmpty() ? "" : "[")
        .append(sum.isEmpty() ? "torch.zeros([])" : sum)
        .append(answer)
        .append('\n')
        .toString();
  }

  static String upsampled(String expression, Shape shape, int[] size) {
    return shape.height() == size[0] && shape.width() == size[1]
        ? expression
        : Site.call("upsample_bilinear2d", expression, size, false, "None, None");
  }
}
