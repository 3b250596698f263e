package io.drivemark.eval.runner.record.detail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a pruned model came to be, as far as the comparison with its parent needs it. Immutable.
 *
 * @param parentDigest SHA-256 of the parent's graph and weights, hexadecimal; empty if not stored
 * @param goal what was asked for, for example {@code macs=0.6 at 360x480, scope layer}
 * @param seed of what was drawn at random
 * @param training how it was trained after pruning; absent if it was not
 * @param layers the parent's layers in its order with what is left of them; empty if the parent's
 *     are not known
 * @param removedUnits names of units of layers that were removed as a whole
 */
public record Lineage(
    String parentDigest,
    String goal,
    String seed,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Training> training,
    List<KeptLayer> layers,
    List<String> removedUnits) {

  /**
   * Training after pruning.
   *
   * @param epochs times through the split
   * @param fromScratch whether it began with random weights instead of the parent's
   * @param recipe all else, in one line
   */
  public record Training(int epochs, boolean fromScratch, String recipe) {
    public Training {
      Objects.requireNonNull(recipe, "recipe");
    }
  }

  /**
   * What is left of a layer.
   *
   * @param name the convolution's
   * @param isDecoder whether it lies behind something that upsamples, or upsamples itself
   * @param before filters of the parent
   * @param after filters of the variant, 0 if the layer is gone
   */
  public record KeptLayer(
      String name, @JsonProperty("decoder") boolean isDecoder, int before, int after) {
    public KeptLayer {
      Objects.requireNonNull(name, "name");
      if (before < 1 || after < 0 || after > before) {
        throw new IllegalArgumentException(
            "layer " + name + ": " + after + " of " + before + " filters kept");
      }
    }
  }

  public Lineage {
    Objects.requireNonNull(parentDigest, "parentDigest");
    Objects.requireNonNull(goal, "goal");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(training, "training");
    layers = List.copyOf(layers);
    removedUnits = List.copyOf(removedUnits);
  }
}
