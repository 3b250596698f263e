package io.drivemark.eval.metrics.safety;

import io.drivemark.config.ConfigFile;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How grave it is to take one class for another, as fractions of a pixel: 0 costs what a plain miss
 * costs, 1 takes away a right pixel besides. Data: a YAML file names a {@link LabelTree}, the
 * severity at distances 1, 2 and 3 and the important classes; a confusion counts only if one of
 * both is important. Immutable.
 *
 * <pre>{@code
 * name: idd-aw
 * version: 1
 * tree: idd-level3
 * denominator: 3
 * distances: [1, 2, 3]
 * important: [person, rider, car]
 * }</pre>
 */
public final class SeverityMatrix {
  /** The names of the shipped ones. */
  public static final List<String> SHIPPED =
      List.of("idd-aw", "idd-aw-refactored", "cityscapes", "camvid");

  private static final Map<String, SeverityMatrix> READ = new ConcurrentHashMap<>();

  private final String name;
  private final int version;
  private final LabelTree tree;
  private final int denominator;
  private final int[] ofDistance;
  private final Set<String> important;

  /**
   * A matrix.
   *
   * @param ofDistance severities at distances 1, 2 and 3 over {@code denominator}
   * @throws IllegalArgumentException if an important class is none of the tree, or a severity is
   *     not in 0..denominator
   */
  public SeverityMatrix(
      String name,
      int version,
      LabelTree tree,
      int denominator,
      List<Integer> ofDistance,
      Set<String> important) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = version;
    this.tree = Objects.requireNonNull(tree, "tree");
    this.denominator = denominator;
    this.ofDistance = ofDistance.stream().mapToInt(Integer::intValue).toArray();
    this.important = Set.copyOf(important);
    if (this.ofDistance.length != 3
        || Arrays.stream(this.ofDistance).anyMatch(v -> v < 0 || v > denominator)) {
      throw new IllegalArgumentException(
          "severity matrix "
              + name
              + ": three severities of 0 to "
              + denominator
              + " are needed, got "
              + ofDistance);
    }
    for (String c : important) {
      if (!tree.classes().contains(c)) {
        throw new IllegalArgumentException(
            "severity matrix "
                + name
                + ": '"
                + c
                + "' is no class of "
                + tree.name()
                + Nearest.hint(c, tree.classes()));
      }
    }
  }

  /**
   * A shipped matrix, which is read once, or one from a file.
   *
   * @throws BadInputException if there is none of this name, or the file is wrong
   */
  public static SeverityMatrix named(String nameOrFile) {
    if (nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
      return read(ConfigFile.read(Path.of(nameOrFile)));
    }
    if (!SHIPPED.contains(nameOrFile)) {
      throw new BadInputException(
          "no severity matrix is called '"
              + nameOrFile
              + "'"
              + Nearest.hint(nameOrFile, SHIPPED)
              + "; known: "
              + String.join(", ", SHIPPED)
              + ", or the path of a .yaml file");
    }
    return READ.computeIfAbsent(
        nameOrFile,
        n -> {
          String file = "severities/" + n + ".yaml";
          return read(ConfigFile.parse(file, Resources.text(file)));
        });
  }

  /** The first shipped matrix over these classes, in this order; empty if there is none. */
  public static Optional<SeverityMatrix> find(List<String> classNames) {
    return SHIPPED.stream()
        .map(SeverityMatrix::named)
        .filter(m -> m.tree().classes().equals(classNames))
        .findFirst();
  }

  private static SeverityMatrix read(ConfigFile file) {
    String name = file.root().string("name");
    int version = file.root().integer("version");
    String tree = file.root().string("tree");
    int denominator = file.root().integer("denominator");
    List<Integer> distances = file.root().integers("distances");
    Set<String> important = Set.copyOf(file.root().strings("important"));
    file.finish();
    try {
      return new SeverityMatrix(
          name, version, LabelTree.named(tree), denominator, distances, important);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** Which edition of the data this is. */
  public int version() {
    return version;
  }

  public LabelTree tree() {
    return tree;
  }

  /** What the severities are fractions of. */
  public int denominator() {
    return denominator;
  }

  public boolean isImportant(int c) {
    return important.contains(tree.classes().get(c));
  }

  /** How grave it is to predict {@code p} where {@code t} is true, over {@link #denominator()}. */
  public int severity(int t, int p) {
    if (t == p || !(isImportant(t) || isImportant(p))) {
      return 0;
    }
    return ofDistance[tree.distance(t, p) - 1];
  }
}
