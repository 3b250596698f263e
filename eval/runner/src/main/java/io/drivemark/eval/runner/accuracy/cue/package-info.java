/**
 * Goes through frames along sequences, for networks with cues around them. Start with {@link
 * io.drivemark.eval.runner.accuracy.cue.SequencePass}.
 */
package io.drivemark.eval.runner.accuracy.cue;
