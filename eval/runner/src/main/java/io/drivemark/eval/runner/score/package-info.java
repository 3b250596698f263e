/**
 * Scores label maps that any tool made, and says what is doubtful about how they were read. Start
 * with {@link io.drivemark.eval.runner.score.Scorer}. Reads no image and runs no network.
 */
package io.drivemark.eval.runner.score;
