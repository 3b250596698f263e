/**
 * Runs studies: every model on every dataset with every engine, accuracy and speed, each finished
 * cell kept at once so that a killed run continues. Start with {@link
 * io.drivemark.eval.runner.Runner} for studies and {@link io.drivemark.eval.runner.Scorer} for
 * predictions of other tools; results are in {@link io.drivemark.eval.runner.record}. Knows no
 * report and no command line; touches engines only through {@link
 * io.drivemark.architectures.engine.Engine}.
 */
package io.drivemark.eval.runner;
