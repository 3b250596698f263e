package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A network whose weights can be learned: computes loss and gradients of a batch and predicts
 * labels with the weights as they are. The weights live in direct memory that both PyTorch and the
 * caller see: an optimiser writes new values through {@link #setValues}, batch normalisation
 * updates its running statistics (momentum 0.1) at each {@link #backward}. Not thread-safe. Close
 * after use; closing twice is harmless.
 *
 * <p>Arrays of values and gradients are in the weight's row-major order and exactly as long as
 * {@link #size} says; another length, or a weight that is not there, is an {@link
 * IllegalArgumentException}.
 *
 * <p>The {@link Loss} is a weighted sum of terms over named outputs: {@link LabelError}, {@link
 * SoftLabels}, {@link DepthError}. A batch in which no pixel counts for any term has the loss 0 and
 * gradients of 0.
 */
public final class Learner implements AutoCloseable {
  private final Network network;
  private final Loss loss;
  private final Shape batch;
  private final int threads;
  private final PtNDManager manager;
  private final List<PtNDArray> parameters = new ArrayList<>();
  private final Map<String, ByteBuffer> memory = new LinkedHashMap<>();
  private final Map<String, PtNDArray> learned = new LinkedHashMap<>();
  private final Map<List<Integer>, LabelPredictor> predictors = new LinkedHashMap<>();
  private final FloatBuffer images;
  private final LabelMemory labels;
  private final Map<String, FloatBuffer> targets = new LinkedHashMap<>();
  private final NDList arguments = new NDList();
  private final PtSymbolBlock script;
  private final PtNDArray one;
  private boolean hasGradients;
  private boolean nothingCounts = true;
  private boolean closed;

  /**
   * Opens a network for training.
   *
   * @param start where the weights start
   * @param batch shape of the images, [N, C, H, W]
   * @param isLearned which of the learned weights get a gradient; the rest is frozen
   * @param threads threads the operators may use
   */
  public Learner(Network start, Shape batch, Loss loss, Predicate<Weight> isLearned, int threads) {
    this(start, batch, loss, isLearned, threads, true);
  }

  private Learner(
      Network start,
      Shape batch,
      Loss loss,
      Predicate<Weight> isLearned,
      int threads,
      boolean training) {
    this.network = start;
    this.batch = batch;
    this.loss = loss;
    this.threads = threads;
    requireOutputs(start, loss);
    String source = LossScript.of(start, batch, loss, training);
    this.manager = Torch.manager();
    try {
      this.script = Torch.load(manager, source);
      ByteBuffer imageBytes = Torch.bytes(Float.BYTES * batch.elements());
      this.images = imageBytes.asFloatBuffer();
      argument("x", Torch.over(manager, imageBytes, batch.extents(), DataType.FLOAT32));
      this.labels = loss.labels().map(l -> new LabelMemory(l, batch)).orElse(null);
      if (labels != null) {
        labels.arguments(manager).forEach(this::argument);
      }
      loss.targets(batch).forEach(this::target);
      this.one = (PtNDArray) manager.ones(Torch.shape());
      weights(isLearned);
    } catch (RuntimeException e) {
      Closer.after(e, manager);
      throw e;
    }
  }

  /**
   * Opens a network to look at its gradients as it is at inference: normalisation by the running
   * statistics, which stay what they are, and nothing dropped.
   *
   * @param isLooked which of the learned weights get a gradient
   */
  public static Learner inference(
      Network start, Shape batch, Loss loss, Predicate<Weight> isLooked, int threads) {
    return new Learner(start, batch, loss, isLooked, threads, false);
  }

  private static void requireOutputs(Network network, Loss loss) {
    for (String output : loss.outputs()) {
      if (!network.outputs().contains(output)) {
        throw new IllegalArgumentException(
            "the loss is of output "
                + output
                + ", network "
                + network.name()
                + " has "
                + String.join(", ", network.outputs()));
      }
    }
  }

  /** Memory for a tensor that a step gives. */
  private void target(String name, Shape shape) {
    ByteBuffer bytes = Torch.bytes(Float.BYTES * shape.elements());
    argument(name, Torch.over(manager, bytes, shape.extents(), DataType.FLOAT32));
    targets.put(name, bytes.asFloatBuffer());
  }

  private void argument(String name, PtNDArray array) {
    array.setName(name);
    arguments.add(array);
  }

  private void weights(Predicate<Weight> isLearned) {
    Set<String> read = new HashSet<>();
    Cost.needed(network, loss.outputs()).forEach(n -> read.addAll(n.inputs()));
    for (Weight weight : network.weights().values()) {
      ByteBuffer values = Torch.memory(weight.tensor());
      DataType type = weight.tensor().isFloat() ? DataType.FLOAT32 : DataType.INT64;
      PtNDArray array = Torch.over(manager, values, weight.tensor().shape().extents(), type);
      memory.put(weight.name(), values);
      parameters.add(array);
      argument("p[]", array);
      if (weight.role() == Weight.Role.LEARNED
          && read.contains(weight.name())
          && isLearned.test(weight)) {
        JniUtils.attachGradient(array, true);
        learned.put(weight.name(), array);
      }
    }
  }

  /** Names of the weights that get a gradient, in the network's order. */
  public List<String> learned() {
    return List.copyOf(learned.keySet());
  }

  /** The network with the weights and statistics as they are now. */
  public Network network() {
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

  /** Copies a weight's values out. */
  public void values(String weight, float[] into) {
    requireLength(weight, into);
    memory.get(weight).asFloatBuffer().get(0, into);
  }

  /** Replaces a weight's values; copies the array. */
  public void setValues(String weight, float[] values) {
    requireLength(weight, values);
    memory.get(weight).asFloatBuffer().put(0, values);
  }

  /** The number of values of a weight. */
  public int size(String weight) {
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

  /**
   * Copies out the gradient that the last {@link #backward} gave one of the {@link #learned}
   * weights; zeros if all was void.
   */
  public void gradient(String weight, float[] into) {
    requireLength(weight, into);
    if (!learned.containsKey(weight)) {
      throw new IllegalArgumentException("weight " + weight + " is frozen: it has no gradient");
    }
    if (nothingCounts) {
      Arrays.fill(into, 0);
      return;
    }
    try (NDArray gradient = JniUtils.getGradient(learned.get(weight))) {
      ByteBuffer values = gradient.toByteBuffer(true).order(ByteOrder.nativeOrder());
      values.asFloatBuffer().get(0, into);
    }
  }

  /**
   * Computes the loss of a batch and the gradients of the learned weights, and updates running
   * statistics; the loss is of labels alone.
   *
   * @param pixels the normalised images, [N, C, H, W], from index 0
   * @param truth class indices, [N, H, W], {@value LabelSpace#VOID} = void, from index 0
   * @param seed decides what dropout drops
   * @return the loss; 0 if every pixel is void
   */
  public double backward(FloatBuffer pixels, ByteBuffer truth, long seed) {
    return backward(pixels, LossInputs.labels(truth), seed);
  }

  /**
   * As {@link #backward(FloatBuffer, ByteBuffer, long)} for any loss.
   *
   * @param inputs what its terms need
   * @return the loss; 0 if no pixel counts for any term
   * @throws IllegalArgumentException if a term lacks its tensor, or gets one of another size
   */
  public double backward(FloatBuffer pixels, LossInputs inputs, long seed) {
    if (closed) {
      throw new IllegalStateException("this learner is closed; open another");
    }
    requireTargets(inputs);
    images.put(0, pixels.duplicate().clear(), 0, images.capacity());
    targets.forEach(
        (name, memory) -> memory.put(0, inputs.tensors().get(name), 0, memory.capacity()));
    boolean labelsCount = labels != null && labels.take(inputs.labels().orElseThrow());
    boolean depthCounts = loss.depth().filter(this::hasDistance).isPresent();
    nothingCounts = !labelsCount && !depthCounts;
    if (nothingCounts) {
      return 0;
    }
    Torch.threads(threads);
    JniUtils.setSeed(seed);
    if (hasGradients) {
      learned.values().forEach(JniUtils::zeroGrad);
    }
    boolean gradMode = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDList answer = IValueUtils.forward(script, arguments, true)) {
      PtNDArray value = (PtNDArray) answer.get(0);
      JniUtils.backward(value, one, false, false);
      hasGradients = true;
      return value.toByteBuffer(false).order(ByteOrder.nativeOrder()).getFloat(0);
    } finally {
      JniUtils.setGradMode(gradMode);
    }
  }

  private void requireTargets(LossInputs inputs) {
    if (!inputs.tensors().keySet().equals(targets.keySet())
        || inputs.labels().isPresent() != (labels != null)) {
      throw new IllegalArgumentException(
          "the loss needs "
              + (labels != null ? "labels and " : "no labels and ")
              + targets.keySet()
              + ", given are "
              + (inputs.labels().isPresent() ? "labels and " : "no labels and ")
              + inputs.tensors().keySet());
    }
    targets.forEach(
        (name, memory) -> {
          int given = inputs.tensors().get(name).capacity();
          if (given != memory.capacity()) {
            throw new IllegalArgumentException(
                "target " + name + ": " + given + " values, expected " + memory.capacity());
          }
        });
  }

  private boolean hasDistance(DepthError term) {
    FloatBuffer metres = targets.get(DepthError.TARGET);
    for (int i = 0; i < metres.capacity(); i++) {
      if (term.counts(metres.get(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Predicts labels with the weights as they are now, as at inference.
   *
   * @param pixels one normalised image [1, C, height, width]
   * @param truthHeight height of the labels; logits are upsampled bilinearly to it before the
   *     argmax
   * @param into class indices, row by row
   */
  public void predict(
      FloatBuffer pixels, int height, int width, int truthHeight, int truthWidth, byte[] into) {
    if (closed) {
      throw new IllegalStateException("this learner is closed; open another");
    }
    Torch.threads(threads);
    predictors
        .computeIfAbsent(
            List.of(height, width, truthHeight, truthWidth),
            k ->
                new LabelPredictor(
                    network,
                    manager,
                    parameters,
                    Shape.of(1, batch.channels(), height, width),
                    truthHeight,
                    truthWidth))
        .predict(pixels, into);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Closer all = new Closer();
      all.add(manager);
      all.add(script);
      predictors.values().forEach(all::add);
      all.close();
    }
  }
}
