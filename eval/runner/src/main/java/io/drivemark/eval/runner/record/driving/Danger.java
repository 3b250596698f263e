package io.drivemark.eval.runner.record.driving;

import java.util.OptionalDouble;

/**
 * What answers of one age mean for people and for the way ahead, in whole numbers. Immutable.
 *
 * @param people regions of vulnerable road users in the truths
 * @param peopleFound those of which the answer has at least half the pixels as any of them
 * @param obstacles pixels of the own way that cannot be driven on; 0 too where the dataset does not
 *     say what can
 * @param asRoad those that the answer takes for something that can
 */
public record Danger(long people, long peopleFound, long obstacles, long asRoad) {
  public Danger {
    if (peopleFound < 0 || peopleFound > people || asRoad < 0 || asRoad > obstacles) {
      throw new IllegalArgumentException(
          "danger: "
              + peopleFound
              + " of "
              + people
              + " regions of people found, "
              + asRoad
              + " of "
              + obstacles
              + " obstacle pixels taken for road");
    }
  }

  /** The share of people found; empty if there are none. */
  public OptionalDouble foundShare() {
    return share(peopleFound, people);
  }

  /** The share of obstacle pixels taken for road; empty if there are none. */
  public OptionalDouble asRoadShare() {
    return share(asRoad, obstacles);
  }

  private static OptionalDouble share(long part, long all) {
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
  }

  /** Both together. */
  public Danger plus(Danger other) {
    return new Danger(
        Math.addExact(people, other.people),
        Math.addExact(peopleFound, other.peopleFound),
        Math.addExact(obstacles, other.obstacles),
        Math.addExact(asRoad, other.asRoad));
  }
}
