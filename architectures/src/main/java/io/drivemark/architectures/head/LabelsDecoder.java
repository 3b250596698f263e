package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Classes;
import io.drivemark.architectures.labelling.Labelling;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns scores or labels into class indices of the dataset on the frame's grid. Outputs beyond the
 * model's classes are void. Where classes have a level, a plane of that level stands behind the
 * scores as one more channel. Safe to call from several threads: each call borrows its scratch
 * memory.
 */
public final class LabelsDecoder implements HeadDecoder<LabelMap> {
  private static final int MOST_LABELS = 256;

  /** What void pixels are written as while they are counted. */
  private static final int UNMAPPED = 253;

  private static final int BEYOND = 254;

  /** Scores that lie nearer to each other than this may change places by rounding. */
  private static final float FRAGILE = 1e-3f;

  private final HeadSite site;
  private final Classes classes;
  private final LabelSpace truth;
  private final Shape planes;
  private final Labelling pattern;
  private final Labelling counting;
  private final boolean codesAreFree;
  private final Map<Integer, Queue<Labelling>> idle = new ConcurrentHashMap<>(); // by threads
  private final Queue<Labelling> idleCounting = new ConcurrentLinkedQueue<>();

  /**
   * A frame's labels with what its pixels' outputs were used for.
   *
   * @param pixels all of them
   * @param beyond those at which an output beyond the classes of the head's label space won
   * @param unmapped those of a class that the mapping onto the dataset makes void
   * @param fragile those at which another class's score lies less than 0.001 below the winner's,
   *     counted where the largest score wins, see {@link Labelling#close}; empty where the network
   *     gives labels
   */
  public record Counted(
      LabelMap labels, long pixels, long beyond, long unmapped, OptionalLong fragile) {}

  LabelsDecoder(HeadSite site) {
    this.site = site;
    this.classes =
        site.classes()
            .orElseThrow(
                () -> new IllegalArgumentException(site.subject() + ": nothing to label for"));
    this.truth = classes.truth();
    this.planes = planes(site.output(), classes);
    int[] codes =
        classes.channels().isPresent()
            ? scoreCodes(classes.channels().get(), classes.mapping())
            : labelCodes(classes.mapping());
    int[] plain =
        Arrays.stream(codes).map(c -> c == UNMAPPED || c == BEYOND ? LabelSpace.VOID : c).toArray();
    this.pattern =
        Labelling.of(truth, plain, classes.grid()).showing(site.rowShare(), site.columnShare());
    this.codesAreFree = truth.size() <= UNMAPPED;
    Labelling telling =
        codesAreFree
            ? Labelling.ofCodes(truth, codes, classes.grid())
                .showing(site.rowShare(), site.columnShare())
            : pattern;
    this.counting = telling.counting(FRAGILE);
  }

  /** The shape of the output with its channels first, a level's plane among them. */
  private static Shape planes(Shape shape, Classes classes) {
    if (classes.channels().isEmpty()) {
      return classes.channelsLast() ? Shape.of(1, shape.extent(1), shape.extent(2)) : shape;
    }
    int level = classes.channels().get().level().isPresent() ? 1 : 0;
    return classes.channelsLast()
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

  @Override
  public Class<LabelMap> decodesTo() {
    return LabelMap.class;
  }

  @Override
  public Shape buffer() {
    return classes.channelsLast() ? site.output() : planes;
  }

  @Override
  public void prepare(FloatBuffer buffer) {
    if (!buffer().equals(site.output())) {
      fillLevel(buffer);
    }
  }

  /** The last plane holds the level. */
  private void fillLevel(FloatBuffer buffer) {
    float level = (float) classes.channels().orElseThrow().level().orElseThrow();
    int plane = planes.height() * planes.width();
    int from = Math.toIntExact(planes.elements()) - plane;
    for (int i = 0; i < plane; i++) {
      buffer.put(from + i, level);
    }
  }

  @Override
  public LabelMap decode(FloatBuffer output, int height, int width, int threads) {
    Queue<Labelling> shelf = idle.computeIfAbsent(threads, t -> new ConcurrentLinkedQueue<>());
    Labelling borrowed = shelf.poll();
    Labelling labelling = borrowed == null ? pattern.withThreads(threads) : borrowed;
    byte[] pixels = labelled(labelling, output, height, width);
    shelf.add(labelling);
    return LabelMap.of(truth, height, width, pixels);
  }

  /**
   * Labels one frame on one thread and counts what its void pixels come from.
   *
   * @throws io.drivemark.problem.BadInputException as {@link #decode}
   */
  public Counted decodeCounting(FloatBuffer output, int height, int width) {
    Labelling borrowed = idleCounting.poll();
    Labelling labelling = borrowed == null ? counting.withThreads(1) : borrowed;
    byte[] pixels = labelled(labelling, output, height, width);
    OptionalLong fragile = labelling.close();
    idleCounting.add(labelling);
    long beyond = 0;
    long unmapped = 0;
    if (codesAreFree) {
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
        LabelMap.of(truth, height, width, pixels), pixels.length, beyond, unmapped, fragile);
  }

  private byte[] labelled(Labelling labelling, FloatBuffer output, int height, int width) {
    byte[] pixels = new byte[Math.multiplyExact(height, width)];
    if (classes.channels().isEmpty()) {
      labelling.take(output, planes, MOST_LABELS, height, width, pixels);
    } else {
      FloatBuffer scores = classes.channelsLast() ? turned(output) : output;
      labelling.label(
          scores, planes, site.input().height(), site.input().width(), height, width, pixels);
    }
    return pixels;
  }

  /** [1, h, w, K] as planes. */
  private FloatBuffer turned(FloatBuffer output) {
    int count = site.output().extent(3);
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
