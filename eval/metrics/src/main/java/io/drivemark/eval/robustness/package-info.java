/**
 * What corruptions cost a network, from its accuracies: {@link
 * io.drivemark.eval.robustness.CorruptedScores}. Knows no network, no picture and no count; {@link
 * io.drivemark.eval.metrics.StateScores} has the intervals.
 */
package io.drivemark.eval.robustness;
