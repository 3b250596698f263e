/**
 * Photographs made worse on purpose, exact to the byte on every machine. Start with {@link
 * io.drivemark.datasets.corruption.Corruption}, which a new one implements, and {@link
 * io.drivemark.datasets.corruption.Corruptions}, which finds those installed; {@link
 * io.drivemark.datasets.corruption.Corrupted} is a dataset seen through one. Knows no network and
 * no metric.
 */
package io.drivemark.datasets.corruption;
