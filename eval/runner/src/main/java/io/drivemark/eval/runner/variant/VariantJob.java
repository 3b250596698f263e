package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.eval.runner.study.VariantSpec;
import io.drivemark.files.Digests;
import java.util.Objects;
import java.util.Optional;

/**
 * One variant with everything resolved. Immutable.
 *
 * @param name how the study calls it
 * @param spec what was asked for
 * @param parent what it is made from; empty for an architecture
 * @param size of the images it is given
 * @param recipe how it is trained; empty = not at all
 * @param roundRecipe how it is trained between rounds of pruning; empty = not at all
 * @param planRequest what the plan depends on, line by line; empty where nothing is removed
 * @param request what the finished model depends on, line by line
 */
record VariantJob(
    String name,
    VariantSpec spec,
    Optional<Model> parent,
    Size size,
    Optional<TrainingRecipe> recipe,
    Optional<TrainingRecipe> roundRecipe,
    String planRequest,
    String request) {
  VariantJob {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(roundRecipe, "roundRecipe");
    Objects.requireNonNull(planRequest, "planRequest");
    Objects.requireNonNull(request, "request");
  }

  /** Identifies the request: equal digests ask for the same model. */
  String digest() {
    return Digests.of(request);
  }

  /** The parent for images of this job's size. */
  Model parentAtSize() {
    Model model = parent.orElseThrow();
    return new Model(model.spec().withSize(size), model.network());
  }

  /** Digest of the parent's file. */
  String parentDigest() {
    return Models.digest(parent.orElseThrow());
  }
}
