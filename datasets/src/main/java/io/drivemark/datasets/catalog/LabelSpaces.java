package io.drivemark.datasets.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.coding.Colors;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The label spaces that have a name of their own: {@code camvid-11}, {@code cityscapes-19}. A model
 * file's {@code labels:} and a dataset's refer to them. A user's own stands in a YAML file:
 *
 * <pre>{@code
 * name: yard-2
 * classes:
 *   - {name: ground, color: '128,64,128', category: flat}
 *   - {name: person, color: '220,20,60', category: human, instances: true, vulnerable: true}
 * }</pre>
 *
 * <p>Stateless.
 */
public final class LabelSpaces {
  private static final List<String> SHIPPED =
      List.of(
          "a2d2-38",
          "camvid-11",
          "cityscapes-19",
          "comma10k-5",
          "idd-level1",
          "idd-level2",
          "idd-level3",
          "mapillary-v1.2",
          "mapillary-v2.0",
          "vkitti2-14",
          "wilddash2-30");

  private LabelSpaces() {}

  /** The names of the shipped label spaces, sorted. */
  public static List<String> names() {
    return SHIPPED;
  }

  /**
   * Finds a label space.
   *
   * @param nameOrFile a shipped name, or a path that ends in .yaml or .yml
   * @throws BadInputException if there is none; the message lists the known ones and the nearest
   */
  public static LabelSpace named(String nameOrFile) {
    return read(file(nameOrFile, Path.of("")));
  }

  private static ConfigFile file(String nameOrFile, Path folder) {
    if (isYaml(nameOrFile)) {
      return ConfigFile.read(folder.resolve(nameOrFile).normalize());
    }
    if (!SHIPPED.contains(nameOrFile)) {
      throw new BadInputException(
          "no label space is called '"
              + nameOrFile
              + "'"
              + Nearest.hint(nameOrFile, SHIPPED)
              + "; known: "
              + String.join(", ", SHIPPED)
              + ", or the path of a .yaml file");
    }
    String resource = "labels/" + nameOrFile + ".yaml";
    return ConfigFile.parse(resource, Resources.text(resource).orElseThrow());
  }

  /**
   * As {@link #named(String)}, named in a file: a path is relative to that file's folder.
   *
   * @throws BadInputException as {@link #named(String)}
   */
  public static LabelSpace named(String nameOrFile, Path folder) {
    return named(
        isYaml(nameOrFile) ? folder.resolve(nameOrFile).normalize().toString() : nameOrFile);
  }

  static boolean isYaml(String nameOrFile) {
    return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
  }

  /** Whether this is a shipped label space: its name and every class as it is shipped. */
  public static boolean isShipped(LabelSpace space) {
    return SHIPPED.contains(space.name()) && named(space.name()).equals(space);
  }

  /**
   * The classes of a label space as one line of text, for example in a model's metadata; {@link
   * #parse} reads it. Keys are those of a label space's file.
   */
  public static String text(LabelSpace space) {
    ArrayNode classes = JsonNodeFactory.instance.arrayNode();
    for (LabelClass c : space.classes()) {
      ObjectNode item = classes.addObject();
      item.put("name", c.name());
      item.put("color", Colors.text(c.color()));
      item.put("category", c.category());
      if (c.instances()) {
        item.put("instances", true);
      }
      if (c.vulnerable()) {
        item.put("vulnerable", true);
      }
    }
    return classes.toString();
  }

  /**
   * The label space of this name whose classes {@link #text} wrote.
   *
   * @param source what to call it in messages
   * @throws BadInputException with all that is wrong
   */
  public static LabelSpace parse(String source, String name, String text) {
    ConfigFile file = ConfigFile.parse(source, "classes: " + text);
    List<LabelClass> classes = classes(file.root());
    file.finish();
    return new LabelSpace(name, classes);
  }

  private static LabelSpace read(ConfigFile file) {
    return declared(file).space();
  }

  /** What a label space's file declares. */
  private record Declared(LabelSpace space, List<String> drivable) {}

  private static Declared declared(ConfigFile file) {
    String name = file.root().string("name");
    LabelSpace space = new LabelSpace(name, classes(file.root()));
    List<String> drivable = drivable(file.root(), space.classNames());
    file.finish();
    return new Declared(space, drivable);
  }

  /**
   * Names of the classes of a label space that can be driven on, as its file declares them; empty
   * if it does not.
   *
   * @throws BadInputException as {@link #named(String, Path)}
   */
  public static List<String> drivable(String nameOrFile, Path folder) {
    return declared(file(nameOrFile, folder)).drivable();
  }

  /** Reads the key {@code drivable}, recording names that are no classes. */
  static List<String> drivable(ConfigMap map, List<String> classNames) {
    List<String> out = map.strings("drivable");
    for (String name : out) {
      if (!classNames.contains(name)) {
        map.problem(
            "drivable",
            "'"
                + name
                + "' is no class"
                + Nearest.hint(name, classNames)
                + "; expected some of "
                + String.join(", ", classNames));
      }
    }
    return out;
  }

  /** Reads the key {@code classes}, recording problems; never empty, so that reading goes on. */
  static List<LabelClass> classes(ConfigMap parent) {
    List<LabelClass> out = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigMap item : parent.maps("classes", "name")) {
      String name = item.string("name");
      if (!names.add(name)) {
        item.problem("name", "class '" + name + "' occurs twice");
        continue;
      }
      int color = item.has("color") ? color(item, "color") : 0;
      out.add(
          new LabelClass(
              name,
              color,
              item.string("category", name),
              item.flag("instances", false),
              item.flag("vulnerable", false)));
    }
    if (out.isEmpty() || out.size() > LabelSpace.VOID) {
      parent.problem(
          "classes", "found " + out.size() + " classes, expected 1 to " + LabelSpace.VOID);
      return List.of(new LabelClass("?", 0, "?", false, false));
    }
    return out;
  }

  private static int color(ConfigMap item, String key) {
    String text = String.join(",", item.strings(key));
    return Colors.parse(text)
        .orElseGet(
            () -> {
              item.problem(key, "found '" + text + "', expected a colour such as 128,64,128");
              return 0;
            });
  }
}
