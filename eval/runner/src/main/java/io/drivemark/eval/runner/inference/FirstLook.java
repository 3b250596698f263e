package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A look at the first frames of a pass: whether a network's outputs and labels can be what its
 * description says. What looks wrong is a note, for a frame may be odd without the network being
 * so. Frames are taken in any order, from several threads; the notes do not depend on it.
 */
public final class FirstLook {
  /** How many frames are looked at. */
  public static final int FRAMES = 3;

  /** Shares of void and of outputs without a class above this are reported. */
  static final double TOLD_SHARE = 0.1;

  private static final double SUM_TOLERANCE = 1e-3;
  private static final double NO_LEVEL = Double.NEGATIVE_INFINITY;

  private final Form declared;
  private final LabelMapping mapping;
  private final Shape shape;
  private final boolean channelsLast;
  private final List<Integer> classes; // of each channel, or Channels.BEYOND; empty for labels
  private final double level;
  private final TreeMap<Integer, Look> looks = new TreeMap<>(); // by frame

  private FirstLook(
      Form declared,
      LabelMapping mapping,
      Shape shape,
      boolean channelsLast,
      List<Integer> classes,
      double level) {
    this.declared = declared;
    this.mapping = mapping;
    this.shape = shape;
    this.channelsLast = channelsLast;
    this.classes = classes;
    this.level = level;
  }

  /**
   * Looks at what an opened network answers with.
   *
   * @param mapping from the model's classes to the dataset's
   */
  static FirstLook of(ModelSpec spec, LabelMapping mapping, Answer answer) {
    return new FirstLook(
        spec.output(),
        mapping,
        answer.shape(),
        answer.axes() == Axes.CHANNELS_LAST,
        answer.channels().map(Channels::classes).orElse(List.of()),
        answer.channels().map(c -> c.level().orElse(NO_LEVEL)).orElse(NO_LEVEL));
  }

  /** Channels first, channel i is class i, those beyond the classes are none; no level. */
  public static FirstLook plain(Form declared, LabelMapping mapping, Shape shape) {
    List<Integer> classes =
        declared == Form.LABELS
            ? List.of()
            : IntStream.range(0, shape.channels())
                .map(k -> k < mapping.from().size() ? k : Channels.BEYOND)
                .boxed()
                .toList();
    return new FirstLook(declared, mapping, shape, false, classes, NO_LEVEL);
  }

  /** What was seen of one frame. */
  private static final class Look {
    private final long[] byOutput; // pixels whose highest score is this output, on its own grid
    private long pixels;
    private long equal; // pixels where all outputs have one value
    private long sumsToOne;
    private long oneHot;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private long voids;
    private long labelled;
    private int only = -1; // the one class of all pixels; -1 if there are several

    Look(int outputs) {
      byOutput = new long[outputs];
    }
  }

  /**
   * Looks at one frame.
   *
   * @param frame its place among the frames
   * @param buffer the network's output 0, which labelling has accepted
   * @param prediction what became of it
   */
  public void take(int frame, FloatBuffer buffer, LabelMap prediction) {
    boolean labels = declared == Form.LABELS;
    Look look = new Look(labels ? LabelSpace.VOID + 1 : classes.size());
    FloatBuffer output = buffer.duplicate().clear();
    if (labels) {
      for (int i = 0; i < shape.elements(); i++) {
        look.byOutput[(int) output.get(i)]++;
      }
      look.pixels = shape.elements();
    } else {
      scores(look, output, Math.toIntExact(shape.elements() / classes.size()));
    }
    byte[] pixels = prediction.pixels();
    int first = pixels[0] & 0xFF;
    look.only = first;
    for (byte pixel : pixels) {
      int label = pixel & 0xFF;
      look.only = label == first ? look.only : -1;
      look.voids += label == LabelSpace.VOID ? 1 : 0;
    }
    look.labelled = pixels.length;
    synchronized (this) {
      looks.put(frame, look);
    }
  }

  private void scores(Look look, FloatBuffer output, int plane) {
    int outputs = classes.size();
    int across = channelsLast ? outputs : 1; // from pixel to pixel
    int along = channelsLast ? 1 : plane; // from channel to channel
    look.pixels = plane;
    for (int i = 0; i < plane; i++) {
      int best = 0;
      float highest = output.get(i * across);
      float lowest = highest;
      double sum = highest;
      int ones = highest == 1 ? 1 : 0;
      int zeros = highest == 0 ? 1 : 0;
      for (int k = 1; k < outputs; k++) {
        float value = output.get(i * across + k * along);
        sum += value;
        ones += value == 1 ? 1 : 0;
        zeros += value == 0 ? 1 : 0;
        lowest = Math.min(lowest, value);
        if (value > highest) {
          highest = value;
          best = k;
        }
      }
      look.byOutput[best] += highest >= level ? 1 : 0;
      look.equal += outputs > 1 && highest == lowest ? 1 : 0;
      look.oneHot += ones == 1 && zeros == outputs - 1 && outputs > 1 ? 1 : 0;
      look.sumsToOne += lowest >= 0 && Math.abs(sum - 1) <= SUM_TOLERANCE && outputs > 1 ? 1 : 0;
      look.lowest = Math.min(look.lowest, lowest);
      look.highest = Math.max(look.highest, highest);
    }
  }

