/**
 * What cues around networks made of their runs, from evidence alone. No network runs. Start with
 * {@link io.drivemark.eval.runner.derive.cue.CueRuns}.
 */
package io.drivemark.eval.runner.derive.cue;
