package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.model.Model;
import java.util.List;

/**
 * The variants of a study, made now or before. Immutable.
 *
 * @param models in the study's order, without those that could not be made
 * @param issues what could not be made and why, a sentence each that begins with the variant's name
 */
public record MadeVariants(List<Model> models, List<String> issues) {
  /** A study without variants. */
  public static final MadeVariants NONE = new MadeVariants(List.of(), List.of());

  public MadeVariants {
    models = List.copyOf(models);
    issues = List.copyOf(issues);
  }
}
