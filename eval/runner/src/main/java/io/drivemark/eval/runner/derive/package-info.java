/**
 * From evidence to the numbers of a record: accuracy, intervals, slices, diagnosis, latency,
 * differences. Start with {@link io.drivemark.eval.runner.derive.Accuracies}. Opens no model, no
 * dataset and no cell.
 */
package io.drivemark.eval.runner.derive;
