package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.LabelSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a network is used, for a person to check: what it takes and answers with, which output
 * becomes labels and why, where channels lie, in which units pixels are normalised, sizes, and what
 * each channel means. Immutable.
 *
 * <p>{@code takes: image float32 [1, 3, ?, ?], channels-first}
 *
 * @param lines each a word, a colon and what was decided; always in one order
 */
public record Reading(List<String> lines) {
  public Reading {
    lines = List.copyOf(lines);
  }

  /** How a model is used as far as its file tells. */
  public static Reading of(Model model) {
    return of(model, model.signature());
  }

  /**
   * How an opened model is used.
   *
   * @param signature what was found when it was opened, or its file's; absent where the network's
   *     own borders are those of its file
   */
  public static Reading of(Model model, Optional<Signature> signature) {
    Signature borders = signature.orElseGet(() -> own(model));
    ModelSpec spec = model.spec();
    List<String> lines = new ArrayList<>();
    lines.add(
        "takes: "
            + OutputChoice.list(borders.inputs())
            + ", "
            + axes(
                borders.inputAxes() == Axes.BY_EXTENTS
                    ? Axes.CHANNELS_FIRST
                    : borders.inputAxes()));
    lines.add("pixels: " + pixels(spec.input()));
    lines.add("size: " + size(spec));
    if (spec.labelsHead().isPresent()) {
      Port taken = borders.outputs().get(borders.taken());
      boolean labels = spec.output() == Form.LABELS;
      lines.add(
          "answers: "
              + taken
              + (labels ? "" : ", " + axes(borders.outputAxes()))
              + ", "
              + spec.output().key()
              + (borders.why().isEmpty() ? "" : "; " + borders.why()));
    }
    spec.otherHeads().forEach(h -> lines.add(head(h, borders)));
    List<Port> aside = aside(spec, borders);
    if (!aside.isEmpty()) {
      lines.add("left aside: " + OutputChoice.list(aside));
    }
    if (spec.labelsHead().isPresent()) {
      lines.addAll(meaning(spec, channels(spec, borders)));
    }
    return new Reading(lines);
  }

  private static String head(Head head, Signature borders) {
    String output = head.output().orElseThrow();
    String port =
        borders.outputs().stream()
            .filter(p -> p.name().equals(output))
            .map(Port::toString)
            .findFirst()
            .orElse(output);
    return head.name() + ": " + port + ", " + head.kind().description();
  }

  /** The outputs that no head reads. */
  private static List<Port> aside(ModelSpec spec, Signature borders) {
    List<String> read = spec.otherHeads().stream().map(h -> h.output().orElseThrow()).toList();
    List<Port> others = new ArrayList<>(borders.outputs());
    if (spec.labelsHead().isPresent()) {
      others.remove(borders.taken());
    }
    others.removeIf(p -> read.contains(p.name()));
    return others;
  }

  /**
   * What needed a decision that the model file does not say, a sentence each.
   *
   * @param spec as the model file says it
   */
  public static List<String> notes(ModelSpec spec, Signature borders) {
    List<String> notes = new ArrayList<>();
    Port taken = borders.outputs().get(borders.taken());
    boolean hasLabels = spec.labelsHead().isPresent();
    boolean isChosen =
        !hasLabels || spec.wiring().output().isPresent() || spec.wiring().index().isPresent();
    if (borders.outputs().size() > 1 && !isChosen) {
      notes.add(
          "of its outputs "
              + OutputChoice.list(borders.outputs())
              + " "
              + taken.name()
              + " is taken: "
              + borders.why());
    }
    if (borders.inputAxes() == Axes.CHANNELS_LAST && spec.wiring().inputAxes() == Axes.BY_EXTENTS) {
      notes.add(
          "it takes "
              + borders.inputs().get(0).shape()
              + ", so images are given to it with their channels last");
    }
    if (!hasLabels) {
      return notes;
    }
    if (borders.outputAxes() == Axes.CHANNELS_LAST
        && spec.wiring().outputAxes() == Axes.BY_EXTENTS) {
      notes.add(
          "it answers with " + taken.shape() + ", so the channels of its answer are read last");
    }
    channels(spec, borders)
        .filter(c -> !c.beyond().isEmpty())
        .ifPresent(c -> notes.add(beyondNote(spec.labels(), c)));
    return notes;
  }

