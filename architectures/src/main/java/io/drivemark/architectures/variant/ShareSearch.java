package io.drivemark.architectures.variant;

/**
 * Which predicted share to ask for so that a certain share is measured: first that share itself,
 * then where a line through the two nearest measurements meets it. Not thread-safe.
 *
 * <p>Example: wanted 0.6, asked 0.6, measured 0.8: the line through (1, 1) and (0.6, 0.8) meets 0.6
 * at 0.2; no more than half of what was asked is given up at a time, so 0.3 is next.
 */
final class ShareSearch {
  /** Asked shares closer than this are one. */
  private static final double RESOLUTION = 0.005;

  /** A new share stays this part of the interval away from its ends. */
  private static final double MARGIN = 0.1;

  private final double wanted;
  private final double least;
  private Point slow = new Point(1, 1);
  private Point slower = slow;
  private Point fast;

  /** A predicted share that was asked for and what was measured of the result. */
  private record Point(double predicted, double measured) {}

  /**
   * @param wanted the share that is to be measured
   * @param least the least predicted share that can be asked for
   */
  ShareSearch(double wanted, double least) {
    this.wanted = wanted;
    this.least = least;
  }

  /** What a share that was asked for gave. */
  void found(double predicted, double measured) {
    if (measured <= wanted) {
      fast = new Point(predicted, measured);
    } else {
      slower = slow;
      slow = new Point(predicted, measured);
    }
  }

  /** Whether there is anything left to ask for. */
  boolean isOpen() {
    return slow.predicted() - (fast == null ? least : fast.predicted()) > RESOLUTION;
  }

  /** The share to ask for next. */
  double next() {
    if (slow.predicted() == 1 && fast == null) {
      return Math.min(1, Math.max(least, wanted));
    }
    if (fast == null) {
      double met = met(slow, slower);
      return Math.max(
          least, Math.max(slow.predicted() / 2, Math.min(met, (1 - MARGIN) * slow.predicted())));
    }
    double margin = MARGIN * (slow.predicted() - fast.predicted());
    return Math.max(
        fast.predicted() + margin, Math.min(slow.predicted() - margin, met(fast, slow)));
  }

  /** Where a line meets what is wanted; a line that does not ascend is none. */
  private double met(Point one, Point two) {
    double slope = (two.measured() - one.measured()) / (two.predicted() - one.predicted());
    return slope > 0 ? one.predicted() + (wanted - one.measured()) / slope : one.predicted() / 2;
  }
}
