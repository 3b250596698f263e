package io.drivemark.architectures.latency;

import java.util.Locale;

/**
 * What part of one network's latency another has, measured side by side. Immutable.
 *
 * @param share latency of the part / latency of the whole: the median, over rounds in which both
 *     had their turn, of the quotient of their medians
 * @param halfBand half the A-A band: how far the whole's share of itself, measured in a second
 *     session of it by the same estimate, strays from 1 at most (95 % interval); shares closer than
 *     this are ties
 * @param wholeMillis the median latency of the whole
 * @param partMillis that of the part
 */
public record MeasuredShare(double share, double halfBand, double wholeMillis, double partMillis) {
  /**
   * What can be asked for where less than this share cannot be had, as the end of a message: the
   * share and half its band, rounded up to two digits. A part that may be as slow as the whole
   * leaves nothing to ask for.
   */
  public String nearest() {
    double sure = Math.ceil((share + halfBand) * 100) / 100;
    return sure < 1
        ? String.format(Locale.ROOT, "Ask for %.2f or more", sure)
        : "The A-A band leaves no share under 1 to ask for: measure on a quieter machine";
  }
}