  private static String beyondNote(LabelSpace space, Channels channels) {
    return "it has "
        + channels.classes().size()
        + " outputs and "
        + space.name()
        + " has "
        + OutputChoice.classes(space)
        + ": "
        + beyond(channels)
        + " beyond the classes and void; if output 0 is the background, give a label space that"
        + " begins with it";
  }

  /** The borders of a network that are those of its file. */
  public static Signature own(Model model) {
    Network network = model.network();
    List<Port> inputs =
        network.inputs().stream().map(i -> new Port(i.name(), "float32", i.shape())).toList();
    Map<String, Shape> shapes = network.shapes(inputs.stream().map(Port::shape).toList());
    Wiring wiring = model.spec().wiring();
    return new Signature(
        inputs,
        model.outputs().stream().map(o -> new Port(o, "", shapes.get(o))).toList(),
        0,
        "",
        wiring.inputAxes(),
        wiring.outputAxes());
  }

  private static String axes(Axes axes) {
    return axes == Axes.BY_EXTENTS ? "channels where the extents tell once it runs" : axes.key();
  }

  private static String pixels(InputSpec input) {
    boolean raw =
        input.mean().stream().allMatch(m -> m == 0) && input.std().stream().allMatch(s -> s == 1);
    return input.channels()
        + (raw
            ? ", 0..255 as they are"
            : ", (pixel 0..255 - "
                + PixelUnits.numbers(input.mean())
                + ") / "
                + PixelUnits.numbers(input.std()));
  }

  private static String size(ModelSpec spec) {
    int pad = spec.wiring().pad();
    return spec.input().size().map(s -> "scaled to " + s).orElse("that of the frames")
        + (pad == 1
            ? ""
            : ", padded with zeros at the bottom and right to multiples of "
                + pad
                + spec.input()
                    .size()
                    .map(
                        s ->
                            " ("
                                + spec.wiring().padded(s.height())
                                + "x"
                                + spec.wiring().padded(s.width())
                                + ")")
                    .orElse(""));
  }

  private static Optional<Channels> channels(ModelSpec spec, Signature borders) {
    Shape shape = borders.outputs().get(borders.taken()).shape();
    boolean known = shape.hasRank() && shape.rank() == 4 && spec.output() != Form.LABELS;
    if (!known || borders.outputAxes() == Axes.BY_EXTENTS) {
      return Optional.empty();
    }
    int count = shape.extent(borders.outputAxes() == Axes.CHANNELS_LAST ? 3 : 1);
    return count == Shape.UNKNOWN ? Optional.empty() : spec.channels(spec.labels(), count);
  }

  private static List<String> meaning(ModelSpec spec, Optional<Channels> channels) {
    LabelSpace space = spec.labels();
    List<String> lines = new ArrayList<>();
    if (channels.isEmpty()) {
      lines.add("classes: " + space.name() + ": " + names(space, IntStream.range(0, space.size())));
      return lines;
    }
    Channels known = channels.get();
    List<Integer> classes = known.classes().stream().filter(c -> c != Channels.BEYOND).toList();
    lines.add(
        "classes: "
            + space.name()
            + ", one channel each: "
            + names(space, classes.stream().mapToInt(Integer::intValue)));
    if (!known.beyond().isEmpty()) {
      lines.add("beyond: " + beyond(known) + " beyond the classes, void");
    }
    known
        .threshold()
        .ifPresent(
            t ->
                lines.add(
                    "threshold: a class from probability "
                        + t
                        + " on, below it "
                        + (known.below().isPresent()
                            ? space.classNames().get(known.below().getAsInt())
                            : "void")));
    return lines;
  }

  /** {@code output 5 is}, {@code outputs 5 to 7 are}. */
  static String beyond(Channels channels) {
    List<Integer> beyond = channels.beyond();
    int first = beyond.get(0);
    int last = beyond.get(beyond.size() - 1);
    return first == last ? "output " + first + " is" : "outputs " + first + " to " + last + " are";
  }

  private static String names(LabelSpace space, IntStream classes) {
    return classes.mapToObj(c -> space.classNames().get(c)).collect(Collectors.joining(", "));
  }

  /** The lines with what follows the words in one column. */
  public List<String> aligned() {
    int widest = lines.stream().mapToInt(l -> l.indexOf(':')).max().orElse(0);
    return lines.stream()
        .map(
            line -> {
              int colon = line.indexOf(':');
              return line.substring(0, colon)
                  + " ".repeat(widest - colon + 2)
                  + line.substring(colon + 1).strip();
            })
        .toList();
  }
}
