/**
 * Runs studies: every model on every dataset with every engine, accuracy and speed, each finished
 * cell kept at once so that a killed run continues. Start with {@link
 * io.drivemark.eval.runner.Runner} for studies, {@link io.drivemark.eval.runner.Predictor} for
 * label maps as files and {@link io.drivemark.eval.runner.score.Scorer} for predictions of other
 * tools; results are in {@link io.drivemark.eval.runner.record}. Knows no report and no command
 * line; touches engines only through {@link io.drivemark.architectures.engine.Engine}.
 *
 * <p>The rooms, each of which knows only those before it: {@code record} and {@code study}
 * (values), {@code tasks}, {@code inference}, {@code evidence}, {@code derive}, {@code plan},
 * {@code store}, then {@code accuracy}, {@code timing}, {@code score} and {@code depth}. {@code
 * variant}, {@code reach} and {@code environment} stand beside them.
 */
package io.drivemark.eval.runner;
