/**
 * How well predictions agree with the truth: confusion counts as longs and metrics as functions of
 * them. Start with {@link io.drivemark.eval.metrics.ConfusionAccumulator}, which turns label maps
 * into a {@link io.drivemark.eval.metrics.ConfusionMatrix}, and {@link
 * io.drivemark.eval.metrics.Protocol}, which turns the matrices of a run into {@link
 * io.drivemark.eval.metrics.Scores}. Knows label maps and nothing of networks, engines or files; an
 * undefined value is a type, not a number.
 */
package io.drivemark.eval.metrics;
