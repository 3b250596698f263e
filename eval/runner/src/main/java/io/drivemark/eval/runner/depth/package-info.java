/**
 * Scores depth and disparity maps that any tool made. Start with {@link
 * io.drivemark.eval.runner.depth.DepthScorer}. Runs no network.
 */
package io.drivemark.eval.runner.depth;
