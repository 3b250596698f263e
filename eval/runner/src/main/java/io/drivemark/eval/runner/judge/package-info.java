/**
 * What is counted of a prediction on one frame. Start with {@link
 * io.drivemark.eval.runner.judge.FrameJudge}. Holds rules and no sums.
 */
package io.drivemark.eval.runner.judge;
