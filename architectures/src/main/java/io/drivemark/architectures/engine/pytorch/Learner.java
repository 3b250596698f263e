package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A network whose weights can be learned: computes loss and gradients of a batch and predicts
 * labels with the weights as they are. The weights live in direct memory that both PyTorch and the
 * caller see: an optimiser writes new values through {@link #setValues}, batch normalisation
 * updates its running statistics (momentum 0.1) at each {@link #backward} unless they are fixed.
 * Not thread-safe. Close after use; closing twice is harmless.
 *
 * <p>Arrays of values and gradients are in the weight's row-major order and exactly as long as
 * {@link #size} says; another length, or a weight that is not there, is an {@link
 * IllegalArgumentException}.
 *
 * <p>The {@link Loss} is a weighted sum of terms over named outputs: {@link LabelError}, {@link
 * SoftLabels}, {@link DepthError}, {@link PhotometricError}, {@link SmoothnessError}, {@link
 * ConsistencyError}, {@link GateError}, {@link MaskPenalty}. A batch in which no pixel counts for
 * any term of labels or distances has the loss 0 and gradients of 0; gates learn nothing from it
 * either.
 */
public final class Learner implements AutoCloseable {
  private final Network network;
  private final Loss loss;
  private final Shape batch;
  private final int threads;
  private final PtNDManager manager;
  private final WeightMemory weights;
  private final Map<List<Object>, Predictor> predictors = new LinkedHashMap<>();
  private final FloatBuffer images;
  private final LabelMemory labels;
  private final TargetMemory targets;
  private final NDList arguments = new NDList();
  private final PtSymbolBlock script;
  private final PtNDArray one;
  private final GatePass gatePass;
  private Optional<GateBits> gates = Optional.empty();
  private Runnable afterForward = () -> {};
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
    this(start, batch, loss, isLearned, threads, ScriptMode.TRAINING);
  }

  private Learner(
      Network start,
      Shape batch,
      Loss loss,
      Predicate<Weight> isLearned,
      int threads,
      ScriptMode mode) {
    this.network = start;
    this.batch = batch;
    this.loss = loss;
    this.threads = threads;
    requireOutputs(start, loss);
    String source = LossScript.of(start, batch, loss, mode);
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
      this.targets = new TargetMemory(manager, loss.targets(batch), labels != null);
      targets.arguments().forEach(this::argument);
      this.one = (PtNDArray) manager.ones(Torch.shape());
      this.weights = new WeightMemory(start, manager, loss.outputs(), isLearned);
      weights.arrays().forEach(array -> argument("p[]", array));
      this.gatePass =
          loss.gates().map(g -> new GatePass(g, batch.extent(0), manager, targets)).orElse(null);
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
    return new Learner(start, batch, loss, isLooked, threads, ScriptMode.INFERENCE);
  }

  /**
   * Opens a network for training whose normalisation is by the running statistics, which stay what
   * they are: so a frame is seen as at inference, whatever else is in its batch.
   *
   * @param isLearned which of the learned weights get a gradient
   */
  public static Learner withFixedStatistics(
      Network start, Shape batch, Loss loss, Predicate<Weight> isLearned, int threads) {
    return new Learner(
        start, batch, loss, isLearned, threads, ScriptMode.TRAINING_WITH_FIXED_STATISTICS);
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

  private void argument(String name, PtNDArray array) {
    array.setName(name);
    arguments.add(array);
  }

  /** Names of the weights that get a gradient, in the network's order. */
  public List<String> learned() {
    return weights.learned();
  }

  /** The network with the weights and statistics as they are now. */
  public Network network() {
    return weights.network();
  }

  /** Copies a weight's values out. */
  public void values(String weight, float[] into) {
    weights.values(weight, into);
  }

  /** Replaces a weight's values; copies the array. */
  public void setValues(String weight, float[] values) {
    weights.setValues(weight, values);
  }

  /** The number of values of a weight. */
  public int size(String weight) {
    return weights.size(weight);
  }

  /**
   * Copies out the gradient that the last {@link #backward} gave one of the {@link #learned}
   * weights; zeros if all was void.
   */
  public void gradient(String weight, float[] into) {
    weights.gradient(weight, nothingCounts, into);
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
    targets.take(inputs);
    images.put(0, pixels.duplicate().clear(), 0, images.capacity());
    boolean labelsCount = labels != null && labels.take(inputs.labels().orElseThrow());
    boolean depthCounts = loss.depth().filter(this::hasDistance).isPresent();
    boolean needsNoTruth = labels == null && loss.depth().isEmpty() || loss.countsEverywhere();
    nothingCounts = !labelsCount && !depthCounts && !needsNoTruth;
    gates = Optional.empty();
    if (nothingCounts) {
      return 0;
    }
    Torch.threads(threads);
    JniUtils.setSeed(seed);
    if (hasGradients) {
      weights.forget();
    }
    boolean gradMode = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDList answer = IValueUtils.forward(script, arguments, true)) {
      PtNDArray value = gatePass == null ? (PtNDArray) answer.get(0) : gatePass.take(answer);
      afterForward.run();
      JniUtils.backward(value, one, false, false);
      hasGradients = true;
      gates = Optional.ofNullable(gatePass).map(GatePass::bits);
      return value.toByteBuffer(false).order(ByteOrder.nativeOrder()).getFloat(0);
    } finally {
      JniUtils.setGradMode(gradMode);
    }
  }

  /**
   * Has this run in each {@link #backward} between the loss and its gradients, to tell their time.
   */
  public void afterForward(Runnable told) {
    afterForward = told;
  }

  /** Whether any pixel counted at the last {@link #backward}. */
  public boolean somethingCounted() {
    return !nothingCounts;
  }

  /**
   * What gates were predicted for the images of the last {@link #backward} and what they should be;
   * empty without a {@link GateError}, or if nothing counted.
   */
  public Optional<GateBits> gates() {
    return gates;
  }

  private boolean hasDistance(DepthError term) {
    FloatBuffer metres = targets.of(DepthError.TARGET);
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
    requireOpen();
    predictors
        .computeIfAbsent(
            List.of(height, width, truthHeight, truthWidth),
            k ->
                Predictor.ofLabels(
                    network,
                    manager,
                    weights.arrays(),
                    Shape.of(1, batch.channels(), height, width),
                    truthHeight,
                    truthWidth))
        .predict(pixels, into);
  }

  /**
   * Computes an output with the weights as they are now, as at inference.
   *
   * @param pixels one normalised image [1, C, height, width]
   * @param output one of the network's
   * @param into its numbers, row-major; of the output's size
   */
  public void answer(FloatBuffer pixels, int height, int width, String output, FloatBuffer into) {
    requireOpen();
    predictors
        .computeIfAbsent(
            List.of(height, width, output),
            k ->
                Predictor.ofOutput(
                    network,
                    manager,
                    weights.arrays(),
                    Shape.of(1, batch.channels(), height, width),
                    output))
        .predict(pixels, into);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this learner is closed; open another");
    }
    Torch.threads(threads);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Closer all = new Closer();
      all.add(manager);
      all.add(script);
      if (gatePass != null) {
        all.add(gatePass);
      }
      predictors.values().forEach(all::add);
      all.close();
    }
  }
}
