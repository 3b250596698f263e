package io.drivemark.architectures.model;

import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.config.ConfigMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The keys of a model file that say how its network is connected: {@code output-name}, {@code
 * output-index}, {@code layout}, {@code threshold} and {@code pad}. Stateless.
 */
final class WiringKeys {
  private static final List<String> LAYOUTS =
      List.of(Axes.CHANNELS_FIRST.key(), Axes.CHANNELS_LAST.key());
  private static final List<String> CHOOSING = List.of("output-name", "output-index", "layout");
  private static final int MOST_PAD = 1024;

  private WiringKeys() {}

  /** Whether a model file says which output counts or where channels lie. */
  static boolean choose(List<String> given) {
    return given.stream().anyMatch(CHOOSING::contains);
  }

  /**
   * Reads the keys; what is wrong is recorded as problems.
   *
   * @param file the network's file: an architecture's checkpoint has one output and its axes
   * @param labels the head of labels, if there is one
   */
  static Wiring read(ConfigMap root, String file, Optional<Head> labels) {
    boolean checkpoint = !file.endsWith(".onnx") && !file.endsWith(".pt");
    Optional<String> name = root.optionalString("output-name");
    Optional<Integer> index = root.optionalInteger("output-index");
    if (name.isPresent() && index.isPresent()) {
      root.problem("output-index", "output-name is given too; keep one of the two");
    }
    if (index.isPresent() && index.get() < 0) {
      root.problem("output-index", "found " + index.get() + ", expected 0 or more");
    }
    Axes input = checkpoint ? Axes.CHANNELS_FIRST : Axes.BY_EXTENTS;
    Axes scores = input;
    if (root.isMap("layout")) {
      ConfigMap layout = root.map("layout");
      input = axes(layout, "input", input);
      scores = axes(layout, "output", scores);
    } else {
      input = axes(root, "layout", input);
    }
    if (checkpoint) {
      for (String key : CHOOSING) {
        if (root.has(key)) {
          root.problem(key, "is for .onnx and .pt files, not for " + file);
        }
      }
    }
    Optional<Double> threshold = root.optionalNumber("threshold");
    if (threshold.isPresent() && !(threshold.get() > 0 && threshold.get() < 1)) {
      root.problem("threshold", "found " + threshold.get() + ", expected a probability in 0..1");
      threshold = Optional.empty();
    }
    if (threshold.isPresent() && labels.filter(WiringKeys::isDecided).isPresent()) {
      root.problem("threshold", "labels have no probabilities; say output: probabilities");
    }
    int pad = root.integer("pad", 1);
    if (pad < 1 || pad > MOST_PAD) {
      root.problem("pad", "found " + pad + ", expected 1 to " + MOST_PAD + ", for example 32");
      pad = 1;
    }
    return new Wiring(
        name,
        index.filter(i -> i >= 0).map(OptionalInt::of).orElse(OptionalInt.empty()),
        input,
        scores,
        threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        pad);
  }

  /** Whether the network itself gives labels. */
  private static boolean isDecided(Head head) {
    return head.kind() instanceof LabelsHead labels && labels.form() == Form.LABELS;
  }

  private static Axes axes(ConfigMap map, String key, Axes standard) {
    if (!map.has(key)) {
      return standard;
    }
    return Axes.named(map.choice(key, LAYOUTS.get(0), LAYOUTS)).orElse(standard);
  }
}
