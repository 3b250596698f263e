package io.drivemark.datasets;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An ordered list of classes with a name: what index {@code i} of a {@link LabelMap} or channel
 * {@code i} of a network's logits means. At most 255 classes; index 255 is always void. Immutable.
 *
 * @param name for example {@code "camvid-11"}; a mapping and a model refer to a space by it
 * @param classes in index order
 */
public record LabelSpace(String name, List<LabelClass> classes) {
  /** The index that means "no class": not judged in the truth, a miss in a prediction. */
  public static final int VOID = 255;

  public LabelSpace {
    Objects.requireNonNull(name, "name");
    classes = List.copyOf(classes);
    if (classes.isEmpty() || classes.size() > VOID) {
      throw new IllegalArgumentException(
          "label space " + name + ": 1 to 255 classes are possible, found " + classes.size());
    }
    Set<String> names = new HashSet<>();
    for (LabelClass c : classes) {
      if (!names.add(c.name())) {
        throw new IllegalArgumentException(
            "label space " + name + ": class " + c.name() + " occurs twice");
      }
    }
  }

  // Written out here: what Java makes for records is linked at its first use, which delays a start.
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof LabelSpace space
            && name.equals(space.name)
            && classes.equals(space.classes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + classes.hashCode();
  }

  /** The number of classes, void not counted. */
  public int size() {
    return classes.size();
  }

  /** The index of the class with this exact name. */
  public OptionalInt indexOf(String className) {
    for (int i = 0; i < classes.size(); i++) {
      if (classes.get(i).name().equals(className)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Whether the other space means the same by every index: the same class names in the same order.
   * Neither the spaces' names nor colours matter.
   */
  public boolean sameClasses(LabelSpace other) {
    return classNames().equals(other.classNames());
  }

  /**
   * The first difference in classes from another space, in words; empty if there is none.
   *
   * @param here what to call this space in the sentence, for example {@code "the model"}
   * @param there what to call the other
   */
  public Optional<String> difference(LabelSpace other, String here, String there) {
    for (int i = 0; i < Math.min(size(), other.size()); i++) {
      String own = classes.get(i).name();
      String others = other.classes().get(i).name();
      if (!own.equals(others)) {
        return Optional.of(
            "class " + i + " is '" + own + "' in " + here + " and '" + others + "' in " + there);
      }
    }
    return size() == other.size()
        ? Optional.empty()
        : Optional.of(here + " has " + size() + " classes and " + there + " has " + other.size());
  }

  /** Class names in index order. */
  public List<String> classNames() {
    return classes.stream().map(LabelClass::name).toList();
  }
}
