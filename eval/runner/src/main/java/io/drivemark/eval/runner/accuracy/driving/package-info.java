/** Counts what late answers are worth while a network goes through the frames of a split. */
package io.drivemark.eval.runner.accuracy.driving;
