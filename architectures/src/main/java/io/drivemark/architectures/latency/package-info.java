/**
 * How long a network takes on this machine, predicted from the times of its pieces and measured
 * against another network. Start with {@link io.drivemark.architectures.latency.PredictedLatency}
 * and {@link io.drivemark.architectures.latency.LatencyMeter}; measured times are kept by {@link
 * io.drivemark.architectures.latency.LatencyTable}. Knows networks and engines; may not depend on
 * pruning.
 */
package io.drivemark.architectures.latency;
