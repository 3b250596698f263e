package io.drivemark.eval.metrics.driving;

import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many regions there are at which distance, and how many of them are found: counts by whole
 * metres, from which recall in any bands follows. Metre 1 holds distances up to 1 m, metre 2 those
 * above 1 m and up to 2 m; farther ones and unknown ones are counted apart. Immutable.
 */
public final class FoundByDistance {
  /** The farthest metre that is counted by itself. */
  public static final int FARTHEST = 100;

  private static final int FAR = FARTHEST;
  private static final int UNKNOWN = FARTHEST + 1;
  private static final int PLACES = FARTHEST + 2;

  private final long[] regions;
  private final long[] found;

  private FoundByDistance(long[] regions, long[] found) {
    this.regions = regions;
    this.found = found;
  }

  /** Counts at work, for one thread. */
  public static final class Tally {
    private final long[] numbers = new long[2 * PLACES];

    /** Adds a region; its distance in metres is above 0, or unknown. */
    public Tally add(OptionalDouble metres, boolean isFound) {
      int place = UNKNOWN;
      if (metres.isPresent()) {
        place = (int) Math.min(FAR, Math.max(1, Math.ceil(metres.getAsDouble())) - 1);
      }
      numbers[place]++;
      numbers[PLACES + place] += isFound ? 1 : 0;
      return this;
    }

    /** As {@link FoundByDistance#numbers}. */
    public long[] numbers() {
      return numbers.clone();
    }

    /** What was added. */
    public FoundByDistance counts() {
      return of(numbers);
    }
  }

  /** From what {@link #numbers} gave, or a sum of such. */
  public static FoundByDistance of(long[] numbers) {
    if (numbers.length != 2 * PLACES) {
      throw new IllegalArgumentException(
          "regions by distance: " + numbers.length + " numbers, expected " + 2 * PLACES);
    }
    return new FoundByDistance(
        Arrays.copyOf(numbers, PLACES), Arrays.copyOfRange(numbers, PLACES, 2 * PLACES));
  }

  /** The names of {@link #numbers}, for example {@code people 7 m} and {@code found 7 m}. */
  public static List<String> names(String what) {
    String[] out = new String[2 * PLACES];
    for (int place = 0; place < PLACES; place++) {
      String where =
          place == FAR
              ? "beyond " + FARTHEST + " m"
              : place == UNKNOWN ? "at unknown distance" : (place + 1) + " m";
      out[place] = what + " " + where;
      out[PLACES + place] = what + " found " + where;
    }
    return List.of(out);
  }

  /** Regions by metre, then found ones by metre: numbers that add. */
  public long[] numbers() {
    long[] out = Arrays.copyOf(regions, 2 * PLACES);
    System.arraycopy(found, 0, out, PLACES, PLACES);
    return out;
  }

  /**
   * Those of more than one distance and at most another one.
   *
   * @param from whole metres
   * @param to whole metres; anything above {@link #FARTHEST} is all the rest
   */
  public VulnerableRecall.Counts within(int from, int to) {
    long all = 0;
    long ofThem = 0;
    for (int place = Math.min(from, FAR); place < Math.min(to, FAR + 1); place++) {
      all += regions[place];
      ofThem += found[place];
    }
    return new VulnerableRecall.Counts(ofThem, all);
  }

  /** Those whose distance is not known. */
  public VulnerableRecall.Counts unknown() {
    return new VulnerableRecall.Counts(found[UNKNOWN], regions[UNKNOWN]);
  }

  /** All of them. */
  public VulnerableRecall.Counts all() {
    return within(0, Integer.MAX_VALUE).plus(unknown());
  }

  /**
   * How far one can rely on what is found: the upper edge of the last band up to which every band
   * has the recall. A band without regions ends it: nothing is known of it.
   *
   * @param edges upper edges of the bands in whole metres, rising; the first begins at 0
   * @param recall the share that has to be found in each
   * @param certain whether the lower end of the 95 % interval has to reach it, not the share alone
   */
  public MetricValue reliableMetres(List<Integer> edges, double recall, boolean certain) {
    int reached = 0;
    for (int edge : edges) {
      VulnerableRecall.Counts band = within(reached, edge);
      if (band.regions() == 0 || !(share(band, certain) >= recall)) {
        return reached == 0 ? undefined(band, edge, recall, certain) : MetricValue.of(reached);
      }
      reached = edge;
    }
    return MetricValue.of(reached);
  }

  private static double share(VulnerableRecall.Counts band, boolean certain) {
    return certain
        ? new Proportion(band.found(), band.regions()).interval(Interval.LEVEL).low()
        : (double) band.found() / band.regions();
  }

  private static MetricValue undefined(
      VulnerableRecall.Counts band, int edge, double recall, boolean certain) {
    return MetricValue.undefined(
        band.regions() == 0
            ? "nobody is within " + edge + " m"
            : String.format(
                Locale.ROOT,
                "%d of %d are found within %d m, %s%.0f %%",
                band.found(),
                band.regions(),
                edge,
                certain ? "not surely " : "less than ",
                100 * recall));
  }
}
