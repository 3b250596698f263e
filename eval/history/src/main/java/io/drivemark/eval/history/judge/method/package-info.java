/**
 * How a night is judged: {@link io.drivemark.eval.history.judge.method.Judge}. Latencies are
 * normalised by what all cells of a rotation have in common ({@code Latencies}), tonight's are held
 * against their nights before ({@code NightTest}, {@code Confirmation}), all nights are searched
 * for changes of level ({@code LevelTest}) and for creeping ({@code DriftTest}); accuracy is
 * compared exactly ({@code AccuracyTest}). {@code EventBook} makes events of findings. Functions of
 * values; no file, no database, no clock.
 */
package io.drivemark.eval.history.judge.method;
