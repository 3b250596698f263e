package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * How often something that cannot be driven on is taken for something that can: the error that ends
 * in a crash. Meant for the counts of an {@link ImageRegion}. Immutable.
 *
 * @param classes names of the classes that can be driven on
 */
public record Drivable(Set<String> classes) {
  private static final Set<String> USUAL =
      Set.of(
          "road",
          "parking",
          "roadshoulder",
          "lanemkgsdriv",
          "drivable fallback",
          "construction--flat--road",
          "construction--flat--service-lane",
          "construction--flat--parking",
          "marking--general",
          "marking--crosswalk-zebra");

  public Drivable {
    classes = Set.copyOf(classes);
  }

  /**
   * The usual names that a label space has.
   *
   * @throws BadInputException if it has none
   */
  public static Drivable of(LabelSpace space) {
    Set<String> found = new java.util.TreeSet<>();
    for (String name : space.classNames()) {
      if (USUAL.contains(name.toLowerCase(Locale.ROOT))) {
        found.add(name);
      }
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "drivable classes: none of "
              + space.name()
              + "'s classes has a known name; name them ("
              + String.join(", ", space.classNames())
              + ")");
    }
    return new Drivable(found);
  }

  /** The share of pixels of other truth that are predicted drivable. */
  public MetricValue falselyDrivable(ConfusionMatrix counts) {
    return share(counts, t -> !isDrivable(counts, t), true);
  }

  /** The share of drivable pixels that are predicted as something else, void included. */
  public MetricValue falselyBlocked(ConfusionMatrix counts) {
    return share(counts, t -> isDrivable(counts, t), false);
  }

  private boolean isDrivable(ConfusionMatrix counts, int c) {
    return c < counts.classes() && classes.contains(counts.space().classes().get(c).name());
  }

  private MetricValue share(ConfusionMatrix counts, IntPredicate ofTruth, boolean drivable) {
    long all = 0;
    long wrong = 0;
    for (int t = 0; t < counts.classes(); t++) {
      for (int p = 0; ofTruth.test(t) && p <= counts.classes(); p++) {
        all = Math.addExact(all, counts.count(t, p));
        wrong = isDrivable(counts, p) == drivable ? wrong + counts.count(t, p) : wrong;
      }
    }
    return all == 0
        ? MetricValue.undefined("no such pixel in the region")
        : MetricValue.of((double) wrong / all);
  }
}
