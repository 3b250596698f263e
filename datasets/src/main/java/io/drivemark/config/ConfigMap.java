package io.drivemark.config;

import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One YAML mapping while it is being read. Each accessor marks its key as known; where a value is
 * missing or of the wrong kind the problem is recorded with path and line and a harmless stand-in
 * is returned, so that reading goes on and all problems are reported together by {@link
 * ConfigFile#finish()}. Not thread-safe.
 */
public final class ConfigMap {
  private static final String WHOLE = "a whole number";
  private static final int MOST_SHOWN = 200;

  private final ConfigFile file;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> expectedKeys = new LinkedHashSet<>();

  ConfigMap(ConfigFile file, String path, MappingNode node) {
    this.file = file;
    this.path = path;
    this.line = line(node);
    for (NodeTuple tuple : node.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar) || isNull(keyNode)) {
        file.problem(
            at(line(keyNode))
                + (path.isEmpty() ? "" : path + ": ")
                + "a key is "
                + (isNull(keyNode) ? "empty" : text(keyNode))
                + ", expected a word");
        continue;
      }
      if (keyNode.getTag().equals(Tag.MERGE)) {
        file.problem(
            at(line(keyNode))
                + (path.isEmpty() ? "" : path + ": ")
                + "found '<<', but nothing is merged here; write the keys out");
        continue;
      }
      String key = scalar.getValue();
      Integer first = lines.putIfAbsent(key, line(keyNode));
      if (first != null) {
        file.problem(
            at(line(keyNode)) + "key '" + child(key) + "' occurs twice, first in line " + first);
      }
      values.putIfAbsent(key, tuple.getValueNode());
    }
    file.register(this);
  }

  private ConfigMap(ConfigFile file, String path, int line) {
    this.file = file;
    this.path = path;
    this.line = line;
  }

  /** The keys of this mapping, in file order; asking for them marks none as known. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether the key is there; marks it as known. */
  public boolean has(String key) {
    expectedKeys.add(key);
    return values.containsKey(key);
  }

  /** Whether the key is there and holds a nested mapping; marks it as known. */
  public boolean isMap(String key) {
    expectedKeys.add(key);
    return values.get(key) instanceof MappingNode;
  }

  /** Whether the key is there and holds a list; marks it as known. */
  public boolean isList(String key) {
    expectedKeys.add(key);
    return values.get(key) instanceof SequenceNode;
  }

  /** A required text. */
  public String string(String key) {
    return optionalString(key).orElseGet(() -> missing(key, "a text", ""));
  }

  /** A text with a default. */
  public String string(String key, String whenAbsent) {
    return optionalString(key).orElse(whenAbsent);
  }

  /** A text that may be absent. */
  public Optional<String> optionalString(String key) {
    return scalar(key, "a text");
  }

  /** A required whole number. */
  public int integer(String key) {
    return optionalInteger(key).orElseGet(() -> missing(key, "a whole number", 0));
  }

  /** A whole number with a default. */
  public int integer(String key, int whenAbsent) {
    return optionalInteger(key).orElse(whenAbsent);
  }

  /** A whole number that may be absent. */
  public Optional<Integer> optionalInteger(String key) {
    return scalar(key, WHOLE).flatMap(text -> wholeNumber(key, text, WHOLE));
  }

  /** A whole number of 64 bits with a default. */
  public long longInteger(String key, long whenAbsent) {
    return scalar(key, WHOLE)
        .flatMap(
            text -> {
              OptionalLong value = Numbers.whole(text);
              return value.isPresent()
                  ? Optional.of(value.getAsLong())
                  : this.<Long>wrong(key, text + Numbers.hint(text), WHOLE);
            })
        .orElse(whenAbsent);
  }

  /** A list of whole numbers; empty where absent. */
  public List<Integer> integers(String key) {
    return strings(key).stream()
        .flatMap(text -> wholeNumber(key, text, "a list of whole numbers").stream())
        .toList();
  }

  private Optional<Integer> wholeNumber(String key, String text, String expected) {
    OptionalInt value = Numbers.integer(text);
    return value.isPresent()
        ? Optional.of(value.getAsInt())
        : wrong(key, text + Numbers.hint(text), expected);
  }

  /** A number with a default. */
  public double number(String key, double whenAbsent) {
    return optionalNumber(key).orElse(whenAbsent);
  }

  /** A finite number that may be absent. */
  public Optional<Double> optionalNumber(String key) {
    return scalar(key, "a number").flatMap(text -> number(key, text, "a number"));
  }

  /** A list of finite numbers; empty where absent. */
  public List<Double> numbers(String key) {
    return strings(key).stream()
        .flatMap(text -> number(key, text, "a list of numbers").stream())
        .toList();
  }

  private Optional<Double> number(String key, String text, String expected) {
    OptionalDouble value = Numbers.real(text);
    return value.isPresent()
        ? Optional.of(value.getAsDouble())
        : wrong(key, text + Numbers.hint(text), expected);
  }

  /**
   * {@code true}, {@code yes} or {@code on}, {@code false}, {@code no} or {@code off}, with a
   * default.
   */
  public boolean flag(String key, boolean whenAbsent) {
    return scalar(key, "true or false")
        .flatMap(
            text ->
                switch (text) {
                  case "true", "yes", "on" -> Optional.of(true);
                  case "false", "no", "off" -> Optional.of(false);
                  default -> this.<Boolean>wrong(key, text, "true or false");
                })
        .orElse(whenAbsent);
  }

  /** One of several words with a default. */
  public String choice(String key, String whenAbsent, List<String> choices) {
    return scalar(key, "one of " + String.join(", ", choices))
        .flatMap(
            text ->
                choices.contains(text)
                    ? Optional.of(text)
                    : this.<String>wrong(
                        key,
                        text + Nearest.hint(text, choices),
                        "one of " + String.join(", ", choices)))
        .orElse(whenAbsent);
  }

  /** A list of texts; a single scalar counts as a list of one; empty where absent. */
  public List<String> strings(String key) {
    expectedKeys.add(key);
    Node node = values.get(key);
    if (node instanceof SequenceNode sequence) {
      List<String> out = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar && !isNull(item)) {
          out.add(scalar.getValue());
        } else {
          file.problem(at(line(item)) + child(key) + ": expected a list of plain values");
        }
      }
      return out;
    }
    return scalar(key, "a list of plain values").map(List::of).orElse(List.of());
  }

  /** A nested mapping; an empty one where absent. */
  public ConfigMap map(String key) {
    expectedKeys.add(key);
    Node node = values.get(key);
    if (node instanceof MappingNode mapping) {
      return new ConfigMap(file, child(key), mapping);
    }
    if (node != null && !isNull(node)) {
      wrong(key, text(node), "keys and values");
    }
    return new ConfigMap(file, child(key), node == null ? line : line(node));
  }

  /** A list of nested mappings; a text item {@code x} counts as {@code {shorthand: x}}. */
  public List<ConfigMap> maps(String key, String shorthand) {
    expectedKeys.add(key);
    Node node = values.get(key);
    List<ConfigMap> out = new ArrayList<>();
    if (node == null || isNull(node)) {
      return out;
    }
    List<Node> items = node instanceof SequenceNode s ? s.getValue() : List.of(node);
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      String itemPath = child(key) + "[" + i + "]";
      if (item instanceof MappingNode mapping) {
        out.add(new ConfigMap(file, itemPath, mapping));
      } else if (item instanceof ScalarNode && !isNull(item)) {
        ConfigMap map = new ConfigMap(file, itemPath, line(item));
        map.values.put(shorthand, item);
        map.lines.put(shorthand, line(item));
        file.register(map);
        out.add(map);
      } else {
        file.problem(at(line(item)) + itemPath + ": expected keys and values");
      }
    }
    return out;
  }

  /** All entries as texts, marking every key as known: for free-form options. */
  public Map<String, String> allStrings() {
    Map<String, String> out = new TreeMap<>();
    for (String key : values.keySet()) {
      optionalString(key).ifPresent(v -> out.put(key, v));
    }
    return out;
  }

  /** Records a problem with one of this mapping's values. */
  public void problem(String key, String message) {
    file.problem(at(lines.getOrDefault(key, line)) + child(key) + ": " + message);
  }

  /** Records a problem for each key that nobody asked for. */
  void reportUnusedKeys() {
    for (String key : values.keySet()) {
      if (!expectedKeys.contains(key)) {
        file.problem(file.showsMore() ? unknown(key) : "");
      }
    }
  }

  private String unknown(String key) {
    return at(lines.get(key))
        + "unknown key '"
        + child(key)
        + "'"
        + Nearest.hint(key, expectedKeys)
        + "; known here: "
        + String.join(", ", expectedKeys);
  }

  private Optional<String> scalar(String key, String expected) {
    expectedKeys.add(key);
    Node node = values.get(key);
    if (node == null || isNull(node)) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    return wrong(key, text(node), expected);
  }

  private <T> T missing(String key, String expected, T standIn) {
    if (!values.containsKey(key) || isNull(values.get(key))) {
      file.problem(at(line) + "key '" + child(key) + "' is missing: expected " + expected);
    }
    return standIn;
  }

  private <T> Optional<T> wrong(String key, String found, String expected) {
    String shown = found.length() > MOST_SHOWN ? found.substring(0, MOST_SHOWN) + "…" : found;
    problem(key, "found " + shown + ", expected " + expected);
    return Optional.empty();
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String at(int line) {
    return "line " + line + ": ";
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private static String text(Node node) {
    return node instanceof ScalarNode s
        ? s.getValue()
        : node instanceof SequenceNode ? "a list" : "keys and values";
  }
}
