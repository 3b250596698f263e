package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
          "construction--flat--road-shoulder",
          "construction--flat--parking",
          "construction--flat--parking-aisle",
          "construction--flat--crosswalk-plain",
          "construction--flat--bike-lane",
          "road-marking",
          "lane markings",
          "drivable",
          "rd normal street",
          "drivable cobblestone",
          "slow drive area",
          "parking area",
          "solid line",
          "dashed line",
          "zebra crossing",
          "painted driv. instr.",
          "speed bumper");

  /** What is painted on the ground in Mapillary Vistas. */
  private static final String MARKING = "marking";

  public Drivable {
    classes = Set.copyOf(classes);
  }

  /**
   * The usual names that a label space has.
   *
   * @throws BadInputException if it has none
   */
  public static Drivable of(LabelSpace space) {
    return find(space)
        .orElseThrow(
            () ->
                new BadInputException(
                    "drivable classes: none of "
                        + space.name()
                        + "'s classes has a known name; name them ("
                        + String.join(", ", space.classNames())
                        + ")"));
  }

  /** The usual names that a label space has; empty if it has none. */
  public static Optional<Drivable> find(LabelSpace space) {
    Set<String> found = new java.util.TreeSet<>();
    for (String name : space.classNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (USUAL.contains(lower) || lower.startsWith(MARKING)) {
        found.add(name);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(new Drivable(found));
  }

  /**
   * What was taken for what, as integers that add up.
   *
   * @param obstacles pixels whose truth is not drivable
   * @param falselyDrivable those of them that are predicted drivable
   * @param drivable pixels whose truth is drivable
   * @param falselyBlocked those of them that are predicted as something else, void included
   */
  public record Counts(long obstacles, long falselyDrivable, long drivable, long falselyBlocked) {
    public Counts {
      if (falselyDrivable < 0
          || falselyBlocked < 0
          || falselyDrivable > obstacles
          || falselyBlocked > drivable) {
        throw new IllegalArgumentException(
            "drivable counts: "
                + falselyDrivable
                + " of "
                + obstacles
                + " obstacle pixels, "
                + falselyBlocked
                + " of "
                + drivable
                + " drivable ones");
      }
    }

    /** The share of obstacle pixels that are predicted drivable. */
    public MetricValue falselyDrivableShare() {
      return share(falselyDrivable, obstacles);
    }

    /** The share of drivable pixels that are predicted as something else. */
    public MetricValue falselyBlockedShare() {
      return share(falselyBlocked, drivable);
    }

    private static MetricValue share(long part, long all) {
      return all == 0
          ? MetricValue.undefined("no such pixel in the region")
          : MetricValue.of((double) part / all);
    }
  }

  /** The pixels that are taken for the wrong side. */
  public Counts count(ConfusionMatrix counts) {
    long[] all = new long[2];
    long[] wrong = new long[2];
    for (int t = 0; t < counts.classes(); t++) {
      int side = isDrivable(counts, t) ? 1 : 0;
      for (int p = 0; p <= counts.classes(); p++) {
        all[side] = Math.addExact(all[side], counts.count(t, p));
        if (isDrivable(counts, p) != (side == 1)) {
          wrong[side] += counts.count(t, p);
        }
      }
    }
    return new Counts(all[0], wrong[0], all[1], wrong[1]);
  }

  /** The share of pixels of other truth that are predicted drivable. */
  public MetricValue falselyDrivable(ConfusionMatrix counts) {
    return count(counts).falselyDrivableShare();
  }

  /** The share of drivable pixels that are predicted as something else, void included. */
  public MetricValue falselyBlocked(ConfusionMatrix counts) {
    return count(counts).falselyBlockedShare();
  }

  private boolean isDrivable(ConfusionMatrix counts, int c) {
    return c < counts.classes() && classes.contains(counts.space().classes().get(c).name());
  }
}
