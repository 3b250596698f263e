/**
 * The files of a cell that its record follows from: counts by frame, timed runs, the network sheet.
 * Start with {@link io.drivemark.eval.runner.evidence.Evidence}. Writes and reads; derives nothing.
 */
package io.drivemark.eval.runner.evidence;
