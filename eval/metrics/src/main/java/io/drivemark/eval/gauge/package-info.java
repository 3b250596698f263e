/**
 * Ways of judging predictions. Start with {@link io.drivemark.eval.gauge.Gauge}, which a new metric
 * implements; {@link io.drivemark.eval.gauge.GaugePass} counts frames, {@link
 * io.drivemark.eval.gauge.Pool} is what figures are read from. Knows no network, no file and no
 * report.
 */
package io.drivemark.eval.gauge;
