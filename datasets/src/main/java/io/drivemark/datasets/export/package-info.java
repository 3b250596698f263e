/**
 * Writes samples as files that other tools read: start with {@link
 * io.drivemark.datasets.export.CamVidWriter}. Knows file layouts; it does not know where samples
 * come from, and no metric.
 */
package io.drivemark.datasets.export;
