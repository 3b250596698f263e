/**
 * How well predicted depth agrees with measured depth: errors in metres over chosen pixels, and the
 * share of wrong disparities. Start with {@link io.drivemark.eval.metrics.depth.DepthRule}, then
 * {@link io.drivemark.eval.metrics.depth.DepthScores}. May not know files or networks.
 */
package io.drivemark.eval.metrics.depth;
