/**
 * Variants of a model: pruned by what its weights or some frames say, its normalisation measured
 * anew, trained further, and described so that it can be made again. Start with {@link
 * io.drivemark.architectures.variant.Pruner}. Builds on pruning, training and the engines.
 */
package io.drivemark.architectures.variant;
