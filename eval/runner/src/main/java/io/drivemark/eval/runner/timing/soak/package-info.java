/**
 * Runs networks at a camera's pace, each alone, and keeps when each picture was answered. Start
 * with {@link io.drivemark.eval.runner.timing.soak.SoakStage}.
 */
package io.drivemark.eval.runner.timing.soak;
