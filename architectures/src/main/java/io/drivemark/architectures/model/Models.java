package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.CanonicalText;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.onnx.gated.GatedForms;
import io.drivemark.architectures.onnx.gated.NotNarrow;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.files.Digests;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds, writes and identifies models. A model is named by a shipped model's name, an ONNX file of
 * ours, or a model file (YAML).
 *
 * <pre>{@code
 * Model model = Models.load("espnet-camvid.yaml");
 * Models.write(model, Path.of("espnet-camvid.onnx"));
 * }</pre>
 *
 * <p>Stateless: each call reads anew. Safe to call from several threads.
 */
public final class Models {
  /** The size at which a network without one of its own is written. */
  public static final Size USUAL_SIZE = new Size(512, 1024);

  private static final String SHIPPED = "/io/drivemark/models/";

  private Models() {}

  /** Names of the shipped models, sorted. */
  public static List<String> names() {
    String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
    return index
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .sorted()
        .toList();
  }

  /**
   * Loads a model.
   *
   * @param nameOrPath a shipped model's name, or a path that ends in .onnx (written by Drivemark),
   *     or in .yaml or .yml (a model file, which names an ONNX file, a checkpoint such as .pth, or
   *     a TorchScript file .pt); a checkpoint or .pt alone is refused
   * @throws BadInputException if there is none, its file is damaged, or it does not fit its label
   *     space; the message says what to do
   */
  public static Model load(String nameOrPath) {
    if (nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")) {
      return ModelFile.read(Path.of(nameOrPath)).load();
    }
    if (nameOrPath.endsWith(".onnx")) {
      return of(nameOrPath, OnnxReader.reading(Path.of(nameOrPath)));
    }
    if (CheckpointFile.isNamed(nameOrPath)) {
      throw new BadInputException(
          nameOrPath
              + ": a checkpoint holds weights alone. Write a model file (YAML) with the keys name,"
              + " file, architecture, options, input and labels, and give that");
    }
    if (nameOrPath.endsWith(".pt")) {
      throw new BadInputException(
          nameOrPath
              + ": a TorchScript file does not say its labels and input. Write a model file (YAML)"
              + " with the keys name, file, input and labels, and give that");
    }
    List<String> names = names();
    if (!names.contains(nameOrPath)) {
      throw new BadInputException(
          "no model is called '"
              + nameOrPath
              + "'"
              + Nearest.hint(nameOrPath, names)
              + "; shipped: "
              + (names.isEmpty() ? "none" : String.join(", ", names))
              + ", or the path of an .onnx file or of a .yaml file that describes one");
    }
    return of(nameOrPath, OnnxReader.reading(resource(nameOrPath + ".onnx"), nameOrPath));
  }

  /**
   * The files that a model is read from, so that nothing is written there; none for a shipped one.
   *
   * @param nameOrPath as for {@link #load}
   * @throws BadInputException if a model file cannot be read
   */
  public static ReadPlaces places(String nameOrPath) {
    boolean yaml = nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml");
    if (!yaml && !nameOrPath.endsWith(".onnx")) {
      return ReadPlaces.NONE;
    }
    Path file = Path.of(nameOrPath);
    return ReadPlaces.of(
        "model " + nameOrPath,
        List.of(),
        yaml ? List.of(file, ModelFile.read(file).file()) : List.of(file));
  }

  /**
   * An architecture with random weights and an output for each class: to measure its speed and
   * cost, or to train it. Its facts say so: {@code weights: random, seed 1}. One that answers with
   * depth has its own heads.
   *
   * @param labels the classes it shall learn; of no matter where it answers with depth
   * @param seed decides the weights
   * @throws BadInputException if there is no such architecture or an option does not fit
   */
  public static Model untrained(
      String name, String architecture, Map<String, String> options, LabelSpace labels, long seed) {
    Architecture structure = Architectures.named(architecture);
    Map<String, String> resolved = new TreeMap<>(Options.resolve(structure, options).values());
    List<Head> heads = structure.heads(options);
    if (heads.isEmpty()) {
      heads = List.of(Head.ofLabels(new LabelsHead(labels, Form.LOGITS)));
      resolved.put("classes", Integer.toString(labels.size()));
    }
    ModelSpec spec =
        new ModelSpec(
            name,
            architecture,
            resolved,
            ModelSpec.InputSpec.IMAGENET,
            heads,
            ModelSpec.Variant.DENSE,
            ModelSpec.randomWeights(seed),
            Wiring.PLAIN);
    return new Model(spec, structure.build(options, labels.size(), seed));
  }

