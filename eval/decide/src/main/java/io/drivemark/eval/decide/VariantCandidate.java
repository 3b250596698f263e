package io.drivemark.eval.decide;

import java.util.Objects;

/**
 * A pruned variant of a family. Immutable.
 *
 * @param candidate its accuracy and speed
 * @param technique filter, layer, joint or dynamic
 * @param recipe everything by which its making differs from others': technique, criterion and what
 *     is not usual
 * @param fromScratch whether its structure was trained from random weights: a control, no technique
 */
public record VariantCandidate(
    Candidate candidate, String technique, String recipe, boolean fromScratch) {
  public VariantCandidate {
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(technique, "technique");
    Objects.requireNonNull(recipe, "recipe");
  }
}
