package io.drivemark.datasets.catalog;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The mappings between label spaces that are shipped, and a user's own in a YAML file:
 *
 * <pre>{@code
 * name: cityscapes-19-to-yard-2
 * from: cityscapes-19       # a shipped label space, or a .yaml file relative to this one
 * to: yard-2.yaml
 * classes:                  # every class of 'from'; void where there is no counterpart
 *   road: ground
 *   person: person
 *   sky: void
 * }</pre>
 *
 * <p>Stateless.
 */
public final class Mappings {
  private static final List<String> SHIPPED =
      List.of(
          "a2d2-38-to-camvid-11",
          "a2d2-38-to-cityscapes-19",
          "cityscapes-19-to-camvid-11",
          "cityscapes-19-to-idd-level1",
          "idd-level2-to-idd-level1",
          "idd-level3-to-camvid-11",
          "idd-level3-to-cityscapes-19",
          "idd-level3-to-idd-level1",
          "idd-level3-to-idd-level2",
          "mapillary-v1.2-to-camvid-11",
          "mapillary-v1.2-to-cityscapes-19",
          "mapillary-v2.0-to-cityscapes-19",
          "vkitti2-14-to-cityscapes-19",
          "wilddash2-30-to-cityscapes-19");

  private Mappings() {}

  /** The names of the shipped mappings, sorted. */
  public static List<String> names() {
    return SHIPPED;
  }

  /** The shipped mappings, sorted by name. */
  public static List<LabelMapping> all() {
    return SHIPPED.stream().map(Mappings::shipped).toList();
  }

  /**
   * Finds a mapping.
   *
   * @param nameOrFile a shipped name, or a path that ends in .yaml or .yml
   * @throws BadInputException if there is none (the message lists the known ones and the nearest),
   *     or the file has problems
   */
  public static LabelMapping load(String nameOrFile) {
    if (LabelSpaces.isYaml(nameOrFile)) {
      Path path = Path.of(nameOrFile);
      return read(ConfigFile.read(path), path.toAbsolutePath().getParent());
    }
    if (!SHIPPED.contains(nameOrFile)) {
      throw new BadInputException(
          "no mapping is called '"
              + nameOrFile
              + "'"
              + Nearest.hint(nameOrFile, SHIPPED)
              + "; known: "
              + String.join(", ", SHIPPED)
              + ", or the path of a .yaml file");
    }
    return shipped(nameOrFile);
  }

  /**
   * The mapping to take where a study says {@code mapping: auto}: the identity if both spaces have
   * the same classes, else the one shipped mapping between them.
   *
   * @throws BadInputException if there is none; the message names both spaces
   */
  public static LabelMapping between(LabelSpace from, LabelSpace to) {
    if (from.sameClasses(to)) {
      return LabelMapping.identity(to);
    }
    List<LabelMapping> fitting =
        all().stream().filter(m -> m.from().sameClasses(from) && m.to().sameClasses(to)).toList();
    if (fitting.size() != 1) {
      throw new BadInputException(
          "no mapping is known from label space "
              + described(from)
              + " to "
              + described(to)
              + sameName(from, to)
              + "; shipped: "
              + all().stream().map(LabelMapping::name).collect(Collectors.joining(", "))
              + ". Write one as a .yaml file and name it as the mapping");
    }
    return fitting.get(0);
  }

  /** Of two spaces that only their classes tell apart. */
  private static String sameName(LabelSpace from, LabelSpace to) {
    return from.name().equals(to.name())
        ? ": they have one name and other classes, "
            + from.difference(to, "the model", "the dataset").orElseThrow()
        : "";
  }

  private static String described(LabelSpace space) {
    return space.name() + " (" + space.size() + " classes)";
  }

  private static LabelMapping shipped(String name) {
    String resource = "mappings/" + name + ".yaml";
    return read(ConfigFile.parse(resource, Resources.text(resource).orElseThrow()), Path.of(""));
  }

  private static LabelMapping read(ConfigFile file, Path folder) {
    ConfigMap root = file.root();
    String name = root.string("name");
    String fromName = root.string("from");
    String toName = root.string("to");
    ConfigMap classes = root.map("classes");
    Map<String, String> targets = new TreeMap<>(classes.allStrings());
    file.finish();
    LabelSpace from = space(file, root, "from", fromName, folder);
    LabelSpace to = space(file, root, "to", toName, folder);
    for (String source : from.classNames()) {
      if (!targets.containsKey(source)) {
        root.problem("classes", "class '" + source + "' of " + from.name() + " is missing");
      }
    }
    targets.forEach(
        (source, target) -> {
          if (from.indexOf(source).isEmpty()) {
            classes.problem(
                source, "no class of " + from.name() + Nearest.hint(source, from.classNames()));
          }
          if (to.indexOf(target).isEmpty() && !target.equals("void")) {
            classes.problem(
                source,
                "found '"
                    + target
                    + "', no class of "
                    + to.name()
                    + Nearest.hint(target, to.classNames()));
          }
        });
    file.finish();
    return LabelMapping.of(name, from, to, targets);
  }

  private static LabelSpace space(
      ConfigFile file, ConfigMap root, String key, String name, Path folder) {
    try {
      return LabelSpaces.named(name, folder);
    } catch (BadInputException e) {
      root.problem(key, e.getMessage());
      file.finish();
      throw e;
    }
  }
}
