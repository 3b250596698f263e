package io.drivemark.architectures.labelling;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Turns logits [1, K, h, w] into class indices on an H×W grid: bilinear upsampling and argmax in
 * one pass, or argmax and repetition ({@link Grid}). On a tie the lowest channel wins. The labels
 * are those of upsampling every plane first, to the last pixel. Keeps scratch memory between calls;
 * not thread-safe.
 *
 * <p>Two channels [1, 2, 1, 2] with logits (1, 0) and (0, 1) on a grid of 1×4 give 0 0 1 1: at the
 * second pixel 0.75 stands against 0.25.
 */
public final class Labelling {
  private final LabelSpace target;
  private final int[] mapping;
  private final Grid grid;
  private final int threads;
  private final double rowShare;
  private final double columnShare;
  private final float margin; // 0: close pixels are not counted
  private Axis rows = new Axis(1, 1);
  private Axis columns = new Axis(1, 1);
  private int classes;
  private BilinearStripe[] bilinear = {};
  private ArgmaxRows[] argmax = {};
  private byte[] small = {};
  private byte[] table = {};
  private Labelling upsampled;
  private OptionalLong close = OptionalLong.empty();

  private Labelling(
      LabelSpace target,
      int[] mapping,
      Grid grid,
      int threads,
      double rowShare,
      double columnShare,
      float margin) {
    this.target = target;
    this.mapping = mapping;
    this.grid = grid;
    this.threads = threads;
    this.rowShare = rowShare;
    this.columnShare = columnShare;
    this.margin = margin;
  }

  /** Channel i is class i of the label space; channels beyond its classes are void. */
  public static Labelling of(LabelSpace target, Grid grid) {
    return new Labelling(target, null, grid, 1, 1, 1, 0);
  }

  /**
   * Channels are mapped to classes after the argmax.
   *
   * @param mapping for each channel of the network a class of the target, or 255 (void)
   * @throws IllegalArgumentException if an entry is neither
   */
  public static Labelling of(LabelSpace target, int[] mapping, Grid grid) {
    for (int i = 0; i < mapping.length; i++) {
      boolean isClass = mapping[i] >= 0 && mapping[i] < target.size();
      if (!isClass && mapping[i] != LabelSpace.VOID) {
        throw new IllegalArgumentException(
            "mapping onto "
                + target.name()
                + ": channel "
                + i
                + " has "
                + mapping[i]
                + ", expected 0.."
                + (target.size() - 1)
                + " or 255 (void)");
      }
    }
    return ofCodes(target, mapping, grid);
  }

  /**
   * Channels are written as any bytes, for callers that tell more than the classes apart.
   *
   * @param codes for each channel of the network what to write, 0 to 255
   */
  public static Labelling ofCodes(LabelSpace target, int[] codes, Grid grid) {
    return new Labelling(target, codes.clone(), grid, 1, 1, 1, 0);
  }

  /**
   * The same for an answer of which only the top left part shows the image: the rest is padding.
   *
   * @param rows the share of its height, above 0 and at most 1
   * @param columns the share of its width
   */
  public Labelling showing(double rows, double columns) {
    if (!(rows > 0 && rows <= 1 && columns > 0 && columns <= 1)) {
      throw new IllegalArgumentException("shares of an image: " + rows + ", " + columns);
    }
    return new Labelling(target, mapping, grid, threads, rows, columns, margin);
  }

