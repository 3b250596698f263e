/**
 * Paths of frames through opened networks, with cues around them. Start with {@link
 * io.drivemark.eval.runner.inference.cue.CuedPipeline}.
 */
package io.drivemark.eval.runner.inference.cue;
