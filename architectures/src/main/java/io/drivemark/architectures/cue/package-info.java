/**
 * What is put around a network while it sees a sequence: answers that are kept for some frames,
 * scores that are smoothed over time or weighed by place, several networks together. Start with
 * {@link io.drivemark.architectures.cue.FramePath}, the way of a frame to its labels, and {@link
 * io.drivemark.architectures.cue.Cue}, which a new one implements; {@link
 * io.drivemark.architectures.cue.Cues} puts some around a network, in the order of a study. One
 * more kind is a {@link io.drivemark.architectures.cue.CueType} named in {@code
 * META-INF/services/io.drivemark.architectures.cue.CueType}. Knows heads and labelling; no engine
 * but for its buffers, no clock, no metric.
 */
package io.drivemark.architectures.cue;
