/**
 * What dynamic pruning would save, known before anything is trained: a dense network is run over
 * frames, and for a ratio it is counted which units each frame would use, what that costs, how much
 * it differs between frames, and what the clock would give. Start with {@link
 * io.drivemark.architectures.estimate.GateEstimate}. Knows pruning, latency and the engines, not
 * how models are made.
 */
package io.drivemark.architectures.estimate;
