/**
 * Which units of a gated network frames switch on, and how much that differs from frame to frame.
 * Start with {@link io.drivemark.eval.metrics.gates.SiteGates}, then {@link
 * io.drivemark.eval.metrics.gates.GateVariation}. May not know files or networks.
 */
package io.drivemark.eval.metrics.gates;
