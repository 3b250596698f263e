package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The float32 tensors that a step gives a {@link Loss}, in direct memory. Not thread-safe. */
final class TargetMemory {
  private final Map<String, FloatBuffer> values = new LinkedHashMap<>();
  private final Map<String, PtNDArray> arrays = new LinkedHashMap<>();
  private final boolean hasLabels;

  /**
   * @param shapes of the tensors by name
   * @param hasLabels whether labels are given besides
   */
  TargetMemory(PtNDManager manager, Map<String, Shape> shapes, boolean hasLabels) {
    this.hasLabels = hasLabels;
    shapes.forEach(
        (name, shape) -> {
          ByteBuffer bytes = Torch.bytes(Float.BYTES * shape.elements());
          values.put(name, bytes.asFloatBuffer());
          arrays.put(name, Torch.over(manager, bytes, shape.extents(), DataType.FLOAT32));
        });
  }

  /** The script's arguments over this memory, in order. */
  Map<String, PtNDArray> arguments() {
    return arrays;
  }

  /** The values of one tensor. */
  FloatBuffer of(String name) {
    return values.get(name);
  }

  /**
   * Takes over what a step gives.
   *
   * @throws IllegalArgumentException if a tensor lacks, is left over, or is of another size;
   *     nothing is taken over then
   */
  void take(LossInputs inputs) {
    if (!inputs.tensors().keySet().equals(values.keySet())
        || inputs.labels().isPresent() != hasLabels) {
      throw new IllegalArgumentException(
          "the loss needs "
              + (hasLabels ? "labels and " : "no labels and ")
              + values.keySet()
              + ", given are "
              + (inputs.labels().isPresent() ? "labels and " : "no labels and ")
              + inputs.tensors().keySet());
    }
    values.forEach(
        (name, memory) -> {
          int given = inputs.tensors().get(name).capacity();
          if (given != memory.capacity()) {
            throw new IllegalArgumentException(
                "target " + name + ": " + given + " values, expected " + memory.capacity());
          }
        });
    values.forEach(
        (name, memory) -> memory.put(0, inputs.tensors().get(name), 0, memory.capacity()));
  }
}
