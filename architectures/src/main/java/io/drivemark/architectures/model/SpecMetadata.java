package io.drivemark.architectures.model;

import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.ModelSpec.Variant;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@link ModelSpec} as texts by key, as they stand in our ONNX files' metadata: the keys of a
 * model file with {@code drivemark.} before them. Both ways without loss.
 */
final class SpecMetadata {
  private static final String PREFIX = "drivemark.";
  private static final String HEADS = PREFIX + HeadKeys.KEY;
  private static final String OPTIONS = PREFIX + "options.";
  private static final LabelSpace UNKNOWN =
      new LabelSpace("?", List.of(new LabelClass("?", 0, "?", false, false)));
  private static final String PROVENANCE = PREFIX + "provenance.";
  private static final Pattern SIZE =
      Pattern.compile(" *([1-9][0-9]{0,4}) *x *([1-9][0-9]{0,4}) *");

  private SpecMetadata() {}

  /** Whether a key of an ONNX file's metadata belongs to the description, and not to the graph. */
  static boolean owns(String key) {
    return key.startsWith(PREFIX)
        && !key.equals(PREFIX + "graph")
        && !key.startsWith(PREFIX + "gates");
  }

  static Map<String, String> write(ModelSpec spec) {
    Map<String, String> texts = new TreeMap<>();
    texts.put(PREFIX + "name", spec.name());
    texts.put(PREFIX + "architecture", spec.architecture());
    spec.options().forEach((key, value) -> texts.put(OPTIONS + key, value));
    spec.input().size().ifPresent(size -> texts.put(PREFIX + "input.size", size.toString()));
    texts.put(PREFIX + "input.channels", spec.input().channels());
    texts.put(PREFIX + "input.mean", numbers(spec.input().mean()));
    texts.put(PREFIX + "input.std", numbers(spec.input().std()));
    if (spec.labelsHead().isPresent()) {
      texts.put(PREFIX + "labels", spec.labels().name());
      if (!LabelSpaces.isShipped(spec.labels())) {
        texts.put(PREFIX + "classes", LabelSpaces.text(spec.labels()));
      }
      texts.put(PREFIX + "output", spec.output().key());
    }
    if (!spec.hasLabelsAlone()) {
      texts.put(HEADS, HeadKeys.text(spec.heads()));
    }
    texts.put(PREFIX + "technique", spec.variant().technique());
    spec.variant().parent().ifPresent(parent -> texts.put(PREFIX + "parent", parent));
    spec.variant().criterion().ifPresent(c -> texts.put(PREFIX + "criterion", c));
    spec.provenance().forEach((key, value) -> texts.put(PROVENANCE + key, value));
    Wiring wiring = spec.wiring();
    wiring.output().ifPresent(name -> texts.put(PREFIX + "output-name", name));
    wiring.index().ifPresent(i -> texts.put(PREFIX + "output-index", Integer.toString(i)));
    if (wiring.inputAxes() != Axes.CHANNELS_FIRST) {
      texts.put(PREFIX + "layout.input", wiring.inputAxes().key());
    }
    if (wiring.outputAxes() != Axes.CHANNELS_FIRST) {
      texts.put(PREFIX + "layout.output", wiring.outputAxes().key());
    }
    wiring.threshold().ifPresent(t -> texts.put(PREFIX + "threshold", Double.toString(t)));
    if (wiring.pad() > 1) {
      texts.put(PREFIX + "pad", Integer.toString(wiring.pad()));
    }
    return texts;
  }

  /**
   * The description in a file's metadata; empty if there is none at all.
   *
   * @param labels the label space that somebody else gives, so that the file need not
   * @throws BadInputException if there is one and it is incomplete or wrong
   */
  static Optional<ModelSpec> read(
      String source, Map<String, String> metadata, Optional<LabelSpace> labels) {
    if (metadata.keySet().stream().noneMatch(SpecMetadata::owns)) {
      return Optional.empty();
    }
    List<String> problems = new ArrayList<>();
    Texts texts = new Texts(metadata, problems);
    Optional<Size> size = Optional.empty();
    if (metadata.containsKey(PREFIX + "input.size")) {
      size = size(texts.text("input.size"));
      if (size.isEmpty()) {
        problems.add(
            "drivemark.input.size: found "
                + metadata.get(PREFIX + "input.size")
                + ", expected HxW");
      }
    }
    String channels = texts.choice("input.channels", ChannelOrder.words());
    List<Double> mean = texts.three("input.mean");
    List<Double> std = texts.three("input.std");
    if (!InputSpec.areUsable(mean, std)) {
      problems.add(
          PREFIX
              + "input.std: found "
              + std
              + " with mean "
              + mean
              + ", expected numbers other than 0");
    }
    boolean hasLabels = !metadata.containsKey(HEADS) || metadata.containsKey(PREFIX + "output");
    String output = hasLabels ? texts.choice("output", Form.KEYS) : "";
    String name = texts.text("name");
    String architecture = texts.text("architecture");
    LabelSpace space = hasLabels ? labels.orElseGet(() -> texts.labels(source)) : UNKNOWN;
    String technique = texts.text("technique");
    Wiring wiring = texts.wiring();
    if (!problems.isEmpty()) {
      throw new BadInputException(
          source
              + ": its metadata describes the model incompletely\n  "
              + String.join("\n  ", problems));
    }
    Optional<LabelsHead> own =
        hasLabels ? Optional.of(new LabelsHead(space, Form.of(output))) : Optional.empty();
    String text = metadata.get(HEADS);
    return Optional.of(
        new ModelSpec(
            name,
            architecture,
            under(OPTIONS, metadata),
            new InputSpec(size, channels, mean, std),
            text == null
                ? List.of(Head.ofLabels(own.orElseThrow()))
                : HeadKeys.parse(source + ", metadata " + HEADS, text, own),
            new Variant(
                technique,
                Optional.ofNullable(metadata.get(PREFIX + "parent")),
                Optional.ofNullable(metadata.get(PREFIX + "criterion"))),
            under(PROVENANCE, metadata),
            wiring));
  }

