package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.variant.Survivors;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.detail.Lineage;
import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a pruned model's own notes where it comes from. Stateless. */
public final class Lineages {
  /** How the fact {@code start} begins where nothing of the parent's weights was kept. */
  private static final String RANDOM = "random weights";

  /** The fact that says which network a model was made from. */
  static final String PARENT_DIGEST = "parent-digest";

  private Lineages() {}

  /**
   * Where a model comes from; empty if it was made from no other.
   *
   * @param parent the model it was pruned from, where it is at hand
   * @throws io.drivemark.problem.BadInputException if its notes are damaged
   */
  public static Optional<Lineage> of(Model model, Optional<Model> parent, FrameSize input) {
    if (model.spec().variant().parent().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> facts = model.spec().provenance();
    if (model.spec().variant().technique().equals(Cues.TECHNIQUE)) { // nothing was removed
      return Optional.of(
          new Lineage(
              facts.getOrDefault(PARENT_DIGEST, ""),
              "",
              "",
              Optional.empty(),
              List.of(),
              List.of()));
    }
    Survivors survivors = Survivors.of(model, parent, input.height(), input.width());
    return Optional.of(
        new Lineage(
            facts.getOrDefault(PARENT_DIGEST, ""),
            facts.getOrDefault("prune-goal", ""),
            facts.getOrDefault("prune-seed", ""),
            training(facts),
            survivors.layers().stream()
                .map(l -> new KeptLayer(l.name(), l.isDecoder(), l.before(), l.after()))
                .toList(),
            survivors.removedUnits()));
  }

  private static Optional<Lineage.Training> training(Map<String, String> facts) {
    if (!facts.containsKey("recipe")) {
      return Optional.empty();
    }
    String epochs = facts.getOrDefault("epochs", "");
    return Optional.of(
        new Lineage.Training(
            epochs.matches("[0-9]{1,9}") ? Integer.parseInt(epochs) : 0,
            facts.getOrDefault("start", "").startsWith(RANDOM),
            facts.get("recipe")));
  }
}
