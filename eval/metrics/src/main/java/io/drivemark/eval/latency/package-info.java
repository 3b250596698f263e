/**
 * How long one frame takes, measured so that two candidates can be compared: warm-up until steady,
 * candidates interleaved in blocks, and the first candidate prepared a second time as an A-A
 * control whose difference is the resolution of the measurement. Start with {@link
 * io.drivemark.eval.latency.LatencyProtocol}; {@link io.drivemark.eval.latency.LatencySummary} sums
 * samples up. Knows nothing of networks: what is timed is a {@link
 * io.drivemark.eval.latency.Timed}.
 */
package io.drivemark.eval.latency;
