package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator sets that a network's file names. Stateless. */
final class WrittenOpsets {
  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 23;

  private WrittenOpsets() {}

  /**
   * The default operator set first; foreign operators say which version they were written for.
   *
   * @throws BadInputException if they are of two versions, or of one that cannot be written
   */
  static List<OperatorSetIdProto> of(Network network) {
    Map<String, Long> versions = new TreeMap<>();
    for (Node node : network.nodes()) {
      if (node.op() instanceof Opaque opaque) {
        for (OperatorSetIdProto opset : Opaques.opsets(opaque)) {
          Long other = versions.put(Opaques.domain(opset), opset.getVersion());
          if (other != null && other != opset.getVersion()) {
            throw new BadInputException(
                "network "
                    + network.name()
                    + ": its foreign operators are of two versions, "
                    + other
                    + " and "
                    + opset.getVersion());
          }
        }
      }
    }
    long version = versions.getOrDefault("", (long) OnnxWriter.OPSET);
    if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
      throw new BadInputException(
          "network "
              + network.name()
              + ": its foreign operators are of ONNX operator set "
              + version
              + "; "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET
              + " can be written. Export it again with operator set "
              + OnnxWriter.OPSET);
    }
    versions.remove("");
    List<OperatorSetIdProto> all = new ArrayList<>();
    all.add(OperatorSetIdProto.newBuilder().setDomain("").setVersion(version).build());
    versions.forEach(
        (domain, v) ->
            all.add(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(v).build()));
    return all;
  }
}
