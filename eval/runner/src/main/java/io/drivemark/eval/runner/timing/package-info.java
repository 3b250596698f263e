/**
 * Times the cells of a study in rotations, and its operators one by one. Start with {@link
 * io.drivemark.eval.runner.timing.LatencyStage}. Decides nothing about who is faster.
 */
package io.drivemark.eval.runner.timing;
