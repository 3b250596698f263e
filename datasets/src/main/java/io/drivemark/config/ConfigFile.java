package io.drivemark.config;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One YAML file while it is being read. Take {@link #root()}, ask it for keys, and at the end call
 * {@link #finish()}, which throws one {@link BadInputException} with every problem found: missing
 * and unknown keys, wrong types, values out of range. Not thread-safe.
 *
 * <pre>{@code
 * ConfigFile file = ConfigFile.read(path);
 * String name = file.root().string("name");
 * int seed = file.root().integer("seed", 1);
 * file.finish();
 * }</pre>
 */
public final class ConfigFile {
  private final String source;
  private final List<String> problems = new ArrayList<>();
  private final List<ConfigMap> maps = new ArrayList<>();
  private final ConfigMap root;

  private ConfigFile(String source, Node node) {
    this.source = source;
    if (!(node instanceof MappingNode mapping)) {
      throw new BadInputException(source + ": expected keys and values (a YAML mapping)");
    }
    this.root = new ConfigMap(this, "", mapping);
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read or is no YAML mapping
   */
  public static ConfigFile read(Path path) {
    try {
      return parse(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new BadInputException(path + ": no such file", e);
    } catch (IOException e) {
      throw new BadInputException(path + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
    }
  }

  /**
   * Parses text.
   *
   * @param source what to call it in messages, usually the file's path
   * @throws BadInputException if it is no YAML mapping
   */
  public static ConfigFile parse(String source, String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      return new ConfigFile(source, node);
    } catch (MarkedYAMLException e) {
      String where =
          e.getProblemMark() == null ? "" : " line " + (e.getProblemMark().getLine() + 1) + ":";
      throw new BadInputException(source + ":" + where + " no valid YAML: " + e.getProblem(), e);
    }
  }

  /** The file's top-level mapping. */
  public ConfigMap root() {
    return root;
  }

  /** Records a problem of the reader's own, for example a value that contradicts another. */
  public void problem(String message) {
    problems.add(message);
  }

  /**
   * Reports all that was wrong, keys that nobody asked for included.
   *
   * @throws BadInputException if anything was wrong; the message has one line a problem
   */
  public void finish() {
    List<String> all = new ArrayList<>(problems);
    for (ConfigMap map : maps) {
      all.addAll(map.unusedKeys());
    }
    if (!all.isEmpty()) {
      throw new BadInputException(
          all.size() == 1
              ? source + ": " + all.get(0)
              : source + ": " + all.size() + " problems\n  " + String.join("\n  ", all));
    }
  }

  void register(ConfigMap map) {
    maps.add(map);
  }
}
