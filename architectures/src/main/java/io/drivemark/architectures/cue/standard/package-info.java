/**
 * The project's cues: answers kept between key frames or while nothing moves, scores smoothed over
 * time or weighed by place, several networks together. Each is one record that reads itself and
 * puts itself around a path.
 */
package io.drivemark.architectures.cue.standard;
