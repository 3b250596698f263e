/**
 * Statistics of measured values: percentiles by named estimators, bootstrap intervals over
 * clusters, adjusted p-values, shares with exact intervals, order-statistic intervals and the
 * sample sizes a percentile needs. Start with {@link io.drivemark.eval.statistics.Percentiles} and
 * {@link io.drivemark.eval.statistics.Bootstrap}. The only package that may use Commons Math; knows
 * nothing of metrics, latency or networks.
 */
package io.drivemark.eval.statistics;
