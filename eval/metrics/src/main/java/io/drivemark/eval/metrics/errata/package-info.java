/**
 * Published tools that are provably wrong somewhere: what they print and what their definition
 * means, side by side, so that a reader can tell why two numbers differ. Start with {@link
 * io.drivemark.eval.metrics.errata.Errata}. May not know files or networks.
 */
package io.drivemark.eval.metrics.errata;
