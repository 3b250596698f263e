package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.sheet.Obstacle;
import io.drivemark.problem.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a network's normalisation statistics anew: after pruning, the maps have other means and
 * variances than the ones the parent was trained to. Weights stay. Stateless.
 *
 * <p>Frames go through in batches, each normalised by its own statistics as in training; what is
 * kept is the plain mean over the batches.
 */
public final class Recalibration {
  private static final int LARGEST_BATCH = 8;

  /** What a training step takes over of a batch's statistics. */
  private static final float MOMENTUM = 0.1f;

  private Recalibration() {}

  /**
   * The same network with statistics of these frames; the network itself if it normalises nothing.
   *
   * @param threads of the operators
   */
  public static Network of(Network network, CalibrationSet frames, int threads, Progress progress) {
    return of(network, frames.batch(1), frames.images(), threads, progress);
  }

  /**
   * The same from images that need not be frames.
   *
   * @param image the shape of one, [1, 3, H, W]
   * @param images their values, each read once
   */
  public static Network of(
      Network network, Shape image, List<float[]> images, int threads, Progress progress) {
    List<String> statistics = statistics(network);
    if (statistics.isEmpty()) {
      return network;
    }
    Obstacle.requirePrunable(network);
    Network first = network.withOutputs(network.outputs().subList(0, 1));
    int together = Math.min(LARGEST_BATCH, images.size());
    int batches = images.size() / together;
    int plane = image.height() * image.width();
    int classes = network.shapes(List.of(image)).get(network.outputs().get(0)).channels();
    String last = lastKernel(first);
    Map<String, double[]> sums = new LinkedHashMap<>();
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(12, together * plane))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    ByteBuffer anyClass = ByteBuffer.allocateDirect(together * plane);
    progress.begin("measure normalisation of " + network.name(), batches);
    // A gradient for the last kernel alone makes a step cost little more than inference.
    try (Learner learner =
        new Learner(
            first,
            Shape.of(together, 3, image.height(), image.width()),
            Loss.plain(first.outputs().get(0), classes),
            w -> w.name().equals(last),
            threads)) {
      for (int batch = 0; batch < batches; batch++) {
        for (int i = 0; i < together; i++) {
          pixels.put(3 * plane * i, images.get(batch * together + i));
        }
        for (String statistic : statistics) {
          learner.setValues(statistic, new float[learner.size(statistic)]);
        }
        learner.backward(pixels, anyClass, 0);
        for (String statistic : statistics) {
          add(learner, statistic, sums);
        }
        progress.step(batch + 1L, "");
      }
    }
    progress.end();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    sums.forEach(
        (statistic, sum) -> {
          float[] mean = new float[sum.length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / batches);
          }
          tensors.put(
              statistic, Tensor.of(network.weights().get(statistic).tensor().shape(), mean));
        });
    return network.withTensors(tensors);
  }

  /** Before the step the statistics were 0, so that after it they are a share of the batch's. */
  private static void add(Learner learner, String statistic, Map<String, double[]> sums) {
    float[] values = new float[learner.size(statistic)];
    learner.values(statistic, values);
    double[] sum = sums.computeIfAbsent(statistic, k -> new double[values.length]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i] / (double) MOMENTUM;
    }
  }

  /** Names of all means and variances that output 0 needs. */
  private static List<String> statistics(Network network) {
    List<String> statistics = new ArrayList<>();
    for (Node node : needed(network)) {
      if (node.op() instanceof BatchNorm) {
        statistics.addAll(node.inputs().subList(3, 5));
      }
    }
    return statistics.stream()
        .distinct()
        .filter(network.weights()::containsKey)
        .filter(s -> network.weights().get(s).role() == Weight.Role.STATISTIC)
        .toList();
  }

  private static String lastKernel(Network network) {
    String last = "";
    for (Node node : needed(network)) {
      boolean convolves = node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d;
      if (convolves && network.weights().containsKey(node.inputs().get(1))) {
        last = node.inputs().get(1);
      }
    }
    return last;
  }

  private static List<Node> needed(Network network) {
    return Cost.needed(network, network.outputs().subList(0, 1));
  }
}
