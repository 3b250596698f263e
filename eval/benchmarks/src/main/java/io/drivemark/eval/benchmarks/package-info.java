/**
 * Compares the inner loops with plain implementations of the same, in one run, on a driving frame
 * of 1024×2048 pixels and 19 classes. Start with {@link io.drivemark.eval.benchmarks.Main}, which
 * prints ratios with their spread. Each benchmark checks that both ways agree before it times them.
 * {@link io.drivemark.eval.benchmarks.GateSpeed} times networks with gates in each form against the
 * static networks cut to the same units, {@link io.drivemark.eval.benchmarks.SessionBands} how much
 * sessions of one network differ, {@link io.drivemark.eval.benchmarks.TrainingSpeed} what a
 * training costs an image, by part. Nothing depends on this module.
 */
package io.drivemark.eval.benchmarks;
