/**
 * Judges networks on corrupted frames and under other weather and light: start with {@link
 * io.drivemark.eval.runner.robust.RobustnessStage}. What it finds belongs to finished cells and has
 * a key of its own.
 */
package io.drivemark.eval.runner.robust;
