package io.drivemark.architectures.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.head.HeadType;
import io.drivemark.architectures.head.HeadTypes;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The key {@code heads} of a model file and of our ONNX files' metadata. In a file's metadata an
 * entry of labels has its name and output alone: the keys of labels stand beside it, as they do
 * where labels are all there is. Stateless.
 */
final class HeadKeys {
  static final String KEY = "heads";

  /** What says of the labels of a network that answers with nothing else what heads say. */
  private static final List<String> OF_LABELS_ALONE =
      List.of("labels", "output", "output-name", "output-index");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private HeadKeys() {}

  /**
   * Reads the heads of a model file; what is wrong is recorded as problems.
   *
   * @param folder that paths are relative to
   */
  static List<Head> read(ConfigMap root, Path folder) {
    for (String key : OF_LABELS_ALONE) {
      if (root.has(key)) {
        root.problem(
            key,
            "heads is given too, which says it for each output: "
                + (key.equals("labels")
                    ? "move it into the entry of kind labels"
                    : key.equals("output")
                        ? "write it as 'form' into the entry of kind labels"
                        : "name the output in the entry of kind labels")
                + ", or leave heads out");
      }
    }
    List<Head> heads = entries(root, folder, Optional.empty());
    if (heads.stream().noneMatch(h -> h.kind() instanceof LabelsHead)) {
      if (root.has("threshold")) {
        root.problem("threshold", "is for labels, and no head is of kind labels");
      }
      if (root.isMap("layout") && root.map("layout").has("output")) {
        root.problem("layout", "output is for labels, and no head is of kind labels");
      }
    }
    return heads;
  }

  private static List<Head> entries(ConfigMap root, Path folder, Optional<LabelsHead> labels) {
    List<Head> heads = new ArrayList<>();
    Map<String, String> outputs = new HashMap<>();
    Optional<String> ofLabels = Optional.empty();
    List<ConfigMap> entries = root.maps(KEY, "name");
    if (entries.isEmpty()) {
      root.problem(
          KEY,
          "is empty: expected an entry for each output that means something, for example"
              + " {name: depth, output: inverse_depth, kind: depth, form: inverse, range: [1, 80]}");
    }
    for (ConfigMap entry : entries) {
      String name = name(entry, heads);
      String output = entry.string("output");
      Optional<HeadKind> kind = kind(entry, folder, labels);
      String twin = output.isEmpty() ? null : outputs.putIfAbsent(output, name);
      if (twin != null) {
        entry.problem("output", "found " + output + ", which head " + twin + " reads already");
      }
      if (kind.filter(LabelsHead.class::isInstance).isPresent()) {
        ofLabels.ifPresent(
            first ->
                entry.problem(
                    "kind",
                    "head "
                        + first
                        + " is of labels already, and one of them alone can be scored; leave one"
                        + " out"));
        ofLabels = Optional.of(name);
      }
      if (Head.isName(name) && !output.isEmpty() && kind.isPresent()) {
        heads.add(new Head(name, Optional.of(output), kind.get()));
      }
    }
    return heads;
  }

  private static String name(ConfigMap entry, List<Head> before) {
    String name = entry.string("name");
    if (!name.isEmpty() && !Head.isName(name)) {
      entry.problem(
          "name", "found '" + name + "', expected letters, digits, dots, dashes and underscores");
    }
    if (before.stream().anyMatch(h -> h.name().equals(name))) {
      entry.problem("name", "a second head is called " + name);
    }
    return name;
  }

  private static Optional<HeadKind> kind(
      ConfigMap entry, Path folder, Optional<LabelsHead> labels) {
    String word = entry.string("kind");
    if (word.equals(LabelsHead.TYPE) && labels.isPresent()) {
      return Optional.of(labels.get());
    }
    Optional<HeadType> type = HeadTypes.named(word);
    if (type.isEmpty()) {
      if (!word.isEmpty()) {
        entry.problem(
            "kind",
            "found "
                + word
                + Nearest.hint(word, HeadTypes.names())
                + ", expected one of "
                + String.join(", ", HeadTypes.names()));
      }
      entry.keys().forEach(entry::has); // of a kind that is not known
      return Optional.empty();
    }
    return Optional.of(type.get().read(entry, folder));
  }

  /** The heads as a file's metadata has them. */
  static String text(List<Head> heads) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Head head : heads) {
      Map<String, Object> entry = new TreeMap<>();
      if (!(head.kind() instanceof LabelsHead)) {
        entry.putAll(head.kind().keys());
      }
      entry.put("name", head.name());
      head.output().ifPresent(output -> entry.put("output", output));
      entry.put("kind", head.kind().type());
      entries.add(entry);
    }
    try {
      return JSON.writeValueAsString(entries);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("heads " + heads + " cannot be written", e);
    }
  }

  /**
   * The heads of a file's metadata.
   *
   * @param source for messages
   * @param labels what its keys of labels say, if it has them
   * @throws io.drivemark.problem.BadInputException if something in them is wrong
   */
  static List<Head> parse(String source, String text, Optional<LabelsHead> labels) {
    ConfigFile file = ConfigFile.parse(source, "{\"" + KEY + "\": " + text + "}");
    List<Head> heads = entries(file.root(), Path.of(""), labels);
    file.finish();
    return heads;
  }
}
