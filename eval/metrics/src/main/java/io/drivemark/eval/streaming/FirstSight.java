package io.drivemark.eval.streaming;

import io.drivemark.eval.statistics.Percentiles;
import io.drivemark.eval.statistics.Proportion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long it takes until an object that appears is answered. An object is there from the first
 * picture with at least {@value #LEAST_PIXELS} of its pixels to the last such one; it is found in a
 * picture if at least half of its pixels are predicted as a class of its group. One that is there
 * at the first picture is left out, as nobody saw it appear. Immutable.
 *
 * @param objects what became of each, in order
 */
public record FirstSight(List<Outcome> objects) {
  /** Pixels of the truth from which on an object is there. */
  public static final int LEAST_PIXELS = 25;

  /**
   * An object in a picture. Counts, no latency in them.
   *
   * @param picture number in the sequence
   * @param pixels of the truth
   * @param found how many of them are predicted as a class of the object's group
   * @param centimetres the median of its known distances; empty if none is known
   */
  public record Sighting(int picture, long pixels, long found, OptionalLong centimetres) {
    public Sighting {
      if (found < 0 || found > pixels) {
        throw new IllegalArgumentException(
            "sighting: " + found + " of " + pixels + " pixels in picture " + picture);
      }
    }

    private boolean isFound() {
      return pixels > 0 && 2 * found >= pixels;
    }
  }

  /**
   * What became of an object.
   *
   * @param there how long it was there, from the exposure of its first picture to that of its last,
   *     nanoseconds
   * @param found from its first exposure until it was answered; empty if that was not before the
   *     exposure of the picture after its last
   * @param centimetres its distance in the newest picture when it was answered; empty if it is not
   *     known
   */
  public record Outcome(long there, OptionalLong found, OptionalLong centimetres) {
    private boolean isFoundWithin(long nanos) {
      return found.isPresent() && found.getAsLong() <= nanos;
    }
  }

  public FirstSight {
    objects = List.copyOf(objects);
  }

  /**
   * Looks when the objects of a sequence were answered.
   *
   * @param objects for each its sightings, pictures ascending
   */
  public static FirstSight of(
      Collection<List<Sighting>> objects, Schedule schedule, CameraClock clock) {
    List<Outcome> out = new ArrayList<>();
    for (List<Sighting> object : objects) {
      List<Sighting> large = object.stream().filter(s -> s.pixels() >= LEAST_PIXELS).toList();
      if (!large.isEmpty() && large.get(0).picture() > 0) {
        out.add(
            outcome(
                object,
                large.get(0).picture(),
                large.get(large.size() - 1).picture(),
                schedule,
                clock));
      }
    }
    return new FirstSight(out);
  }

  private static Outcome outcome(
      List<Sighting> object, int first, int last, Schedule schedule, CameraClock clock) {
    long appeared = clock.exposure(first);
    long there = clock.exposure(last) - appeared;
    for (Answer answer : schedule.answers()) {
      boolean sees =
          answer.picture() >= first
              && answer.picture() <= last
              && object.stream().anyMatch(s -> s.picture() == answer.picture() && s.isFound());
      if (sees && answer.finish() <= clock.exposure(last + 1)) {
        return new Outcome(
            there,
            OptionalLong.of(answer.finish() - appeared),
            distance(object, answer.finish(), clock));
      }
    }
    return new Outcome(there, OptionalLong.empty(), OptionalLong.empty());
  }

  private static OptionalLong distance(List<Sighting> object, long time, CameraClock clock) {
    OptionalLong distance = OptionalLong.empty();
    for (Sighting sighting : object) {
      if (clock.exposure(sighting.picture()) <= time) {
        distance = sighting.centimetres();
      }
    }
    return distance;
  }

  /** Those of several sequences or repetitions together. */
  public static FirstSight sum(Collection<FirstSight> parts) {
    return new FirstSight(parts.stream().flatMap(p -> p.objects.stream()).toList());
  }

  /** How many were answered while they were there. */
  public Proportion found() {
    return new Proportion(
        objects.stream().filter(o -> o.found().isPresent()).count(), objects.size());
  }

  /** How many were answered within a time, among those that were there so long or answered. */
  public Proportion foundWithin(long nanos) {
    List<Outcome> asked =
        objects.stream().filter(o -> o.there() >= nanos || o.isFoundWithin(nanos)).toList();
    return new Proportion(asked.stream().filter(o -> o.isFoundWithin(nanos)).count(), asked.size());
  }

  /** The median time until an answer, of the found, nanoseconds; empty if there are none. */
  public OptionalDouble medianNanos() {
    return median(objects.stream().map(Outcome::found).toList());
  }

  /** The median distance when answered, of those whose distance is known, centimetres. */
  public OptionalDouble medianCentimetres() {
    return median(objects.stream().map(Outcome::centimetres).toList());
  }

  private static OptionalDouble median(List<OptionalLong> values) {
    double[] known =
        values.stream()
            .filter(OptionalLong::isPresent)
            .mapToDouble(OptionalLong::getAsLong)
            .toArray();
    return known.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Percentiles.median(known));
  }
}
