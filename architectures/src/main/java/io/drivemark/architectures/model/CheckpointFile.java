package io.drivemark.architectures.model;

import io.drivemark.architectures.checkpoint.NameMap;
import io.drivemark.architectures.checkpoint.PublishedWeights;
import io.drivemark.architectures.checkpoint.PublishedWeights.Loaded;
import io.drivemark.architectures.checkpoint.PublishedWeights.Setting;
import io.drivemark.architectures.checkpoint.WeightNames;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A file of weights for a network of the zoo, as a model file describes it. Immutable.
 *
 * @param source the model file, for messages
 * @param file the weights
 * @param spec what the model file says
 * @param names what it says of the names in the file
 */
record CheckpointFile(String source, Path file, ModelSpec spec, WeightNames names) {
  /** Suffixes of files that hold weights alone; {@code .pt} may be a TorchScript program, too. */
  static final List<String> SUFFIXES = List.of(".pth", ".pth.tar", ".ckpt", ".bin", ".safetensors");

  /** Whether a file of that name holds weights alone. */
  static boolean isNamed(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /**
   * The network with these weights.
   *
   * @throws BadInputException if the architecture, its options or the file do not fit
   */
  Model load() {
    PublishedWeights weights = PublishedWeights.open(file, names, NameMap.of(spec.architecture()));
    Architecture architecture = Architectures.named(spec.architecture());
    Map<String, String> options = new TreeMap<>(spec.options());
    boolean labels = architecture.task() == Task.SEGMENTATION;
    int classes = labels ? classes(options.remove("classes")) : 0;
    Network network = build(architecture, options, classes);
    Map<String, String> seen = architecture.optionsOf(weights.shapes(network), classes);
    if (!options.keySet().containsAll(seen.keySet())) {
      seen.forEach(options::putIfAbsent);
      network = build(architecture, options, classes);
    }
    Loaded loaded = weights.into(network, new Setting(spec.architecture(), options, classes));
    if (labels) {
      options.put("classes", classes + "");
    }
    ModelSpec complete =
        new ModelSpec(
            spec.name(),
            spec.architecture(),
            options,
            spec.input(),
            spec.heads(),
            spec.variant(),
            spec.provenance(),
            spec.wiring().settled(Optional.empty(), Axes.CHANNELS_FIRST, Axes.CHANNELS_FIRST));
    return new Model(
        complete,
        HeadList.labelsFirst(loaded.network(), spec.heads()),
        loaded.note().stream().toList());
  }

  private Network build(Architecture architecture, Map<String, String> options, int classes) {
    try {
      return architecture.build(options, classes, 0);
    } catch (BadInputException e) {
      throw new BadInputException(source + ": options: " + e.getMessage(), e);
    }
  }

  private int classes(String text) {
    if (text == null) {
      return spec.labels().size();
    }
    OptionalInt classes = Numbers.integer(text);
    if (classes.isPresent() && classes.getAsInt() >= 1) {
      return classes.getAsInt();
    }
    throw new BadInputException(
        source
            + ": options.classes: found "
            + text
            + Numbers.hint(text)
            + ", expected a whole number of at least 1");
  }
}
