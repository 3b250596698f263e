/**
 * From a frame to what a network's heads answer: preprocess, engine, decode, and what looks wrong
 * on the first frames. Start with {@link io.drivemark.eval.runner.inference.InferencePipeline}.
 * Counts nothing.
 */
package io.drivemark.eval.runner.inference;
