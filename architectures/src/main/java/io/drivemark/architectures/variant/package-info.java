/**
 * Makes variants of a model: prunes it by scores of its weights or of some frames, measures its
 * normalisation statistics anew, trains it further, and records how it was made so that it can be
 * made again. Start with {@link io.drivemark.architectures.variant.Pruner}, then {@link
 * io.drivemark.architectures.variant.FineTuning} and {@link
 * io.drivemark.architectures.variant.IterativePruning}. Builds on pruning, training, latency and
 * the engines; knows no study and no cell.
 */
package io.drivemark.architectures.variant;
