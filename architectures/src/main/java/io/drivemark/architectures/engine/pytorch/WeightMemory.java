package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The weights of a {@link Learner} in direct memory that both PyTorch and Java see, and the
 * gradients of those that are learned. Not thread-safe.
 */
final class WeightMemory {
  private final Network network;
  private final List<PtNDArray> arrays = new ArrayList<>();
  private final Map<String, ByteBuffer> memory = new LinkedHashMap<>();
  private final Map<String, PtNDArray> learned = new LinkedHashMap<>();

  /**
   * @param manager owns the arrays
   * @param outputs whose loss is learned from: weights that they do not need get no gradient
   * @param isLearned which of the learned weights get a gradient
   */
  WeightMemory(
      Network network,
      PtNDManager manager,
      Collection<String> outputs,
      Predicate<Weight> isLearned) {
    this.network = network;
    Set<String> read = new HashSet<>();
    Cost.needed(network, List.copyOf(outputs)).forEach(n -> read.addAll(n.inputs()));
    for (Weight weight : network.weights().values()) {
      ByteBuffer values = Torch.memory(weight.tensor());
      DataType type = weight.tensor().isFloat() ? DataType.FLOAT32 : DataType.INT64;
      PtNDArray array = Torch.over(manager, values, weight.tensor().shape().extents(), type);
      memory.put(weight.name(), values);
      arrays.add(array);
      if (weight.role() == Weight.Role.LEARNED
          && read.contains(weight.name())
          && isLearned.test(weight)) {
        JniUtils.attachGradient(array, true);
        learned.put(weight.name(), array);
      }
    }
  }

  /** The arrays of all weights, in the network's order. */
  List<PtNDArray> arrays() {
    return arrays;
  }

  /** Names of the weights that get a gradient, in the network's order. */
  List<String> learned() {
    return List.copyOf(learned.keySet());
  }

  /** The network with the values as they are now. */
  Network network() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Weight weight : network.weights().values()) {
      if (weight.role() != Weight.Role.CONSTANT) {
        float[] values = new float[Math.toIntExact(weight.tensor().shape().elements())];
        values(weight.name(), values);
        tensors.put(weight.name(), Tensor.sharing(weight.tensor().shape(), values));
      }
    }
    return network.withTensors(tensors);
  }

  void values(String weight, float[] into) {
    requireLength(weight, into);
    memory.get(weight).asFloatBuffer().get(0, into);
  }

  void setValues(String weight, float[] values) {
    requireLength(weight, values);
    memory.get(weight).asFloatBuffer().put(0, values);
  }

  int size(String weight) {
    if (!memory.containsKey(weight)) {
      throw new IllegalArgumentException(network.name() + " has no weight " + weight);
    }
    return memory.get(weight).capacity() / Float.BYTES;
  }

  private void requireLength(String weight, float[] values) {
    if (values.length != size(weight)) {
      throw new IllegalArgumentException(
          "weight " + weight + ": expected " + size(weight) + " values, found " + values.length);
    }
  }

  /** Sets all gradients to zero. */
  void forget() {
    for (PtNDArray array : learned.values()) {
      try (NDArray gradient = JniUtils.getGradient(array)) {
        if (gradient != null) {
          JniUtils.zeroGrad(array);
        }
      }
    }
  }

  /**
   * Copies out a gradient; zeros where the loss does not depend on the weight.
   *
   * @param none whether there was no loss at all: zeros then
   */
  void gradient(String weight, boolean none, float[] into) {
    requireLength(weight, into);
    if (!learned.containsKey(weight)) {
      throw new IllegalArgumentException("weight " + weight + " is frozen: it has no gradient");
    }
    try (NDArray gradient = none ? null : JniUtils.getGradient(learned.get(weight))) {
      if (gradient == null) {
        Arrays.fill(into, 0);
      } else {
        ByteBuffer values = gradient.toByteBuffer(true).order(ByteOrder.nativeOrder());
        values.asFloatBuffer().get(0, into);
      }
    }
  }
}
