/**
 * Writes frames as files that other tools read: {@link io.drivemark.datasets.export.CamVidWriter}
 * writes CamVid's layout. Knows file layouts; it does not know where frames come from, and no
 * metric.
 */
package io.drivemark.datasets.export;
