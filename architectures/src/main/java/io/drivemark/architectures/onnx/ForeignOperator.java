package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * An operator of a foreign file that this suite keeps and does not know. Immutable.
 *
 * @param node the node's name
 * @param type for example {@code NonMaxSuppression}; of a TorchScript file its name
 * @param domain of the operator, {@code ai.onnx} for ONNX's own
 * @param opset the version of the operator set the file asks for; empty for TorchScript
 */
public record ForeignOperator(String node, String type, String domain, OptionalLong opset) {
  public ForeignOperator {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(opset, "opset");
  }

  /** Those that a network's outputs need, in execution order. */
  public static List<ForeignOperator> of(Network network) {
    List<ForeignOperator> all = new ArrayList<>();
    for (Node node : Cost.needed(network, network.outputs())) {
      if (node.op() instanceof Opaque opaque) {
        all.add(of(node.name(), opaque));
      }
    }
    return List.copyOf(all);
  }

  private static ForeignOperator of(String node, Opaque opaque) {
    OptionalLong opset =
        opaque.isTorchScript()
            ? OptionalLong.empty()
            : Opaques.opsets(opaque).stream()
                .filter(o -> Opaques.domain(o).equals(opaque.domain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst();
    String domain = opaque.domain().isEmpty() ? "ai.onnx" : opaque.domain();
    return new ForeignOperator(node, opaque.type(), domain, opset);
  }

  /** Whether it is a whole TorchScript file. */
  public boolean isTorchScript() {
    return domain.equals(Opaque.TORCHSCRIPT);
  }

  /** In words: {@code operator Abs (node c, ai.onnx 13)}. */
  public String phrase() {
    return isTorchScript()
        ? "TorchScript file " + type
        : "operator "
            + type
            + " (node "
            + node
            + ", "
            + domain
            + (opset.isPresent() ? " " + opset.getAsLong() : "")
            + ")";
  }
}
