package io.drivemark.architectures.onnx;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What ONNX has no place for: the inputs' free extents, and of each weight its role, parameter
 * group and own shape. Stands as JSON in the file's metadata under {@value #KEY}.
 *
 * @param inputs extents by input name, −1 = free; null where the rank is unknown
 * @param weights by name, in definition order
 */
@JsonPropertyOrder({"inputs", "weights"})
record GraphNotes(Map<String, int[]> inputs, Map<String, WeightNote> weights) {
  /** Metadata key, reserved. */
  static final String KEY = "drivemark.graph";

  /** Of one weight. */
  @JsonPropertyOrder({"role", "group", "shape"})
  record WeightNote(Weight.Role role, String group, int[] shape) {
    /** Whether the noted shape has as many elements as the tensor. */
    boolean fits(Tensor tensor) {
      Shape noted = Shape.of(shape);
      return noted.isKnown() && noted.elements() == tensor.shape().elements();
    }
  }

  static GraphNotes of(Network network) {
    Map<String, int[]> inputs = new LinkedHashMap<>();
    for (NetworkInput input : network.inputs()) {
      inputs.put(input.name(), input.shape().hasRank() ? input.shape().extents() : null);
    }
    Map<String, WeightNote> weights = new LinkedHashMap<>();
    for (Weight weight : network.weights().values()) {
      weights.put(
          weight.name(),
          new WeightNote(weight.role(), weight.group(), weight.tensor().shape().extents()));
    }
    return new GraphNotes(inputs, weights);
  }

  /** The shape an input had, if it is noted. */
  Optional<Shape> inputShape(String name) {
    if (!inputs.containsKey(name)) {
      return Optional.empty();
    }
    int[] extents = inputs.get(name);
    return Optional.of(extents == null ? Shape.unknown() : Shape.of(extents));
  }

  String toJson() {
    try {
      return OpJson.JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("graph notes have no JSON form", e);
    }
  }

  /** Nothing noted: a foreign file. */
  static final GraphNotes NONE = new GraphNotes(Map.of(), Map.of());

  static GraphNotes parse(String json) throws JsonProcessingException {
    GraphNotes notes = OpJson.JSON.readValue(json, GraphNotes.class);
    return new GraphNotes(
        notes.inputs == null ? Map.of() : notes.inputs,
        notes.weights == null ? Map.of() : notes.weights);
  }
}
