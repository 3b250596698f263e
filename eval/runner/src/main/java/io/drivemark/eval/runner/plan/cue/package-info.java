/**
 * Cues around the networks of a study, ready for one dataset. Start with {@link
 * io.drivemark.eval.runner.plan.cue.CellCues}. Opens nothing.
 */
package io.drivemark.eval.runner.plan.cue;
