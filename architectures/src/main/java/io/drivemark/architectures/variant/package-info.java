/**
 * Makes variants of a model: prunes it by scores of its weights or of some frames, measures its
 * normalisation statistics anew, trains it further, and records how it was made so that it can be
 * made again. Start with {@link io.drivemark.architectures.variant.VariantMaker}, the one path of
 * the command line and of studies, then {@link io.drivemark.architectures.variant.Pruner}, {@link
 * io.drivemark.architectures.variant.IterativePruning} and {@link
 * io.drivemark.architectures.variant.FineTuning}. Builds on pruning, training, latency and the
 * engines; knows no study and no cell.
 */
package io.drivemark.architectures.variant;
