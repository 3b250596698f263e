package io.drivemark.architectures.model;

import io.drivemark.architectures.checkpoint.PublishedWeights;
import io.drivemark.architectures.checkpoint.WeightNames;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.ModelSpec.Variant;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * output-name: main                        # where several outputs can be labels; or output-index: 1
 * layout: {input: channels-last}           # where extents do not tell; input and output, or one word
 * threshold: 0.5                           # independent sigmoids: below it, void or background
 * pad: 32                                  # heights and widths are padded to multiples of it
 * provenance: {licence: MIT}               # free keys
 * }</pre>
 *
 * <p>A network that answers with more than labels says of each output what it means, in place of
 * {@code labels}, {@code output} and {@code output-name}:
 *
 * <pre>{@code
 * heads:
 *   - {name: labels, output: scores, kind: labels, labels: camvid-11, form: logits}
 *   - {name: depth, output: inverse_depth, kind: depth, form: inverse, range: [1, 80]}
 * }</pre>
 *
 * <p>Without {@code input} the network takes RGB images of any size with ImageNet's statistics.
 * What a YAML for an ONNX file of ours does not say is taken from that file. Reading the YAML opens
 * no other file; {@link #load()} does. Immutable.
 *
 * @param source the YAML's own path, for messages
 * @param file the network's file
 * @param spec the description, as far as the YAML gives it; {@link #load()} completes it
 * @param names what the YAML says of the names in a file of weights
 * @param given the keys that the YAML gives
 * @param unitsGiven whether it says the units of mean and std
 */
record ModelFile(
    String source,
    Path file,
    ModelSpec spec,
    WeightNames names,
    List<String> given,
    boolean unitsGiven) {
  private static final LabelSpace NOT_GIVEN =
      new LabelSpace("", List.of(new LabelClass("", 0, "", false, false)));
  private static final List<String> OF_LABELS = List.of("labels", "output");
  private static final List<String> CHANNELS = ChannelOrder.words();
  private static final List<String> UNITS = List.of("0..255", "0..1");

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
    ConfigMap image = root.map("input");
    InputSpec input = input(image);
    boolean unitsGiven = image.has("units");
    List<Head> own = checkpoint ? ownHeads(architecture, options) : List.of();
    List<Head> heads = heads(root, folder, !fileName.endsWith(".onnx"), own);
    Wiring wiring = WiringKeys.read(root, fileName, HeadList.labels(heads));
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
        new ModelSpec(name, architecture, options, input, heads, Variant.DENSE, provenance, wiring);
    return new ModelFile(
        yaml.toString(), folder.resolve(fileName).normalize(), spec, names, given, unitsGiven);
  }

  /** What an architecture says of its outputs; nothing where it is not known. */
  private static List<Head> ownHeads(String architecture, Map<String, String> options) {
    return Architectures.names().contains(architecture)
        ? Architectures.named(architecture).heads(options)
        : List.of();
  }

  /**
   * What the YAML says of the outputs: of each, or of the labels where they are all there is.
   *
   * @param own what is meant where it says nothing
   */
  private static List<Head> heads(
      ConfigMap root, Path folder, boolean needsLabels, List<Head> own) {
    if (root.has(HeadKeys.KEY)) {
      return HeadKeys.read(root, folder);
    }
    if (!own.isEmpty() && OF_LABELS.stream().noneMatch(root::has)) {
      return own;
    }
    LabelSpace labels = labels(root, folder, needsLabels);
    Form form = Form.of(root.choice("output", Form.LOGITS.key(), Form.KEYS));
    return List.of(Head.ofLabels(new LabelsHead(labels, form)));
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
    if (!InputSpec.areUsable(List.of(0.0, 0.0, 0.0), std)) {
      map.problem("std", "found " + std + ", expected numbers other than 0");
      std = InputSpec.IMAGENET.std();
    }
    if (!InputSpec.areUsable(mean, std)) {
      map.problem("mean", "found " + mean + ", expected means of pixel values");
      mean = InputSpec.IMAGENET.mean();
    }
    String units = map.choice("units", "", UNITS);
    if (units.equals("0..1")) {
      return new InputSpec(
          size,
          channels,
          map.has("mean") ? PixelUnits.fromUnitInterval(mean) : mean,
          map.has("std") ? PixelUnits.fromUnitInterval(std) : std);
    }
    InputSpec input = new InputSpec(size, channels, mean, std);
    if (units.isEmpty() && PixelUnits.lookLikeUnitInterval(mean, std)) {
      map.problem(map.has("mean") ? "mean" : "std", PixelUnits.problem(input));
    }
    return input;
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
    return noted(model);
  }

  /** Statistics that are said to be meant are not doubted. */
  private Model noted(Model model) {
    Optional<String> doubt =
        given.contains("input") ? PixelUnits.doubt(spec.input()) : Optional.empty();
    return unitsGiven || doubt.isEmpty() ? model : model.withNote(doubt.get());
  }

  /** A {@code .pt} file that holds no program is read as weights, if the YAML says of what. */
  private boolean holdsWeights() {
    boolean script = file.toString().endsWith(".pt");
    return CheckpointFile.isNamed(file.toString())
        || script && given.contains("architecture") && !PublishedWeights.isTorchScript(file);
  }

  /** What it answers with is known when it is opened. */
  private Model script() {
    if (!names.equals(WeightNames.NONE)) {
      throw new BadInputException(
          source
              + ": key, rename and drop are for weights, and "
              + file
              + " is a TorchScript program, or has no 'architecture' that it is the weights of");
    }
    return new Model(spec, TorchScriptFile.read(file, spec.wiring().inputAxes()));
  }

  private Model onnx() {
    OnnxReader.Reading read = OnnxReader.reading(file);
    Network network = read.network();
    Optional<LabelSpace> labels =
        given.contains("labels") ? Optional.of(spec.labels()) : Optional.empty();
    Optional<ModelSpec> own = SpecMetadata.read(file.toString(), network.metadata(), labels);
    if (own.isEmpty() && labels.isEmpty() && !given.contains(HeadKeys.KEY)) {
      throw new BadInputException(
          source + ": key 'labels' is missing, and " + file + " does not say its labels either");
    }
    ModelSpec merged = own.map(this::over).orElse(spec);
    if (own.isPresent() && !ForeignNetwork.isNeeded(merged.wiring(), network)) {
      return new Model(merged, Models.withoutSpec(network), read.notes());
    }
    return ForeignNetwork.of(source, read, merged);
  }

  /** What the YAML says, and what a file of ours says where it does not. */
  private ModelSpec over(ModelSpec own) {
    Wiring chosen = WiringKeys.choose(given) ? spec.wiring() : own.wiring();
    return new ModelSpec(
        spec.name(),
        given.contains("architecture") ? spec.architecture() : own.architecture(),
        given.contains("options") ? spec.options() : own.options(),
        given.contains("input") ? spec.input() : own.input(),
        given.contains(HeadKeys.KEY) ? spec.heads() : headsOver(own),
        own.variant(),
        given.contains("provenance") ? spec.provenance() : own.provenance(),
        new Wiring(
            chosen.output(),
            chosen.index(),
            chosen.inputAxes(),
            chosen.outputAxes(),
            given.contains("threshold") ? spec.wiring().threshold() : own.wiring().threshold(),
            given.contains("pad") ? spec.wiring().pad() : own.wiring().pad()));
  }

  /** The heads of a file of ours, with what the YAML says of its labels. */
  private List<Head> headsOver(ModelSpec own) {
    if (own.hasLabelsAlone() && !given.contains("output")) {
      return own.heads();
    }
    for (String key : List.of("output-name", "output-index")) {
      if (given.contains(key) && !own.hasLabelsAlone()) {
        throw new BadInputException(
            source
                + ": "
                + key
                + ": "
                + file
                + " says of each output what it means, "
                + HeadList.text(own.heads())
                + "; give heads instead");
      }
    }
    for (String key : List.of("labels", "output", "threshold")) {
      if (given.contains(key) && own.labelsHead().isEmpty()) {
        throw new BadInputException(
            source
                + ": "
                + key
                + ": "
                + file
                + " has no labels, "
                + HeadList.text(own.heads())
                + "; leave it out");
      }
    }
    if (!given.contains("output")) {
      return own.heads();
    }
    LabelsHead labels = new LabelsHead(own.labels(), spec.output());
    return own.heads().stream()
        .map(h -> h.kind() instanceof LabelsHead ? new Head(h.name(), h.output(), labels) : h)
        .toList();
  }
}
