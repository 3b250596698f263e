package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.record.FrameSize;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns a network's answer into class indices of the dataset on the truth's grid. Outputs beyond
 * the model's classes are void. Where classes have a level, a plane of that level stands behind the
 * scores as one more channel. Safe to call from several threads: each call borrows its scratch
 * memory.
 */
public final class OutputLabels {
  private static final int MOST_LABELS = 256;

  /** What void pixels are written as while they are counted. */
  private static final int UNMAPPED = 253;

  private static final int BEYOND = 254;

  private final LabelSpace truth;
  private final Answer answer;
  private final Shape planes;
  private final FrameSize input;
  private final Labelling pattern;
  private final Labelling counting;
  private final Map<Integer, Queue<Labelling>> idle = new ConcurrentHashMap<>(); // by threads
  private final Queue<Labelling> idleCounting = new ConcurrentLinkedQueue<>();

  /** A frame's labels with what its pixels' outputs were used for. */
  public record Counted(LabelMap labels, OutputUse use) {}

  /**
   * @param truth the dataset's label space, of the same classes as the mapping's target
   * @param answer what the network gives
   * @param input size that frames are scaled to, before they are padded
   * @param mapping from the model's classes
   */
  OutputLabels(
      LabelSpace truth,
      ModelSpec spec,
      Answer answer,
      FrameSize input,
      LabelMapping mapping,
      Grid grid) {
    this.input = input;
    this.truth = truth;
    this.answer = answer;
    this.planes = planes(answer);
    int[] codes =
        answer.channels().isPresent()
            ? scoreCodes(answer.channels().get(), mapping)
            : labelCodes(mapping);
    int[] plain =
        Arrays.stream(codes).map(c -> c == UNMAPPED || c == BEYOND ? LabelSpace.VOID : c).toArray();
    double rows = (double) input.height() / spec.wiring().padded(input.height());
    double columns = (double) input.width() / spec.wiring().padded(input.width());
    this.pattern = Labelling.of(truth, plain, grid).showing(rows, columns);
    boolean codesAreFree = truth.size() <= UNMAPPED;
    this.counting =
        codesAreFree ? Labelling.ofCodes(truth, codes, grid).showing(rows, columns) : pattern;
  }

  /** The shape of the answer with its channels first, a level's plane among them. */
  private static Shape planes(Answer answer) {
    Shape shape = answer.shape();
    if (answer.channels().isEmpty()) {
      return answer.axes() == Axes.CHANNELS_LAST
          ? Shape.of(1, shape.extent(1), shape.extent(2))
          : shape;
    }
    int level = answer.channels().get().level().isPresent() ? 1 : 0;
    return answer.axes() == Axes.CHANNELS_LAST
        ? Shape.of(1, shape.extent(3) + level, shape.extent(1), shape.extent(2))
        : shape.with(1, shape.channels() + level);
  }

  private static int[] scoreCodes(Channels channels, LabelMapping mapping) {
    int count = channels.classes().size();
    int[] codes = new int[channels.level().isPresent() ? count + 1 : count];
    for (int i = 0; i < count; i++) {
      int c = channels.classes().get(i);
      codes[i] = c == Channels.BEYOND ? BEYOND : mapped(mapping, c);
    }
    if (codes.length > count) {
      codes[count] =
          channels.below().isPresent()
              ? mapped(mapping, channels.below().getAsInt())
              : LabelSpace.VOID;
    }
    return codes;
  }

  private static int[] labelCodes(LabelMapping mapping) {
    int[] codes = new int[MOST_LABELS];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i < mapping.from().size() ? mapped(mapping, i) : BEYOND;
    }
    codes[LabelSpace.VOID] = LabelSpace.VOID;
    return codes;
  }

  private static int mapped(LabelMapping mapping, int index) {
    int to = mapping.of(index);
    return to == LabelSpace.VOID ? UNMAPPED : to;
  }

  Answer answer() {
    return answer;
  }

  /** A buffer for the session's answer; what must stand in it beforehand does. */
  FloatBuffer newBuffer() {
    if (answer.axes() == Axes.CHANNELS_LAST || answer.shape().equals(planes)) {
      return Session.buffer(answer.shape());
    }
    FloatBuffer buffer = Session.buffer(planes);
    fillLevel(buffer);
    return buffer;
  }

  /** The last plane holds the level. */
  private void fillLevel(FloatBuffer buffer) {
    float level = (float) answer.channels().orElseThrow().level().orElseThrow();
    int plane = planes.height() * planes.width();
    int from = Math.toIntExact(planes.elements()) - plane;
    for (int i = 0; i < plane; i++) {
      buffer.put(from + i, level);
    }
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
    byte[] pixels = labelled(labelling, output, height, width);
    shelf.add(labelling);
    return LabelMap.of(truth, height, width, pixels);
  }

  /** Labels one frame on one thread and counts what its void pixels come from. */
  Counted labelCounting(FloatBuffer output, int height, int width) {
    Labelling borrowed = idleCounting.poll();
    Labelling labelling = borrowed == null ? counting.withThreads(1) : borrowed;
    byte[] pixels = labelled(labelling, output, height, width);
    idleCounting.add(labelling);
    long beyond = 0;
    long unmapped = 0;
    if (counting != pattern) {
      for (int i = 0; i < pixels.length; i++) {
        int code = pixels[i] & 0xFF;
        if (code == BEYOND || code == UNMAPPED) {
          beyond += code == BEYOND ? 1 : 0;
          unmapped += code == UNMAPPED ? 1 : 0;
          pixels[i] = (byte) LabelSpace.VOID;
        }
      }
    }
    return new Counted(
        LabelMap.of(truth, height, width, pixels), new OutputUse(pixels.length, beyond, unmapped));
  }

  private byte[] labelled(Labelling labelling, FloatBuffer output, int height, int width) {
    byte[] pixels = new byte[Math.multiplyExact(height, width)];
    if (answer.channels().isEmpty()) {
      labelling.take(output, planes, MOST_LABELS, height, width, pixels);
    } else {
      FloatBuffer scores = answer.axes() == Axes.CHANNELS_LAST ? turned(output) : output;
      labelling.label(scores, planes, input.height(), input.width(), height, width, pixels);
    }
    return pixels;
  }

  /** [1, h, w, K] as planes. */
  private FloatBuffer turned(FloatBuffer output) {
    int count = answer.shape().extent(3);
    int plane = planes.height() * planes.width();
    FloatBuffer made = FloatBuffer.allocate(Math.toIntExact(planes.elements()));
    float[] pixel = new float[count];
    for (int i = 0; i < plane; i++) {
      output.get(i * count, pixel, 0, count);
      for (int k = 0; k < count; k++) {
        made.put(k * plane + i, pixel[k]);
      }
    }
    if (planes.channels() > count) {
      fillLevel(made);
    }
    return made;
  }
}