  /** The same on several threads; the labels are the same. */
  public Labelling withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + count);
    }
    return new Labelling(target, mapping, grid, count, rowShare, columnShare, margin);
  }

  /**
   * The same, and it counts the pixels that could easily have got another label; the labels are the
   * same.
   *
   * @param least a pixel is close where the largest score of those that mean something else lies
   *     less than this below the winner's; above 0
   * @see #close
   */
  public Labelling counting(float least) {
    if (!(least > 0 && least < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a margin of scores: above 0, found " + least);
    }
    return new Labelling(target, mapping, grid, threads, rowShare, columnShare, least);
  }

  /**
   * How many pixels of the last call were close, on the grid where the largest score won: the
   * image's, or under {@link Grid#LABELS_NEAREST} that of the scores or the network's input,
   * padding left out. Empty where they are not counted, or the network itself gave labels.
   */
  public OptionalLong close() {
    return close;
  }

  /**
   * Labels an image by way of the network's input size. Under {@link Grid#LABELS_NEAREST} logits of
   * a lower resolution are upsampled bilinearly to the input's size, as such networks do in their
   * last step, the argmax is taken there, and the labels are repeated on the grid. Under {@link
   * Grid#LOGITS_BILINEAR} the input's size does not matter.
   *
   * @param inputHeight of the network's input
   * @param inputWidth of the network's input
   * @see #label(FloatBuffer, Shape, int, int, byte[])
   */
  public void label(
      FloatBuffer logits,
      Shape shape,
      int inputHeight,
      int inputWidth,
      int height,
      int width,
      byte[] out) {
    boolean atInput = whole() && shape.height() == inputHeight && shape.width() == inputWidth;
    boolean gridIsInput = height == inputHeight && width == inputWidth;
    if (grid == Grid.LOGITS_BILINEAR || atInput) {
      label(logits, shape, height, width, out);
      return;
    }
    if (upsampled == null) {
      upsampled =
          new Labelling(
              target, mapping, Grid.LOGITS_BILINEAR, threads, rowShare, columnShare, margin);
    }
    if (gridIsInput) {
      upsampled.label(logits, shape, height, width, out);
      close = upsampled.close;
      return;
    }
    checkOut(height, width, out);
    int size = Math.multiplyExact(inputHeight, inputWidth);
    small = small.length == size ? small : new byte[size];
    upsampled.label(logits, shape, inputHeight, inputWidth, small);
    close = upsampled.close;
    Repetition.fill(small, inputHeight, inputWidth, 1, 1, height, width, out);
  }

  private boolean whole() {
    return rowShare == 1 && columnShare == 1;
  }

  /**
   * Labels an image.
   *
   * @param buffer the logits, float32 [1, K, h, w] from index 0 on (or probabilities: only order
   *     matters)
   * @param shape their shape
   * @param height of the grid
   * @param width of the grid
   * @param out filled with {@code height·width} class indices of the target, 255 = void
   * @throws BadInputException if a logit is NaN or +∞, or the channels do not fit the label space
   *     or mapping
   */
  public void label(FloatBuffer buffer, Shape shape, int height, int width, byte[] out) {
    FloatBuffer logits = buffer.duplicate().clear();
    checkSizes(logits, shape, height, width, out);
    int channels = shape.channels();
    int h = shape.height();
    int w = shape.width();
    prepare(channels, h, w, height, width);
    boolean same = whole() && h == height && w == width;
    if (same) {
      argmax(logits, out);
    } else if (grid == Grid.LABELS_NEAREST) {
      small = small.length == h * w ? small : new byte[h * w];
      argmax(logits, small);
      Repetition.fill(small, h, w, rowShare, columnShare, height, width, out);
    } else {
      split(
          h,
          bilinear.length,
          (part, from, to) -> bilinear[part].label(logits, from, to, table, out));
    }
    close = margin > 0 ? OptionalLong.of(counted()) : OptionalLong.empty();
  }

  /**
   * Takes over labels that the network itself gives, repeated (nearest, floor) on the grid.
   *
   * @param buffer float32 channel indices, h·w of them from index 0 on
   * @param shape their shape: [1, 1, h, w] or [1, h, w]
   * @param channels how many classes the network knows; other indices are an error
   * @throws BadInputException if a value is no such index; the message names the pixel
   */
  public void take(
      FloatBuffer buffer, Shape shape, int channels, int height, int width, byte[] out) {
    FloatBuffer labels = buffer.duplicate().clear();
    int h = shape.extent(-2);
    int w = shape.extent(-1);
    if (shape.elements() != (long) h * w || labels.capacity() < h * w) {
      throw new IllegalArgumentException(
          "labels of shape " + shape + " in a buffer of " + labels.capacity());
    }
    checkOut(height, width, out);
    close = OptionalLong.empty();
    byte[] meaning =
        ChannelTable.of(
            channels, mapping,
            target); // the table of the logits stays: these may be fewer channels
    small = small.length == h * w ? small : new byte[h * w];
    for (int i = 0; i < h * w; i++) {
      float value = labels.get(i);
      if (!(value >= 0 && value < channels && value == (int) value)) {
        throw new BadInputException(
            "labels: "
                + value
                + " at row "
                + i / w
                + ", column "
                + i % w
                + " is no class of the network (0.."
                + (channels - 1)
                + ")");
      }
      small[i] = meaning[(int) value];
    }
    Repetition.fill(small, h, w, rowShare, columnShare, height, width, out);
  }

  private long counted() {
    return Arrays.stream(bilinear).mapToLong(BilinearStripe::close).sum()
        + Arrays.stream(argmax).mapToLong(ArgmaxRows::close).sum();
  }

  private void checkSizes(FloatBuffer logits, Shape shape, int height, int width, byte[] out) {
    if (shape.rank() != 4 || shape.extent(0) != 1 || !shape.isKnown() || shape.elements() == 0) {
      throw new IllegalArgumentException("logits: [1, K, h, w] expected, found " + shape);
    }
    if (logits.capacity() < shape.elements()) {
      throw new IllegalArgumentException(
          "logits: " + shape + " does not fit a buffer of " + logits.capacity());
    }
    checkOut(height, width, out);
  }

  private static void checkOut(int height, int width, byte[] out) {
    if (height < 1 || width < 1 || (long) height * width != out.length) {
      throw new IllegalArgumentException(
          "labels: " + height + "x" + width + " does not fit " + out.length + " pixels");
    }
  }

  private void prepare(int channels, int h, int w, int height, int width) {
    if (channels == classes && rows.fits(h, height) && columns.fits(w, width)) {
      return;
    }
    table = ChannelTable.of(channels, mapping, target);
    classes = channels;
    rows = new Axis(h, height, rowShare);
    columns = new Axis(w, width, columnShare);
    boolean plain = grid == Grid.LABELS_NEAREST || whole() && h == height && w == width;
    int parts = Math.min(threads, h);
    argmax = new ArgmaxRows[plain ? parts : 0];
    int shownRows = (int) Math.ceil(h * rowShare);
    int shownColumns = (int) Math.ceil(w * columnShare);
    Arrays.setAll(argmax, i -> new ArgmaxRows(channels, h, w, margin, shownRows, shownColumns));
    bilinear = new BilinearStripe[plain ? 0 : parts];
    Arrays.setAll(bilinear, i -> new BilinearStripe(channels, rows, columns, margin));
  }

  private void argmax(FloatBuffer logits, byte[] to) {
    split(
        rows.from,
        argmax.length,
        (part, from, end) -> argmax[part].label(logits, from, end, table, to));
  }

  private interface Part {
    void run(int part, int from, int to);
  }

  private static void split(int rows, int parts, Part work) {
    if (parts == 1) {
      work.run(0, 0, rows);
    } else {
      IntStream.range(0, parts)
          .parallel()
          .forEach(
              i -> work.run(i, (int) ((long) i * rows / parts), (int) ((i + 1L) * rows / parts)));
    }
  }

  static BadInputException notNumber(float value, int channel, int row, int column) {
    return new BadInputException(
        "logits: channel "
            + channel
            + " at row "
            + row
            + ", column "
            + column
            + " is "
            + value
            + "; the network's weights or its input are damaged");
  }
}
