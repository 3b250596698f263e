package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Dataset;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.problem.BadInputException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The models of a study that have cues around them: variants of the models inside. For one study,
 * for one thread.
 */
final class CuedModels {
  private final Sources sources;
  private final Map<Model, Cues> cues = new IdentityHashMap<>();
  private final Map<String, Model> further = new HashMap<>();

  CuedModels(Sources sources) {
    this.sources = sources;
  }

  /**
   * A model with cues.
   *
   * @param network the model inside
   * @throws BadInputException if cues cannot be put around it
   */
  Model of(ModelSource.Cued source, Model network) {
    requireFit(network);
    ModelSpec inside = network.spec();
    if (inside.provenance().getOrDefault("weights", "").startsWith("random")) {
      throw new BadInputException(
          "model "
              + inside.name()
              + ": its weights are random, and cues change what is answered; take a model that was"
              + " trained");
    }
    ModelSpec spec =
        inside
            .withName(source.name(inside.name()))
            .withVariant(
                new ModelSpec.Variant(
                    Cues.TECHNIQUE,
                    Optional.of(inside.name()),
                    Optional.of(source.cues().shortName())))
            .withProvenance(Map.of(Lineages.PARENT_DIGEST, Models.digest(network)));
    Model model = new Model(spec, network.network(), network.notes(), network.signature());
    cues.put(model, source.cues());
    return model;
  }

  /** What is around a model; empty if that is nothing. */
  Optional<Cues> of(Model model) {
    return Optional.ofNullable(cues.get(model));
  }

  /**
   * A network that a cue runs besides.
   *
   * @throws BadInputException if there is none, or cues cannot make use of it
   */
  Model further(String reference) {
    Model model = further.computeIfAbsent(reference, sources.models());
    requireFit(model);
    return model;
  }

  /** Another split of the dataset that a study names, whole. */
  Dataset split(DatasetSpec spec, String split) {
    return sources
        .datasets()
        .apply(
            new DatasetSpec(spec.name(), spec.root(), split, OptionalInt.empty(), spec.options())
                .request());
  }

  private static void requireFit(Model model) {
    ModelSpec spec = model.spec();
    if (spec.labelsHead().isEmpty() || !spec.otherHeads().isEmpty()) {
      throw new BadInputException(
          "model "
              + spec.name()
              + ": cues need a network that answers with labels alone, found "
              + spec.heads().stream()
                  .map(head -> head.name() + " (" + head.kind().description() + ")")
                  .collect(Collectors.joining(", "))
              + "; take its cues away, or another network");
    }
    if (GatedCells.hasGates(model)) {
      throw new BadInputException(
          "model "
              + spec.name()
              + " switches units for each frame, and cues around such a network are not built; take"
              + " its cues away, or another network");
    }
  }
}
