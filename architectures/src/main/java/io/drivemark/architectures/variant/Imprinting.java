package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much a unit of layers adds to what can be read off the features: the mean IoU of a classifier
 * without training, after the unit less before it.
 *
 * <p>The classifier of a map: every class's prototype is the mean of the features at its pixels,
 * scaled to length 1; a position belongs to the class whose prototype has the largest dot product
 * with its features (the lowest class where several do). The truth is scaled to the map by the
 * nearest pixel, void is left out, and so are classes without a pixel to learn from. Prototypes
 * come from every second frame, the mean IoU from the others: counted at the map's size ({@link
 * #NAME}), or at the frame's, the dot products upsampled bilinearly ({@link #UPSAMPLED}), which
 * makes maps of different sizes comparable. A unit that changes nothing scores exactly 0; one that
 * makes features worse scores below 0.
 *
 * <p>Reference: the accuracy gain of imprinted weights, Elkerdawy et al., <i>To Filter Prune, or to
 * Layer Prune, That Is The Question</i>, arXiv 2007.05667; here for pixels instead of images.
 * Stateless.
 */
public final class Imprinting {
  /** The name in commands and plans. */
  public static final String NAME = "imprint";

  /** The name where the mean IoU is counted at the frame's size. */
  public static final String UPSAMPLED = "imprint-upsampled";

  /** Both names. */
  static final List<String> NAMES = List.of(NAME, UPSAMPLED);

  private Imprinting() {}

  /**
   * What one of its names stands for, in a few words.
   *
   * @throws IllegalArgumentException if the name is none of its own
   */
  public static String summary(String name) {
    return switch (name) {
      case NAME ->
          "mIoU that imprinted weights gain by a unit, at its map's size (arXiv 2007.05667)";
      case UPSAMPLED -> "the same at the frame's size, so that maps of different sizes compare";
      default -> throw new IllegalArgumentException("imprinting is not called " + name);
    };
  }

  /**
   * Scores all removable units of a network.
   *
   * @param name {@link #NAME} or {@link #UPSAMPLED}
   * @throws BadInputException if there are fewer than two frames, or none of their pixels has a
   *     class
   */
  public static LayerScores of(
      String name, Network network, CalibrationSet frames, Progress progress) {
    if (frames.depth().isPresent()) {
      throw new BadInputException(
          "criterion "
              + name
              + " tells classes apart, and network "
              + network.name()
              + " answers with depth; take another one, l1 or taylor-weight for example");
    }
    if (frames.count() < 2) {
      throw new BadInputException(
          "criterion "
              + name
              + " learns from some frames and is measured on others: it needs at least"
              + " two, "
              + frames
              + " is one");
    }
    List<RemovableUnit> units = RemovableUnit.of(network);
    Set<String> values = new LinkedHashSet<>();
    units.forEach(u -> values.addAll(List.of(u.entry(), u.exit())));
    Map<String, Double> scores = new LinkedHashMap<>();
    if (!units.isEmpty()) {
      Map<String, Double> mious = mious(name, network, List.copyOf(values), frames, progress);
      units.forEach(u -> scores.put(u.name(), mious.get(u.exit()) - mious.get(u.entry())));
    }
    return new LayerScores(name, scores);
  }

