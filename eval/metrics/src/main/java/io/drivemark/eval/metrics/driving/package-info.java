/**
 * Accuracy in the metres that a planner thinks in: who is found how far away ({@link
 * io.drivemark.eval.metrics.driving.FoundByDistance}), where the drivable ground ends ({@link
 * io.drivemark.eval.metrics.driving.Freespace}), which obstacles are there and which are not
 * ({@link io.drivemark.eval.metrics.driving.ComponentScores}), stixels ({@link
 * io.drivemark.eval.metrics.driving.Stixels}). What is kept of an image are integers that add up.
 * May not know files or networks.
 */
package io.drivemark.eval.metrics.driving;
