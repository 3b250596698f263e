/**
 * Makes the variants that a study's {@code prune} section asks for: pruned, fine-tuned and trained
 * models, each once, so that a killed run goes on. Start with {@link
 * io.drivemark.eval.runner.variant.Variants}. Measures nothing and knows no cells; the only part of
 * the runner that trains and prunes.
 */
package io.drivemark.eval.runner.variant;