  /**
   * The classifier's mean IoU on each of some maps.
   *
   * @param values names of maps of the network
   */
  static Map<String, Double> mious(
      String name, Network network, List<String> values, CalibrationSet frames, Progress progress) {
    Map<String, Shape> shapes = network.shapes(List.of(frames.batch(1)));
    List<Hook> hooks = new ArrayList<>();
    values.forEach(v -> hooks.add(new Hook(name, shapes.get(v), frames)));
    progress.begin(name + " " + network.name(), frames.count());
    try (Session session =
        Engines.named("pytorch")
            .open(
                network.withOutputs(values),
                frames.height(),
                frames.width(),
                new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      int done = 0;
      for (int part = 0; part < 2; part++) {
        for (int i = part; i < frames.count(); i += 2) {
          CalibrationSet.Frame frame = frames.get(i);
          input.put(0, frame.image());
          session.run(input, outputs);
          for (int h = 0; h < hooks.size(); h++) {
            if (part == 0) {
              hooks.get(h).learn(outputs.get(h), frame.truth());
            } else {
              hooks.get(h).count(outputs.get(h), frame.truth());
            }
          }
          progress.step(++done, "");
        }
        hooks.forEach(Hook::normalise);
      }
    }
    progress.end();
    Map<String, Double> mious = new LinkedHashMap<>();
    for (int h = 0; h < hooks.size(); h++) {
      mious.put(values.get(h), hooks.get(h).miou());
    }
    return mious;
  }

  /** The classifier of one map. */
  private static final class Hook {
    private final String name;
    private final CalibrationSet frames;
    private final int channels;
    private final int height;
    private final int width;
    private final double[][] prototypes;
    private final boolean[] learned;
    private final ConfusionAccumulator counts;
    private int[] classes = {};

    Hook(String name, Shape shape, CalibrationSet frames) {
      this.name = name;
      this.frames = frames;
      this.channels = shape.channels();
      this.height = shape.height();
      this.width = shape.width();
      this.prototypes = new double[frames.classes()][channels];
      this.learned = new boolean[frames.classes()];
      this.counts = new ConfusionAccumulator(frames.labels());
    }

    private byte[] scaled(byte[] truth) {
      return CalibrationSet.nearest(truth, frames.height(), frames.width(), height, width);
    }

    /** Adds up features; their mean has the direction of their sum. */
    void learn(FloatBuffer map, byte[] truth) {
      byte[] labels = scaled(truth);
      int plane = height * width;
      for (int p = 0; p < plane; p++) {
        int label = labels[p] & 0xFF;
        if (label != LabelSpace.VOID) {
          learned[label] = true;
          for (int c = 0; c < channels; c++) {
            prototypes[label][c] += map.get(c * plane + p);
          }
        }
      }
    }

    void normalise() {
      classes = IntStream.range(0, learned.length).filter(k -> learned[k]).toArray();
      for (double[] prototype : prototypes) {
        double norm = Math.sqrt(Arrays.stream(prototype).map(v -> v * v).sum());
        for (int c = 0; norm > 0 && c < channels; c++) {
          prototype[c] /= norm;
        }
      }
    }

    void count(FloatBuffer map, byte[] truth) {
      if (classes.length == 0) {
        return;
      }
      byte[] labels = name.equals(UPSAMPLED) ? truth.clone() : scaled(truth);
      for (int p = 0; p < labels.length; p++) {
        if (labels[p] != (byte) LabelSpace.VOID && !learned[labels[p] & 0xFF]) {
          labels[p] = (byte) LabelSpace.VOID;
        }
      }
      byte[] predictions = new byte[labels.length];
      Labelling.of(frames.labels(), classes, Grid.LOGITS_BILINEAR)
          .label(
              products(map),
              Shape.of(1, classes.length, height, width),
              name.equals(UPSAMPLED) ? frames.height() : height,
              name.equals(UPSAMPLED) ? frames.width() : width,
              predictions);
      counts.add(labels, predictions);
    }

    /** Features times prototypes, a plane a learned class. */
    private FloatBuffer products(FloatBuffer map) {
      int plane = height * width;
      FloatBuffer products = FloatBuffer.allocate(classes.length * plane);
      for (int k = 0; k < classes.length; k++) {
        double[] prototype = prototypes[classes[k]];
        for (int p = 0; p < plane; p++) {
          double product = 0;
          for (int c = 0; c < channels; c++) {
            product += prototype[c] * map.get(c * plane + p);
          }
          products.put(k * plane + p, (float) product);
        }
      }
      return products;
    }

    double miou() {
      return Metrics.miou(counts.matrix())
          .value()
          .orElseThrow(
              () ->
                  new BadInputException(
                      "criterion "
                          + name
                          + ": no pixel of "
                          + frames
                          + " has a class that was learned; take more frames"));
    }
  }
}
