package io.drivemark.eval.streaming;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What answers of every age are worth on one sequence: the confusion counts of each truth against
 * the prediction made from the picture d pictures before it, d = 0..D. Whole numbers with no
 * latency in them; whatever is joined with time is a sum of entries. Immutable.
 *
 * <p>Truth may be asked between pictures: an {@link Instant} is a picture and a part of the time to
 * the next one.
 */
public final class DelayCounts {
  private final int between;
  private final int most;
  private final SortedMap<Instant, Map<Integer, ConfusionMatrix>> counts;

  private DelayCounts(
      int between, int most, SortedMap<Instant, Map<Integer, ConfusionMatrix>> counts) {
    this.between = between;
    this.most = most;
    this.counts = counts;
  }

  /**
   * A time at which the truth is known: {@code (picture + part / between)} periods.
   *
   * @param picture number of the picture in its sequence
   * @param part 0 at the picture itself
   */
  public record Instant(int picture, int part) implements Comparable<Instant> {
    public Instant {
      if (picture < 0 || part < 0) {
        throw new IllegalArgumentException("instant: picture " + picture + ", part " + part);
      }
    }

    @Override
    public int compareTo(Instant other) {
      return picture != other.picture
          ? Integer.compare(picture, other.picture)
          : Integer.compare(part, other.part);
    }
  }

  /** Counts at work, for one thread. */
  public static final class Builder {
    private final int between;
    private final int most;
    private final SortedMap<Instant, Map<Integer, ConfusionMatrix>> counts = new TreeMap<>();
    private LabelSpace space;

    /**
     * Of one sequence.
     *
     * @param between instants from one picture to the next, at least 1
     * @param most the largest delay in pictures, at least 0
     */
    public Builder(int between, int most) {
      if (between < 1 || most < 0) {
        throw new IllegalArgumentException(
            "delay counts: " + between + " instants a picture, delays up to " + most);
      }
      this.between = between;
      this.most = most;
    }

    /**
     * Adds the counts of a truth against the prediction from an earlier picture.
     *
     * @throws IllegalArgumentException if they are there already, of another label space, of
     *     another number of pixels than those of the same truth, or of no such instant or delay
     */
    public Builder add(Instant truth, int delay, ConfusionMatrix matrix) {
      if (truth.part() >= between || delay < 0 || delay > most || delay > truth.picture()) {
        throw new IllegalArgumentException(
            "delay counts: delay " + delay + " at " + truth + " is none");
      }
      Map<Integer, ConfusionMatrix> row = counts.computeIfAbsent(truth, t -> new TreeMap<>());
      for (ConfusionMatrix other : row.values()) {
        if (other.pixels() != matrix.pixels()) {
          throw new IllegalArgumentException(
              "delay counts: "
                  + truth
                  + " has "
                  + other.pixels()
                  + " and "
                  + matrix.pixels()
                  + " pixels");
        }
        break;
      }
      space = space == null ? matrix.space() : space;
      if (!space.equals(matrix.space()) || row.put(delay, matrix) != null) {
        throw new IllegalArgumentException(
            "delay counts: delay "
                + delay
                + " at "
                + truth
                + " stands twice, or is of "
                + matrix.space().name()
                + " beside others of "
                + space.name());
      }
      return this;
    }

    /** What was added so far. */
    public DelayCounts build() {
      SortedMap<Instant, Map<Integer, ConfusionMatrix>> copy = new TreeMap<>();
      counts.forEach((truth, row) -> copy.put(truth, new TreeMap<>(row)));
      return new DelayCounts(between, most, copy);
    }
  }

  /** Instants from one picture to the next. */
  public int between() {
    return between;
  }

  /** The largest delay, in pictures. */
  public int most() {
    return most;
  }

  /** The times at which the truth is known, ascending. */
  public List<Instant> instants() {
    return List.copyOf(counts.keySet());
  }

  /** The counts of a truth against the prediction from so many pictures before; empty if none. */
  public Optional<ConfusionMatrix> at(Instant truth, int delay) {
    return Optional.ofNullable(counts.getOrDefault(truth, Map.of()).get(delay));
  }

  /**
   * The counts of a truth that nothing was answered for: every pixel is predicted void.
   *
   * @throws IllegalArgumentException if nothing is known of the truth
   */
  public ConfusionMatrix unanswered(Instant truth) {
    Map<Integer, ConfusionMatrix> row = counts.getOrDefault(truth, Collections.emptyMap());
    if (row.isEmpty()) {
      throw new IllegalArgumentException("delay counts: nothing is known at " + truth);
    }
    ConfusionMatrix any = row.values().iterator().next();
    int side = any.classes() + 1;
    long[][] all = any.allCounts();
    long[][] none = new long[side][side];
    for (int t = 0; t < side; t++) {
      for (int p = 0; p < side; p++) {
        none[t][side - 1] += all[t][p];
      }
    }
    return ConfusionMatrix.of(any.space(), none);
  }

  /**
   * The counts of every truth at a picture against the prediction from exactly so many pictures
   * before, for a curve over delays.
   *
   * @param first the first picture that is judged
   * @return empty if one of them is missing, so that all delays of a curve are of the same truths
   */
  public Optional<List<ConfusionMatrix>> atDelay(int delay, int first) {
    List<ConfusionMatrix> out = new ArrayList<>();
    for (Instant truth : counts.keySet()) {
      if (truth.part() == 0 && truth.picture() >= first) {
        Optional<ConfusionMatrix> matrix = at(truth, delay);
        if (matrix.isEmpty()) {
          return Optional.empty();
        }
        out.add(matrix.get());
      }
    }
    return Optional.of(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DelayCounts d
        && between == d.between
        && most == d.most
        && counts.equals(d.counts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(between, most, counts);
  }

  @Override
  public String toString() {
    return "DelayCounts[" + counts.size() + " instants, delays up to " + most + "]";
  }
}
