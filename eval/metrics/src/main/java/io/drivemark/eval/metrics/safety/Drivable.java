package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.Dataset;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import java.util.Optional;
import java.util.Set;

/**
 * How often something that cannot be driven on is taken for something that can: the error that ends
 * in a crash. Meant for the counts of an {@link ImageRegion}. Immutable.
 *
 * @param classes names of the classes that can be driven on
 */
public record Drivable(Set<String> classes) {
  public Drivable {
    classes = Set.copyOf(classes);
  }

  /** The classes that a dataset declares as drivable; empty if it declares none. */
  public static Optional<Drivable> of(Dataset dataset) {
    return dataset.facts().drivableClasses().isEmpty()
        ? Optional.empty()
        : Optional.of(new Drivable(Set.copyOf(dataset.facts().drivableClasses())));
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
