package io.drivemark.eval.metrics.gates;

import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How much the gates of a network differ between frames. Immutable.
 *
 * @param frames how many frames they are of, at least 1
 * @param sites in the network's order
 * @param alike the mean over pairs of frames of their Jaccard index: units of all sites that both
 *     have live / units that one of them has live; 1 for frames without a live unit. Of more than
 *     {@value #MOST_FRAMES} frames, over the pairs of so many evenly spread ones; undefined for one
 *     frame
 */
public record GateVariation(int frames, List<Site> sites, MetricValue alike) {
  /** Pairs grow with the square of the frames: of more, so many are compared. */
  public static final int MOST_FRAMES = 500;

  /**
   * The gates of one site over the frames.
   *
   * @param name of the site
   * @param units how many it has
   * @param live how many of its units were live, summed over the frames
   * @param always units that are live in every frame
   * @param never units that are live in none
   */
  public record Site(String name, int units, long live, int always, int never) {
    /** Units that are live in some frames and not in others. */
    public int varying() {
      return units - always - never;
    }
  }

  public GateVariation {
    sites = List.copyOf(sites);
    Objects.requireNonNull(alike, "alike");
  }

  /**
   * Compares frames.
   *
   * @param frames the gates of each frame, of the same sites in the same order; at least one
   * @throws IllegalArgumentException if there is none, or two frames have different sites
   */
  public static GateVariation of(List<List<SiteGates>> frames) {
    if (frames.isEmpty() || frames.get(0).isEmpty()) {
      throw new IllegalArgumentException("gates: there is no frame with a site");
    }
    frames.forEach(frame -> requireSameSites(frames.get(0), frame));
    List<Site> sites = new ArrayList<>();
    for (int s = 0; s < frames.get(0).size(); s++) {
      int index = s;
      sites.add(site(frames.stream().map(frame -> frame.get(index)).toList()));
    }
    return new GateVariation(frames.size(), sites, alike(frames));
  }

  private static void requireSameSites(List<SiteGates> first, List<SiteGates> other) {
    boolean same = first.size() == other.size();
    for (int i = 0; same && i < first.size(); i++) {
      same =
          first.get(i).site().equals(other.get(i).site())
              && first.get(i).units() == other.get(i).units();
    }
    if (!same) {
      throw new IllegalArgumentException(
          "gates: one frame has the sites " + words(first) + ", another " + words(other));
    }
  }

  private static String words(List<SiteGates> gates) {
    return gates.stream()
        .map(g -> g.site() + " (" + g.units() + ")")
        .collect(Collectors.joining(", "));
  }

  private static Site site(List<SiteGates> frames) {
    SiteGates first = frames.get(0);
    BitSet all = first.bits();
    BitSet any = first.bits();
    long live = 0;
    for (SiteGates gates : frames) {
      BitSet bits = gates.bits();
      all.and(bits);
      any.or(bits);
      live += gates.live();
    }
    return new Site(
        first.site(), first.units(), live, all.cardinality(), first.units() - any.cardinality());
  }

  private static MetricValue alike(List<List<SiteGates>> frames) {
    int n = Math.min(frames.size(), MOST_FRAMES);
    if (n < 2) {
      return MetricValue.undefined("one frame has nothing to be compared with");
    }
    List<BitSet> whole = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      whole.add(joined(frames.get((int) ((long) i * frames.size() / n))));
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        BitSet both = (BitSet) whole.get(i).clone();
        both.and(whole.get(j));
        int shared = both.cardinality();
        int either = whole.get(i).cardinality() + whole.get(j).cardinality() - shared;
        sum += either == 0 ? 1 : (double) shared / either;
      }
    }
    return MetricValue.of(2 * sum / ((double) n * (n - 1)));
  }

  /** The units of all sites one behind the other. */
  private static BitSet joined(List<SiteGates> gates) {
    BitSet out = new BitSet();
    int from = 0;
    for (SiteGates site : gates) {
      int offset = from;
      site.bits().stream().forEach(unit -> out.set(offset + unit));
      from += site.units();
    }
    return out;
  }

  /** How many units all sites have. */
  public int units() {
    return sites.stream().mapToInt(Site::units).sum();
  }

  /** The share of the units of all frames that are live. */
  public double liveShare() {
    return (double) sites.stream().mapToLong(Site::live).sum() / ((long) frames * units());
  }

  /** The share of the units that are live in every frame. */
  public double alwaysShare() {
    return (double) sites.stream().mapToInt(Site::always).sum() / units();
  }

  /** The share of the units that are live in no frame. */
  public double neverShare() {
    return (double) sites.stream().mapToInt(Site::never).sum() / units();
  }

  /** The share of the units that are live in some frames and not in others. */
  public double varyingShare() {
    return (double) sites.stream().mapToInt(Site::varying).sum() / units();
  }
}
