/**
 * The gauges of the project, one class each. {@link io.drivemark.eval.gauge.Gauges} finds them; who
 * needs the typed counts behind a figure asks the gauge's own class.
 */
package io.drivemark.eval.gauge.standard;
