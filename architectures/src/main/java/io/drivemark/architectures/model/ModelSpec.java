package io.drivemark.architectures.model;

import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.problem.BadInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one must know to use a network: the same keys stand in a model file (YAML) and, with {@code
 * drivemark.} before them, in our ONNX files' metadata. Immutable.
 *
 * @param name how studies and reports call it
 * @param architecture the zoo's name of its structure, or {@code "foreign"}
 * @param options the architecture's options, as texts
 * @param input size and normalisation of what it is given
 * @param heads what its outputs mean: at least one, of different names and outputs, at most one of
 *     labels
 * @param variant dense or how it was pruned, and from what
 * @param provenance further facts: dataset, epochs, seed, recipe, val mIoU, licence note; free keys
 * @param wiring which output has the labels, how axes lie, padding and threshold
 */
public record ModelSpec(
    String name,
    String architecture,
    Map<String, String> options,
    InputSpec input,
    List<Head> heads,
    Variant variant,
    Map<String, String> provenance,
    Wiring wiring) {

  /** A network that answers with labels alone. */
  public ModelSpec(
      String name,
      String architecture,
      Map<String, String> options,
      InputSpec input,
      LabelSpace labels,
      Form form,
      Variant variant,
      Map<String, String> provenance,
      Wiring wiring) {
    this(
        name,
        architecture,
        options,
        input,
        List.of(Head.ofLabels(new LabelsHead(labels, form))),
        variant,
        provenance,
        wiring);
  }

  /** A network that answers with labels alone and has nothing to say of its wiring. */
  public ModelSpec(
      String name,
      String architecture,
      Map<String, String> options,
      InputSpec input,
      LabelSpace labels,
      Form form,
      Variant variant,
      Map<String, String> provenance) {
    this(name, architecture, options, input, labels, form, variant, provenance, Wiring.PLAIN);
  }

  /**
   * What the network is given: x = (pixel in 0..255 − mean)/std a channel, in the order of {@code
   * channels}.
   *
   * @param size the size it was trained at, where it has one of its own
   * @param channels {@code "rgb"} or {@code "bgr"}
   * @param mean three values in 0..255 units, in channel order
   * @param std three values, in channel order
   */
  public record InputSpec(
      Optional<Size> size, String channels, List<Double> mean, List<Double> std) {
    /** RGB with the usual ImageNet statistics, any size. */
    public static final InputSpec IMAGENET =
        new InputSpec(
            Optional.empty(),
            "rgb",
            List.of(123.675, 116.28, 103.53),
            List.of(58.395, 57.12, 57.375));

    public InputSpec {
      Objects.requireNonNull(size, "size");
      if (!ChannelOrder.words().contains(channels)) {
        throw new IllegalArgumentException("channels: rgb or bgr expected, found " + channels);
      }
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (mean.size() != 3 || std.size() != 3) {
        throw new IllegalArgumentException("mean and std have three values each");
      }
      if (!areUsable(mean, std)) {
        throw new IllegalArgumentException(
            "mean " + mean + " and std " + std + " leave no finite pixels");
      }
    }

    /** Whether pixels stay finite in 32 bits: no NaN, no infinity, no std of zero or nearly so. */
    static boolean areUsable(List<Double> mean, List<Double> std) {
      for (int c = 0; c < mean.size(); c++) {
        double black = -mean.get(c) / std.get(c);
        double white = (255 - mean.get(c)) / std.get(c);
        if (!Float.isFinite((float) black) || !Float.isFinite((float) white)) {
          return false;
        }
      }
      return true;
    }

    /** What {@code channels} says. */
    public ChannelOrder order() {
      return ChannelOrder.parse(channels);
    }

    /** The same for images of this size. */
    public InputSpec withSize(Size other) {
      return new InputSpec(Optional.of(other), channels, mean, std);
    }
  }

  /** Height and width in pixels. */
  public record Size(int height, int width) {
    public Size {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException("size " + height + "x" + width);
      }
    }

    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /**
   * How the network came to be what it is.
   *
   * @param technique dense, filter, layer, joint, dynamic, or cue where cues are around a network
   * @param parent name of the network it was pruned from, or that is inside its cues
   * @param criterion what decided what was removed, or which cues there are
   */
  public record Variant(String technique, Optional<String> parent, Optional<String> criterion) {
    /** Not pruned. */
    public static final Variant DENSE = new Variant("dense", Optional.empty(), Optional.empty());
  }

  public ModelSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(input, "input");
    heads = List.copyOf(heads);
    HeadList.problem(heads)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("model " + name + ": " + problem);
            });
    Objects.requireNonNull(variant, "variant");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    Objects.requireNonNull(wiring, "wiring");
    Optional<String> labelled = HeadList.labels(heads).flatMap(Head::output);
    wiring = labelled.isPresent() ? wiring.withOutput(labelled.get()) : wiring;
  }

  /**
   * A model of a shipped label space.
   *
   * @param labels its name
   * @throws io.drivemark.problem.BadInputException if none is called so
   */
  public ModelSpec(
      String name,
      String architecture,
      Map<String, String> options,
      InputSpec input,
      String labels,
      Form form,
      Variant variant,
      Map<String, String> provenance) {
    this(name, architecture, options, input, LabelSpaces.named(labels), form, variant, provenance);
  }

  /** The head of labels; empty where it has none. */
  public Optional<Head> labelsHead() {
    return HeadList.labels(heads);
  }

  /** Whether it has one head, of labels, at the output that its wiring chooses. */
  public boolean hasLabelsAlone() {
    return HeadList.areLabelsAlone(heads);
  }

  /**
   * The task it is asked for: segmentation where it has a head of labels, whose output always comes
   * first, else the task of its first head that has one; empty where none has, as for gates alone.
   */
  public Optional<Task> task() {
    return labelsHead()
        .or(() -> heads.stream().filter(h -> h.kind().task().isPresent()).findFirst())
        .flatMap(head -> head.kind().task());
  }

  /** The heads that are not of labels. */
  public List<Head> otherHeads() {
    return heads.stream().filter(h -> !(h.kind() instanceof LabelsHead)).toList();
  }

  /**
   * The classes of its labels; outputs beyond them are void.
   *
   * @throws BadInputException if it has no head of labels
   */
  public LabelSpace labels() {
    return labelsKind().space();
  }

  /**
   * What the output of its labels holds.
   *
   * @throws BadInputException if it has no head of labels
   */
  public Form output() {
    return labelsKind().form();
  }

  private LabelsHead labelsKind() {
    return (LabelsHead)
        labelsHead()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "model "
                            + name
                            + " has no labels: "
                            + HeadList.text(heads)
                            + "; a model with a head of kind labels is needed here"))
            .kind();
  }

  /** What the channels of scores mean; empty if that many cannot be scores of the classes. */
  public Optional<Channels> channels(LabelSpace space, int count) {
    return Channels.of(output(), wiring.threshold(), space, count);
  }

  /** The facts of a network with random weights. */
  static Map<String, String> randomWeights(long seed) {
    return Map.of("weights", "random, seed " + seed);
  }

  /** The same under another name. */
  public ModelSpec withName(String other) {
    return new ModelSpec(other, architecture, options, input, heads, variant, provenance, wiring);
  }

  /** The same for images of this size. */
  public ModelSpec withSize(Size size) {
    return new ModelSpec(
        name, architecture, options, input.withSize(size), heads, variant, provenance, wiring);
  }

  /** The same with other facts. */
  public ModelSpec withProvenance(Map<String, String> other) {
    return new ModelSpec(name, architecture, options, input, heads, variant, other, wiring);
  }

  /** The same wired otherwise. */
  public ModelSpec withWiring(Wiring other) {
    return new ModelSpec(name, architecture, options, input, heads, variant, provenance, other);
  }

  /** The same with other heads. */
  public ModelSpec withHeads(List<Head> others) {
    return new ModelSpec(name, architecture, options, input, others, variant, provenance, wiring);
  }

  /** The same that came to be otherwise. */
  public ModelSpec withVariant(Variant other) {
    return new ModelSpec(name, architecture, options, input, heads, other, provenance, wiring);
  }
}
