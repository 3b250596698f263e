/**
 * What a record says of cues around a network: start with {@link
 * io.drivemark.eval.runner.record.cue.CueFacts}. Values alone; made by {@code derive}.
 */
package io.drivemark.eval.runner.record.cue;