  /** {@code 360x480} as height and width. */
  static Optional<Size> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static Map<String, String> under(String prefix, Map<String, String> metadata) {
    Map<String, String> found = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** Looks texts up and collects what is wrong with them. */
  private record Texts(Map<String, String> metadata, List<String> problems) {
    String text(String key) {
      String value = metadata.get(PREFIX + key);
      if (value == null) {
        problems.add(PREFIX + key + ": missing");
      }
      return value == null ? "" : value;
    }

    /** The classes in the file; else, as older versions wrote, those of the space of that name. */
    LabelSpace labels(String source) {
      String name = text("labels");
      try {
        String classes = metadata.get(PREFIX + "classes");
        if (classes != null) {
          return LabelSpaces.parse(source + ", metadata " + PREFIX + "classes", name, classes);
        }
        return LabelSpaces.named(name);
      } catch (BadInputException e) {
        if (metadata.containsKey(PREFIX + "labels")) {
          problems.add(
              PREFIX
                  + "labels: "
                  + e.getMessage()
                  + ". Write a model file (YAML) with the keys name, file and labels (the classes it"
                  + " was trained with), and give that");
        }
        return UNKNOWN;
      }
    }

    String choice(String key, List<String> choices) {
      String value = text(key);
      if (metadata.containsKey(PREFIX + key) && !choices.contains(value)) {
        problems.add(
            PREFIX + key + ": found " + value + ", expected " + String.join(" or ", choices));
      }
      return choices.contains(value) ? value : choices.get(0);
    }

    Wiring wiring() {
      Axes input = axes("layout.input");
      Axes output = axes("layout.output");
      OptionalDouble threshold = OptionalDouble.empty();
      OptionalInt index = OptionalInt.empty();
      int pad = 1;
      if (metadata.containsKey(PREFIX + "threshold")) {
        double value = number("threshold", 0);
        if (value > 0 && value < 1) {
          threshold = OptionalDouble.of(value);
        } else {
          wrong("threshold", "a probability in 0..1");
        }
      }
      if (metadata.containsKey(PREFIX + "output-index")) {
        double value = number("output-index", -1);
        if (value >= 0 && value == (int) value) {
          index = OptionalInt.of((int) value);
        } else {
          wrong("output-index", "0 or more");
        }
      }
      if (metadata.containsKey(PREFIX + "pad")) {
        double value = number("pad", 0);
        if (value >= 1 && value == (int) value) {
          pad = (int) value;
        } else {
          wrong("pad", "a whole number of at least 1");
        }
      }
      return new Wiring(
          Optional.ofNullable(metadata.get(PREFIX + "output-name")),
          index,
          input,
          output,
          threshold,
          pad);
    }

    private Axes axes(String key) {
      return metadata.containsKey(PREFIX + key)
          ? Axes.named(choice(key, Axes.KEYS)).orElse(Axes.CHANNELS_FIRST)
          : Axes.CHANNELS_FIRST;
    }

    private double number(String key, double otherwise) {
      try {
        return Double.parseDouble(text(key));
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }

    private void wrong(String key, String expected) {
      problems.add(PREFIX + key + ": found " + text(key) + ", expected " + expected);
    }

    List<Double> three(String key) {
      List<Double> values = new ArrayList<>();
      for (String part : text(key).split(",", -1)) {
        Numbers.real(part.strip()).ifPresentOrElse(values::add, () -> values.add(Double.NaN));
      }
      if ((values.size() != 3 || values.contains(Double.NaN))
          && metadata.containsKey(PREFIX + key)) {
        problems.add(PREFIX + key + ": found " + text(key) + ", expected three finite numbers");
        values.clear();
      }
      return values.size() == 3 ? values : List.of(1.0, 1.0, 1.0);
    }
  }
}