  private static Model of(String source, OnnxReader.Reading reading) {
    Network network = reading.network();
    ModelSpec spec =
        SpecMetadata.read(source, network.metadata(), Optional.empty())
            .orElseThrow(
                () ->
                    new BadInputException(
                        source
                            + ": an ONNX file of another tool: it does not say its input and"
                            + " labels. Write a model file (YAML) with the keys name, file, input"
                            + " and labels, and give that"));
    Model model =
        ForeignNetwork.isNeeded(spec.wiring(), network)
            ? ForeignNetwork.of(source, reading, spec)
            : new Model(spec, withoutSpec(network), reading.notes());
    Fit.require(source, model);
    return PixelUnits.doubt(spec.input()).map(model::withNote).orElse(model);
  }

  /**
   * Writes a model as ONNX, its description in the metadata, at its own size or else at {@link
   * #USUAL_SIZE}. Reading the file gives an equal model.
   *
   * @throws BadInputException if the network cannot take that size
   * @throws UnavailableException if the file cannot be written
   */
  public static void write(Model model, Path file) {
    write(model, file, model.spec().input().size().orElse(USUAL_SIZE));
  }

  /** Writes a model as ONNX for images of this size. */
  public static void write(Model model, Path file, Size size) {
    Network described = model.network().withMetadata(SpecMetadata.write(model.spec()));
    OnnxWriter.write(described, file, size.height(), size.width());
  }

  /**
   * Writes a model whose gates switch units for each frame so that what is not live is not
   * computed, with standard operators alone, for images of this size: any runtime that has ONNX
   * operator set 17 runs it. It can be run and read, and no longer be trained or pruned.
   *
   * @throws BadInputException if it has no gates, or none that anything can be left out by
   */
  public static void writeGathered(Model model, Path file, Size size) {
    Network described = model.network().withMetadata(SpecMetadata.write(model.spec()));
    String subject = "model " + model.spec().name() + " in gathered form: ";
    GatedForms forms =
        GatedForms.of(described)
            .orElseThrow(
                () ->
                    new BadInputException(
                        subject
                            + "it has no gates, so nothing is left out for a frame; write it"
                            + " masked"));
    try {
      byte[] bytes = forms.gathered(size.height(), size.width()).bytes();
      DurableFiles.write(file, out -> out.write(bytes));
    } catch (NotNarrow e) {
      throw new BadInputException(subject + e.getMessage() + "; write it masked", e);
    }
  }

  /**
   * What identifies a model's content: SHA-256, as hexadecimal digits, over its graph, weights and
   * description. Equal models have equal digests, in whatever file they lie. Stored results and
   * models carry it, so it never changes: it is made of {@link CanonicalText}.
   */
  public static String digest(Model model) {
    MessageDigest sha = Digests.sha256();
    Network network = model.network();
    update(sha, CanonicalText.of(new TreeMap<>(SpecMetadata.write(model.spec()))));
    for (NetworkInput input : network.inputs()) {
      update(sha, CanonicalText.of(input));
    }
    for (Node node : network.nodes()) {
      update(sha, CanonicalText.of(node));
    }
    for (Weight weight : network.weights().values()) {
      update(
          sha,
          weight.name()
              + weight.role().name()
              + weight.group()
              + CanonicalText.of(weight.tensor()));
      if (weight.tensor().isFloat()) {
        float[] values = weight.tensor().sharedFloats();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        sha.update(bytes);
      } else {
        long[] values = weight.tensor().longs();
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asLongBuffer().put(values);
        sha.update(bytes);
      }
    }
    update(sha, CanonicalText.of(network.outputs()));
    return Digests.hex(sha.digest());
  }

  private static void update(MessageDigest sha, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
    sha.update(bytes);
  }

  /** The network without its description, which a {@link Model} keeps beside it. */
  static Network withoutSpec(Network network) {
    Map<String, String> rest = new TreeMap<>(network.metadata());
    rest.keySet().removeIf(SpecMetadata::owns);
    return new Network(
        network.name(),
        network.inputs(),
        network.nodes(),
        network.weights().values(),
        network.outputs(),
        rest);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Models.class.getResourceAsStream(SHIPPED + name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + SHIPPED + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
