/**
 * Joins what late answers are worth with measured latencies. No network runs. Start with {@link
 * io.drivemark.eval.runner.derive.driving.Drivings}.
 */
package io.drivemark.eval.runner.derive.driving;