  /** What looks wrong, a sentence each; empty if nothing does. */
  public synchronized List<String> notes() {
    List<String> out = new ArrayList<>();
    if (looks.isEmpty()) {
      return out;
    }
    values(out);
    constant(out);
    shares(out);
    return out;
  }

  private void values(List<String> out) {
    long pixels = looks.values().stream().mapToLong(l -> l.pixels).sum();
    double lowest = looks.values().stream().mapToDouble(l -> l.lowest).min().orElseThrow();
    double highest = looks.values().stream().mapToDouble(l -> l.highest).max().orElseThrow();
    if (looks.values().stream().mapToLong(l -> l.equal).sum() == pixels) {
      out.add(
          "all outputs have the same value at every pixel of "
              + frames()
              + ": the network tells no classes apart, so its weights or its input are wrong");
      return;
    }
    if (declared == Form.LOGITS) {
      if (looks.values().stream().mapToLong(l -> l.oneHot).sum() == pixels) {
        out.add(
            "one output is 1 and all others are 0 at every pixel of "
                + frames()
                + ": these are labels, one plane a class, not logits; the classes are read"
                + " rightly, their borders on another grid are not");
      } else if (looks.values().stream().mapToLong(l -> l.sumsToOne).sum() == pixels) {
        out.add(
            "the outputs sum to 1 at every pixel of "
                + frames()
                + ": these are probabilities, not logits; say output: probabilities in the model"
                + " file");
      }
    } else if (declared == Form.PROBABILITIES && !(lowest >= 0 && highest <= 1)) {
      out.add(
          String.format(
              Locale.ROOT,
              "outputs reach from %.4g to %.4g on %s: these are no probabilities; say output:"
                  + " logits in the model file",
              lowest,
              highest,
              frames()));
    }
  }

  private void constant(List<String> out) {
    TreeMap<Integer, Integer> classes = new TreeMap<>(); // how many frames are this class alone
    looks.values().stream()
        .filter(l -> l.only >= 0 && l.only != LabelSpace.VOID)
        .forEach(l -> classes.merge(l.only, 1, Integer::sum));
    classes.forEach(
        (index, frames) ->
            out.add(
                (looks.size() == 1
                        ? "every pixel of the first frame is "
                        : "every pixel of "
                            + frames
                            + " of the first "
                            + looks.size()
                            + " frames is ")
                    + "'"
                    + mapping.to().classes().get(index).name()
                    + "': look at the pictures, and at mean, std, channels and labels of the"
                    + " model"));
  }

  private void shares(List<String> out) {
    long voids = looks.values().stream().mapToLong(l -> l.voids).sum();
    long labelled = looks.values().stream().mapToLong(l -> l.labelled).sum();
    if (voids <= TOLD_SHARE * labelled) {
      return;
    }
    List<String> why = new ArrayList<>();
    long pixels = looks.values().stream().mapToLong(l -> l.pixels).sum();
    int classCount = mapping.from().size();
    long beyond = 0;
    List<String> outputs = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (int k = 0; k < looks.firstEntry().getValue().byOutput.length; k++) {
      int output = k;
      long count = looks.values().stream().mapToLong(l -> l.byOutput[output]).sum();
      int index = classes.isEmpty() ? k < classCount ? k : Channels.BEYOND : classes.get(k);
      if (count > 0 && index == Channels.BEYOND) {
        beyond += count;
        outputs.add(Integer.toString(k));
      } else if (count > 0 && mapping.of(index) == LabelSpace.VOID) {
        dropped.add(
            "'" + mapping.from().classes().get(index).name() + "' " + percent(count, pixels));
      }
    }
    if (beyond > 0) {
      why.add(
          "outputs beyond the model's "
              + classCount
              + " classes took "
              + percent(beyond, pixels)
              + " (output "
              + String.join(", ", outputs)
              + ")");
    }
    if (!dropped.isEmpty()) {
      why.add(
          "mapping " + mapping.name() + " makes classes void (" + String.join(", ", dropped) + ")");
    }
    out.add(
        percent(voids, labelled)
            + " of the pixels of "
            + frames()
            + " are predicted as void"
            + (why.isEmpty() ? "" : ": " + String.join("; ", why)));
  }

  private String frames() {
    return looks.size() == 1 ? "the first frame" : "the first " + looks.size() + " frames";
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
