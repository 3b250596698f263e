/**
 * Runs a cell over all frames and writes what was counted. Start with {@link
 * io.drivemark.eval.runner.accuracy.AccuracyStage}. {@link
 * io.drivemark.eval.runner.accuracy.EntryForm} puts an entry together.
 */
package io.drivemark.eval.runner.accuracy;
