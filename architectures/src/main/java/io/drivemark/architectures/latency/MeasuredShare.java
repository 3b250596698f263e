package io.drivemark.architectures.latency;

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
public record MeasuredShare(double share, double halfBand, double wholeMillis, double partMillis) {}
