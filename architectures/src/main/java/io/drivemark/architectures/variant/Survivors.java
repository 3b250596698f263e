package io.drivemark.architectures.variant;

import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.PlanFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What pruning left of a model, by its own notes. Immutable.
 *
 * @param layers the parent's, in its order; empty if the parent's are not known
 * @param removedUnits names of units of layers that were removed as a whole
 */
public record Survivors(List<Layer> layers, List<String> removedUnits) {

  /**
   * What is left of a layer.
   *
   * @param name the convolution's
   * @param isDecoder as {@link LayerWidth#isDecoder}
   * @param before filters of the parent
   * @param after filters of the variant, 0 if the layer is gone
   */
  public record Layer(String name, boolean isDecoder, int before, int after) {
    public Layer {
      Objects.requireNonNull(name, "name");
    }
  }

  public Survivors {
    layers = List.copyOf(layers);
    removedUnits = List.copyOf(removedUnits);
  }

  /**
   * Reads a pruned model's notes.
   *
   * @param parent the model it was pruned from, where it is at hand: older models do not note its
   *     widths
   * @throws io.drivemark.problem.BadInputException if the notes are damaged
   */
  public static Survivors of(Model model, Optional<Model> parent, int height, int width) {
    Map<String, String> facts = model.spec().provenance();
    String name = model.spec().name();
    List<String> removed =
        Optional.ofNullable(facts.get("plan"))
            .map(text -> PlanFile.parse(name + ": its plan", text).layers())
            .orElse(List.of());
    Optional<List<LayerWidth>> before =
        facts.containsKey(LayerWidth.PARENT_LAYERS)
            ? Optional.of(
                LayerWidth.parse(
                    name + ": its " + LayerWidth.PARENT_LAYERS,
                    facts.get(LayerWidth.PARENT_LAYERS)))
            : parent.flatMap(p -> widths(p, height, width));
    return new Survivors(
        before
            .map(b -> layers(b, widths(model, height, width).orElse(List.of())))
            .orElse(List.of()),
        removed);
  }

  private static Optional<List<LayerWidth>> widths(Model model, int height, int width) {
    try {
      return Optional.of(LayerWidth.of(model.network(), height, width));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // it does not take this size, so it is not run at it either
    }
  }

  /** Layers that are wider than the parent's were not made by pruning it: then nothing is told. */
  private static List<Layer> layers(List<LayerWidth> before, List<LayerWidth> after) {
    Map<String, Integer> left = new HashMap<>();
    after.forEach(w -> left.put(w.layer(), w.filters()));
    boolean fits =
        !left.isEmpty()
            && before.stream().allMatch(w -> left.getOrDefault(w.layer(), 0) <= w.filters());
    return fits
        ? before.stream()
            .map(
                w ->
                    new Layer(
                        w.layer(), w.isDecoder(), w.filters(), left.getOrDefault(w.layer(), 0)))
            .toList()
        : List.of();
  }
}
