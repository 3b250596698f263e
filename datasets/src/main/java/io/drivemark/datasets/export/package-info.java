/**
 * Writes samples as files that other tools read: start with {@link
 * io.drivemark.datasets.export.CamVidWriter}. Knows layouts, not where samples come from.
 */
package io.drivemark.datasets.export;
