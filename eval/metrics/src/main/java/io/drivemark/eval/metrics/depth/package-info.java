/**
 * How well predicted depth agrees with measured depth. Start with {@link
 * io.drivemark.eval.metrics.depth.DepthRule}. May not know files or networks.
 */
package io.drivemark.eval.metrics.depth;
