package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.training.DepthLoss;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.problem.BadInputException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Some frames of a split as a network is given them, all of one size, with truths of that size.
 * They are taken in the order of their names, evenly spread over the split, whatever order the
 * dataset lists them in. Decoded on each call. Not thread-safe.
 */
public final class CalibrationSet {
  private final Dataset dataset;
  private final List<Integer> frames;
  private final Preprocess preprocess;
  private final Optional<HeadKind> depth;

  /**
   * Chooses frames for a model.
   *
   * @param split where from; must not be a split that results are reported on
   * @param model what is asked of the frames: labels, or the distances that it answers with
   * @param count frames at most
   * @throws BadInputException if the split is empty
   */
  public CalibrationSet(Dataset split, ModelSpec model, int count) {
    this(split, model.input(), depth(model), count);
  }

  private static Optional<HeadKind> depth(ModelSpec model) {
    return model
        .task()
        .filter(Task.DEPTH::equals)
        .map(
            task ->
                model.heads().stream()
                    .map(Head::kind)
                    .filter(kind -> kind.task().equals(Optional.of(task)))
                    .findFirst()
                    .orElseThrow());
  }

  /**
   * Chooses frames with their labels.
   *
   * @param split where from; must not be a split that results are reported on
   * @param input what the network is given; without a size of its own the first frame's is taken
   * @param count frames at most
   * @throws BadInputException if the split is empty
   */
  public CalibrationSet(Dataset split, InputSpec input, int count) {
    this(split, input, Optional.empty(), count);
  }

  private CalibrationSet(Dataset split, InputSpec input, Optional<HeadKind> depth, int count) {
    this.depth = depth;
    if (split.ids().isEmpty()) {
      throw new BadInputException(
          "calibration: " + split.name() + " " + split.split() + " has no frames");
    }
    if (count < 1) {
      throw new BadInputException("calibration: " + count + " frames, expected at least 1");
    }
    this.dataset = split;
    List<Integer> byName =
        IntStream.range(0, split.ids().size())
            .boxed()
            .sorted(Comparator.comparing(i -> split.ids().get(i)))
            .toList();
    int taken = Math.min(count, byName.size());
    this.frames =
        IntStream.range(0, taken)
            .mapToObj(i -> byName.get((int) ((long) i * byName.size() / taken)))
            .toList();
    Size size = input.size().orElseGet(() -> sizeOf(split.frame(frames.get(0)).image()));
    this.preprocess =
        new Preprocess(input.order(), input.mean(), input.std(), size.height(), size.width());
  }

  private static Size sizeOf(RgbImage image) {
    return new Size(image.height(), image.width());
  }

  /**
   * One frame: the normalised image [3, H, W], class indices [H, W], and distances [H, W] as {@link
   * DepthLoss#truth} gives them where frames are for a model that answers with depth; NaN where
   * unknown.
   */
  record Frame(float[] image, byte[] truth, float[] distances) {}

  /** The number of frames. */
  public int count() {
    return frames.size();
  }

  /** What the answer of the model is that the frames are for; empty where it is labels. */
  Optional<HeadKind> depth() {
    return depth;
  }

  /** The number of classes of the truths. */
  int classes() {
    return dataset.labels().size();
  }

  /** The classes of the truths. */
  LabelSpace labels() {
    return dataset.labels();
  }

  /** Height of the images, pixels. */
  public int height() {
    return preprocess.height();
  }

  /** Width of the images, pixels. */
  public int width() {
    return preprocess.width();
  }

  /** The shape of some frames together. */
  Shape batch(int images) {
    return Shape.of(images, 3, height(), width());
  }

  /** The images of the frames, each decoded when asked for. */
  List<float[]> images() {
    return new AbstractList<>() {
      @Override
      public float[] get(int index) {
        return CalibrationSet.this.get(index).image();
      }

      @Override
      public int size() {
        return count();
      }
    };
  }

  /** A frame; the truth is scaled to the image's size by the nearest pixel. */
  Frame get(int index) {
    io.drivemark.datasets.Frame frame = dataset.frame(frames.get(index));
    Sample sample = frame.sample();
    return new Frame(
        preprocess.apply(sample.image()),
        nearest(sample.truth(), height(), width()),
        depth.map(kind -> distances(kind, frame, sample)).orElse(new float[0]));
  }

  private float[] distances(HeadKind kind, io.drivemark.datasets.Frame frame, Sample sample) {
    float[] scaled = new float[height() * width()];
    Arrays.fill(scaled, Float.NaN);
    sample
        .depth()
        .ifPresent(
            known -> {
              float[] all = DepthLoss.truth(kind, frame.id(), known, frame::cameras);
              for (int y = 0; y < height(); y++) {
                int row = centre(y, known.height(), height());
                for (int x = 0; x < width(); x++) {
                  int column = centre(x, known.width(), width());
                  float found = all[row * known.width() + column];
                  scaled[y * width() + x] = found > 0 ? found : Float.NaN;
                }
              }
            });
    return scaled;
  }

  /** The cell of one grid in which the centre of another's lies. */
  private static int centre(int at, int from, int to) {
    return (int) ((2L * at + 1) * from / (2L * to));
  }

  /** A label map on another grid: each cell has the label at its centre. */
  static byte[] nearest(LabelMap truth, int height, int width) {
    return nearest(truth.pixels(), truth.height(), truth.width(), height, width);
  }

  static byte[] nearest(byte[] labels, int fromHeight, int fromWidth, int height, int width) {
    byte[] scaled = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int row = centre(y, fromHeight, height);
      for (int x = 0; x < width; x++) {
        int column = centre(x, fromWidth, width);
        scaled[y * width + x] = labels[row * fromWidth + column];
      }
    }
    return scaled;
  }

  /** What was taken, for provenance. */
  @Override
  public String toString() {
    return dataset.name()
        + " "
        + dataset.split()
        + ", "
        + count()
        + " of "
        + dataset.ids().size()
        + " frames at "
        + height()
        + "x"
        + width();
  }
}
