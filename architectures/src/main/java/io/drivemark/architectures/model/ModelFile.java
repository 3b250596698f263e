package io.drivemark.architectures.model;

import io.drivemark.architectures.checkpoint.PublishedWeights;
import io.drivemark.architectures.checkpoint.WeightNames;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Output;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.ModelSpec.Variant;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML file that says what one must know to use a network's file:
 *
 * <pre>{@code
 * name: espnet-camvid-published
 * file: espnet_p_2_q_8_camvid.pth          # relative to this YAML; .onnx, .pt (TorchScript), weights
 * architecture: espnet                     # for weights: .pth, .ckpt, .safetensors, .pt and others
 * options: {p: 2, q: 8, classes: 12}       # classes: the number of outputs
 * input: {size: 360x480, channels: bgr, mean: [110.3, 108.4, 105.0], std: [18392, 18536, 17825]}
 * labels: camvid-11                        # outputs beyond its classes are void
 * output: logits                           # or probabilities, labels
 * layout: channels-first                   # or channels-last, for .onnx: [1, H, W, 3] in and out
 * provenance: {licence: MIT}               # free keys
 * }</pre>
 *
 * <p>Without {@code input} the network takes RGB images of any size with ImageNet's statistics.
 * What a YAML for an ONNX file of ours does not say is taken from that file. Reading the YAML opens
 * no other file; {@link #load()} does. Immutable.
 *
 * @param source the YAML's own path, for messages
 * @param file the network's file
 * @param spec the description, as far as the YAML gives it; {@link #load()} completes it
 * @param channelsLast whether the network of an ONNX file takes and gives channels last
 * @param names what the YAML says of the names in a file of weights
 * @param given the keys that the YAML gives
 */
record ModelFile(
    String source,
    Path file,
    ModelSpec spec,
    boolean channelsLast,
    WeightNames names,
    List<String> given) {
  private static final List<String> LAYOUTS = List.of("channels-first", "channels-last");
  private static final LabelSpace NOT_GIVEN =
      new LabelSpace("", List.of(new LabelClass("", 0, "", false, false)));
  private static final List<String> OUTPUTS = List.of("logits", "probabilities", "labels");
  private static final List<String> CHANNELS = List.of("rgb", "bgr");

  /**
   * Reads a model file.
   *
   * @throws BadInputException if it cannot be read or anything in it is wrong; all problems at once
   */
  static ModelFile read(Path yaml) {
    ConfigFile config = ConfigFile.read(yaml);
    ConfigMap root = config.root();
    Path folder = yaml.toAbsolutePath().getParent();
    List<String> given = List.copyOf(root.keys());
    String name = root.string("name");
    String fileName = root.string("file");
    boolean checkpoint = CheckpointFile.isNamed(fileName);
    String architecture =
        checkpoint ? root.string("architecture") : root.string("architecture", "foreign");
    if (checkpoint && !architecture.isEmpty()) {
      collect(root, "architecture", () -> Architectures.named(architecture));
    }
    Map<String, String> options = root.map("options").allStrings();
    InputSpec input = input(root.map("input"));
    boolean needsLabels = !fileName.endsWith(".onnx");
    LabelSpace labels = labels(root, folder, needsLabels);
    Output output =
        Output.valueOf(root.choice("output", "logits", OUTPUTS).toUpperCase(Locale.ROOT));
    boolean channelsLast = root.choice("layout", LAYOUTS.get(0), LAYOUTS).equals("channels-last");
    if (channelsLast && !fileName.endsWith(".onnx")) {
      root.problem("layout", "channels-last is for .onnx files, not for " + fileName);
    }
    boolean weights = checkpoint || fileName.endsWith(".pt");
    WeightNames names = weights ? WeightNames.read(root) : WeightNames.NONE;
    if (!weights) {
      WeightNames.KEYS.stream()
          .filter(root::has)
          .forEach(key -> root.problem(key, "is for files of weights, not for " + fileName));
    }
    Map<String, String> provenance = root.map("provenance").allStrings();
    if (!fileName.isEmpty() && !weights && !fileName.endsWith(".onnx")) {
      root.problem(
          "file",
          "found "
              + fileName
              + ", expected a name that ends in .onnx, .pt, "
              + String.join(", ", CheckpointFile.SUFFIXES));
    }
    config.finish();
    ModelSpec spec =
        new ModelSpec(
            name, architecture, options, input, labels, output, Variant.DENSE, provenance);
    return new ModelFile(
        yaml.toString(), folder.resolve(fileName).normalize(), spec, channelsLast, names, given);
  }

  /** The classes that the YAML gives. */
  private static LabelSpace labels(ConfigMap root, Path folder, boolean needed) {
    String wanted = needed ? root.string("labels") : root.string("labels", "");
    if (!wanted.isEmpty()) {
      try {
        return LabelSpaces.named(wanted, folder);
      } catch (BadInputException e) {
        root.problem("labels", e.getMessage());
      }
    }
    return NOT_GIVEN;
  }

  private static void collect(ConfigMap map, String key, Runnable check) {
    try {
      check.run();
    } catch (BadInputException e) {
      map.problem(key, e.getMessage());
    }
  }

  private static InputSpec input(ConfigMap map) {
    Optional<Size> size = map.optionalString("size").flatMap(SpecMetadata::size);
    if (map.optionalString("size").isPresent() && size.isEmpty()) {
      map.problem("size", "found " + map.string("size") + ", expected HxW, for example 360x480");
    }
    String channels = map.choice("channels", "rgb", CHANNELS);
    List<Double> mean = three(map, "mean", InputSpec.IMAGENET.mean());
    List<Double> std = three(map, "std", InputSpec.IMAGENET.std());
    if (!InputSpec.areUsable(mean, std)) {
      map.problem("std", "found " + std + " with mean " + mean + ", expected numbers other than 0");
      std = InputSpec.IMAGENET.std();
      mean = InputSpec.IMAGENET.mean();
    }
    return new InputSpec(size, channels, mean, std);
  }

  private static List<Double> three(ConfigMap map, String key, List<Double> standard) {
    List<Double> values = map.numbers(key);
    if (map.has(key) && values.size() != 3) {
      map.problem(key, "found " + values.size() + " numbers, expected three, one a channel");
    }
    return values.size() == 3 ? values : standard;
  }

  /**
   * Loads the network.
   *
   * @throws BadInputException if its file is missing, damaged, or does not fit the description
   */
  Model load() {
    if (!Files.exists(file)) {
      throw new BadInputException(
          source + ": file " + file + " does not exist; 'file' is relative to the YAML's folder");
    }
    String path = file.toString();
    Model model =
        holdsWeights()
            ? new CheckpointFile(source, file, spec, names).load()
            : path.endsWith(".pt") ? script() : onnx();
    Fit.require(source, model);
    return model;
  }

  /** A {@code .pt} file that holds no program is read as weights, if the YAML says of what. */
  private boolean holdsWeights() {
    boolean script = file.toString().endsWith(".pt");
    return CheckpointFile.isNamed(file.toString())
        || script && given.contains("architecture") && !PublishedWeights.isTorchScript(file);
  }

  private Model script() {
    if (!names.equals(WeightNames.NONE)) {
      throw new BadInputException(
          source
              + ": key, rename and drop are for weights, and "
              + file
              + " is a TorchScript program, or has no 'architecture' that it is the weights of");
    }
    return new Model(spec, TorchScriptFile.read(file));
  }

  private Model onnx() {
    OnnxReader.Reading reading = OnnxReader.reading(file);
    Network network =
        channelsLast ? ChannelsFirst.of(reading.network(), spec.output()) : reading.network();
    Optional<LabelSpace> labels =
        given.contains("labels") ? Optional.of(spec.labels()) : Optional.empty();
    Optional<ModelSpec> own = SpecMetadata.read(file.toString(), network.metadata(), labels);
    if (own.isEmpty() && labels.isEmpty()) {
      throw new BadInputException(
          source + ": key 'labels' is missing, and " + file + " does not say its labels either");
    }
    ModelSpec merged =
        own.map(
                o ->
                    new ModelSpec(
                        spec.name(),
                        given.contains("architecture") ? spec.architecture() : o.architecture(),
                        given.contains("options") ? spec.options() : o.options(),
                        given.contains("input") ? spec.input() : o.input(),
                        o.labels(),
                        given.contains("output") ? spec.output() : o.output(),
                        o.variant(),
                        given.contains("provenance") ? spec.provenance() : o.provenance()))
            .orElseGet(() -> sized(spec, network.inputs().get(0).shape()));
    return new Model(merged, Models.withoutSpec(network), reading.notes());
  }

  /** A network of a fixed size has that size, unless the YAML says another. */
  private static ModelSpec sized(ModelSpec spec, Shape image) {
    boolean fixed =
        image.hasRank()
            && image.rank() == 4
            && image.height() != Shape.UNKNOWN
            && image.width() != Shape.UNKNOWN;
    if (spec.input().size().isPresent() || !fixed) {
      return spec;
    }
    return spec.withSize(new Size(image.height(), image.width()));
  }
}
