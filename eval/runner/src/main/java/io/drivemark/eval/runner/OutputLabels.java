package io.drivemark.eval.runner;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.record.FrameSize;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns a network's output 0 into class indices of the dataset on the truth's grid. Outputs beyond
 * the model's classes are void. Safe to call from several threads: each call borrows its scratch
 * memory.
 */
final class OutputLabels {
  private static final int MOST_LABELS = 256;

  private final LabelSpace truth;
  private final boolean labels;
  private final Shape shape;
  private final FrameSize input;
  private final Labelling pattern;
  private final Map<Integer, Queue<Labelling>> idle = new ConcurrentHashMap<>(); // by threads

  /**
   * @param truth the dataset's label space, of the same classes as the mapping's target
   * @param labels whether the network gives labels instead of logits
   * @param shape of the output
   * @param input size of the network's input
   * @param mapping from the model's classes
   */
  OutputLabels(
      LabelSpace truth,
      boolean labels,
      Shape shape,
      FrameSize input,
      LabelMapping mapping,
      Grid grid) {
    this.input = input;
    this.truth = truth;
    this.labels = labels;
    this.shape = shape;
    int[] table = new int[labels ? MOST_LABELS : shape.channels()];
    for (int i = 0; i < table.length; i++) {
      table[i] = i < mapping.from().size() ? mapping.of(i) : LabelSpace.VOID;
    }
    this.pattern = Labelling.of(truth, table, grid);
  }

  /**
   * Labels one frame.
   *
   * @param threads how many threads may share the work; the labels do not depend on it
   * @throws io.drivemark.problem.BadInputException if the output holds NaN or an impossible label
   */
  LabelMap label(FloatBuffer output, int height, int width, int threads) {
    Queue<Labelling> shelf = idle.computeIfAbsent(threads, t -> new ConcurrentLinkedQueue<>());
    Labelling borrowed = shelf.poll();
    Labelling labelling = borrowed == null ? pattern.withThreads(threads) : borrowed;
    byte[] pixels = new byte[Math.multiplyExact(height, width)];
    if (labels) {
      labelling.take(output, shape, MOST_LABELS, height, width, pixels);
    } else {
      labelling.label(output, shape, input.height(), input.width(), height, width, pixels);
    }
    shelf.add(labelling);
    return LabelMap.of(truth, height, width, pixels);
  }
}
