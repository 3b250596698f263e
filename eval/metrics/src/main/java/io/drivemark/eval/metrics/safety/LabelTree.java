package io.drivemark.eval.metrics.safety;

import io.drivemark.config.ConfigFile;
import io.drivemark.config.ConfigMap;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Classes in groups and groups in families, as IDD's label levels have them. The distance of two
 * classes is 1 within a group, 2 within a family, 3 otherwise. Immutable.
 *
 * @param name for example {@code idd-level3}
 * @param classes class names in index order
 * @param groups the group of each class
 * @param families the family of each class; classes of one group are of one family
 */
public record LabelTree(
    String name, List<String> classes, List<String> groups, List<String> families) {
  private static final Map<String, LabelTree> SHIPPED = new ConcurrentHashMap<>();

  public LabelTree {
    Objects.requireNonNull(name, "name");
    classes = List.copyOf(classes);
    groups = List.copyOf(groups);
    families = List.copyOf(families);
    if (groups.size() != classes.size() || families.size() != classes.size()) {
      throw new IllegalArgumentException(
          "label tree " + name + ": each class needs a group and a family");
    }
    Map<String, String> familyOfGroup = new LinkedHashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      String family = familyOfGroup.putIfAbsent(groups.get(c), families.get(c));
      if (family != null && !family.equals(families.get(c))) {
        throw new IllegalArgumentException(
            "label tree "
                + name
                + ": group '"
                + groups.get(c)
                + "' is of family '"
                + family
                + "' and of '"
                + families.get(c)
                + "'");
      }
    }
  }

  /**
   * A shipped tree, read once.
   *
   * @throws BadInputException if there is none of this name
   */
  public static LabelTree named(String name) {
    return SHIPPED.computeIfAbsent(
        name,
        n -> {
          String file = "trees/" + n + ".yaml";
          return read(ConfigFile.parse(file, Resources.text(file)));
        });
  }

  static LabelTree read(ConfigFile file) {
    String name = file.root().string("name");
    List<String> classes = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<String> families = new ArrayList<>();
    for (ConfigMap item : file.root().maps("classes", "name")) {
      classes.add(item.string("name"));
      groups.add(item.string("group"));
      families.add(item.string("family"));
    }
    file.finish();
    try {
      return new LabelTree(name, classes, groups, families);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** 0 for a class itself, 1 within its group, 2 within its family, 3 otherwise. */
  public int distance(int a, int b) {
    if (a == b) {
      return 0;
    }
    if (groups.get(a).equals(groups.get(b))) {
      return 1;
    }
    return families.get(a).equals(families.get(b)) ? 2 : 3;
  }

  /** The groups, or families, in the order in which the classes name them. */
  public static List<String> distinct(List<String> names) {
    return names.stream().distinct().toList();
  }

  /**
   * The IoU of each family: confusions within a family are no errors, a void prediction on valid
   * truth is a miss.
   *
   * @throws BadInputException if the matrix is over other classes
   */
  public Map<String, MetricValue> familyIou(ConfusionMatrix matrix) {
    requireClasses(matrix);
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (String family : distinct(families)) {
      long hits = 0;
      long union = 0;
      for (int t = 0; t < classes.size(); t++) {
        boolean inTruth = families.get(t).equals(family);
        for (int p = 0; p <= classes.size(); p++) {
          boolean predicted = p < classes.size() && families.get(p).equals(family);
          hits += inTruth && predicted ? matrix.count(t, p) : 0;
          union += inTruth || predicted ? matrix.count(t, p) : 0;
        }
      }
      out.put(
          family,
          union == 0
              ? MetricValue.undefined("neither in the truth nor predicted")
              : MetricValue.of((double) hits / union));
    }
    return Collections.unmodifiableMap(out);
  }

  /** Checks that a matrix is over these classes. */
  public void requireClasses(ConfusionMatrix matrix) {
    if (!matrix.space().classNames().equals(classes)) {
      throw new BadInputException(
          "label tree "
              + name
              + ": its classes are not those of "
              + matrix.space().name()
              + "; map the labels onto "
              + name
              + " first");
    }
  }
}
