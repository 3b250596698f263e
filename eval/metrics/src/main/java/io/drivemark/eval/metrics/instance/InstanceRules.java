package io.drivemark.eval.metrics.instance;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a dataset weighs its objects: the mean size of an object of each class, and which objects of
 * classes without a score take part in the score of their category. Cityscapes and Mapillary Vistas
 * differ in nothing but these numbers. Immutable.
 */
public final class InstanceRules {
  private final LabelSpace space;
  private final List<Kind> kinds;
  private final int[] kindOfClass = new int[256];
  private final int divisor;
  private final Map<Integer, Integer> kindOfRawClass;

  /**
   * A kind of object.
   *
   * @param name its class
   * @param category the category its class belongs to
   * @param meanPixels the mean size of such an object
   * @param classIndex the class's index; empty if the class has no score of its own
   */
  public record Kind(String name, String category, double meanPixels, OptionalInt classIndex) {
    public Kind {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(category, "category");
      if (!(meanPixels > 0) || Double.isInfinite(meanPixels)) {
        throw new IllegalArgumentException(
            "instances of " + name + ": mean size " + meanPixels + " is not positive");
      }
    }
  }

  private InstanceRules(
      LabelSpace space, List<Kind> kinds, int divisor, Map<Integer, Integer> kindOfRawClass) {
    this.space = space;
    this.kinds = List.copyOf(kinds);
    this.divisor = divisor;
    this.kindOfRawClass = Map.copyOf(kindOfRawClass);
    java.util.Arrays.fill(kindOfClass, -1);
    for (int kind = 0; kind < kinds.size(); kind++) {
      if (kinds.get(kind).classIndex().isPresent()) {
        kindOfClass[kinds.get(kind).classIndex().getAsInt()] = kind;
      }
    }
  }

  /**
   * Rules by which an object is of the class that the truth has at its pixels.
   *
   * @param meanPixels mean size of an object in pixels by class name
   * @throws BadInputException if a name is no class of the space
   */
  public static InstanceRules of(LabelSpace space, Map<String, Double> meanPixels) {
    List<Kind> kinds = new ArrayList<>();
    for (LabelClass c : space.classes()) {
      if (meanPixels.containsKey(c.name())) {
        kinds.add(
            new Kind(c.name(), c.category(), meanPixels.get(c.name()), space.indexOf(c.name())));
      }
    }
    for (String name : meanPixels.keySet()) {
      if (space.indexOf(name).isEmpty()) {
        throw new BadInputException(
            "mean object sizes: '" + name + "' is no class of " + space.name());
      }
    }
    return new InstanceRules(space, kinds, 1, Map.of());
  }

  /**
   * These rules and objects of classes without a score: in Cityscapes {@code caravan} and {@code
   * trailer} count in the category {@code vehicle}, though their pixels are void truth.
   *
   * @param divisor an object's number divided by it is the raw value of its class: 1000 in
   *     Cityscapes, 256 in KITTI and Mapillary Vistas
   * @param unscored raw value → kind, none with a class index
   */
  public InstanceRules withUnscored(int divisor, Map<Integer, Kind> unscored) {
    if (divisor < 1) {
      throw new IllegalArgumentException("instances: divisor " + divisor);
    }
    List<Kind> all = new ArrayList<>(kinds);
    Map<Integer, Integer> ofRaw = new TreeMap<>();
    new TreeMap<>(unscored)
        .forEach(
            (raw, kind) -> {
              if (kind.classIndex().isPresent()) {
                throw new IllegalArgumentException(
                    "instances: " + kind.name() + " has a score of its own");
              }
              ofRaw.put(raw, all.size());
              all.add(kind);
            });
    return new InstanceRules(space, all, divisor, ofRaw);
  }

  public LabelSpace space() {
    return space;
  }

  /** The kinds of objects; counts refer to them by position. */
  public List<Kind> kinds() {
    return kinds;
  }

  /** The kind of an object whose pixels the truth labels so; −1 if it does not count. */
  int kindOf(int truth, int objectNumber) {
    return truth == LabelSpace.VOID
        ? kindOfRawClass.getOrDefault(objectNumber / divisor, -1)
        : kindOfClass[truth];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstanceRules rules
        && space.equals(rules.space)
        && kinds.equals(rules.kinds)
        && divisor == rules.divisor
        && kindOfRawClass.equals(rules.kindOfRawClass);
  }

  @Override
  public int hashCode() {
    return Objects.hash(space.name(), kinds, divisor, kindOfRawClass);
  }
}
