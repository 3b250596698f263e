package io.drivemark.architectures.onnx;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Op;
import java.util.List;
import java.util.Optional;

/**
 * A node of a network as a line of JSON: what an ONNX node's doc_string says about the node it was
 * lowered from.
 */
final class OpJson {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * What stands in a doc_string.
   *
   * @param parts how many ONNX nodes, this one included, the node became
   */
  @JsonPropertyOrder({"node", "op", "attributes", "inputs", "outputs", "parts"})
  private record Line(
      String node,
      String op,
      JsonNode attributes,
      List<String> inputs,
      List<String> outputs,
      int parts) {}

  /** A node and how many ONNX nodes it became. */
  record Original(Node node, int parts) {}

  private OpJson() {}

  static String write(Node node, int parts) {
    Op op = node.op();
    try {
      return JSON.writeValueAsString(
          new Line(
              node.name(),
              op.getClass().getSimpleName(),
              JSON.valueToTree(op),
              node.inputs(),
              node.outputs(),
              parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("operator " + op + " has no JSON form", e);
    }
  }

  /** The node a doc_string speaks of; empty where it is any other text. */
  static Optional<Original> read(String text) {
    if (!text.startsWith("{\"node\":")) {
      return Optional.empty();
    }
    try {
      Line line = JSON.readValue(text, Line.class);
      for (Class<?> type : Op.class.getPermittedSubclasses()) {
        if (type.getSimpleName().equals(line.op())) {
          Op op = (Op) JSON.treeToValue(line.attributes(), type);
          return Optional.of(
              new Original(new Node(line.node(), op, line.inputs(), line.outputs()), line.parts()));
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // somebody else's text, or edited: the plain nodes are read
    }
  }
}
