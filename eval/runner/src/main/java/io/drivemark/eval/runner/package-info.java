/**
 * Runs studies: every model on every dataset with every engine, accuracy and speed, each finished
 * cell kept at once so that a killed run continues. Start with {@code Runner}; what it finds is in
 * {@link io.drivemark.eval.runner.record}. Knows no report and no command line; touches engines
 * only through {@link io.drivemark.architectures.engine.Engine}.
 */
package io.drivemark.eval.runner;
