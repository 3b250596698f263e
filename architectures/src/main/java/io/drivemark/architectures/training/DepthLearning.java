package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A network that learns distances. Immutable.
 *
 * @param outputs the first is its answer; the others are the same at coarser scales, which learn
 *     from pairs of photographs alone
 * @param kind what the answer's numbers are, of those kinds that are decoded to depth
 */
public record DepthLearning(List<String> outputs, HeadKind kind) implements LearningTask {
  public DepthLearning {
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(kind, "kind");
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("depth of no output");
    }
  }

  /** One output. */
  public DepthLearning(String output, HeadKind kind) {
    this(List.of(output), kind);
  }

  /**
   * A network's answer; of disparities with the values of the network that are called alike but for
   * a number behind, its other scales: {@code disparity2} beside {@code disparity1}.
   */
  static DepthLearning of(Network network, String answer, HeadKind kind) {
    if (!(kind instanceof DisparityHead)) {
      return new DepthLearning(answer, kind);
    }
    String stem = answer.replaceAll("[0-9]+$", "");
    Set<String> others = new TreeSet<>();
    network.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(v -> !stem.equals(answer) && v.matches(Pattern.quote(stem) + "[0-9]"))
        .forEach(others::add);
    others.remove(answer);
    List<String> all = new ArrayList<>(List.of(answer));
    all.addAll(others);
    return new DepthLearning(all, kind);
  }

  /** The answer. */
  public String output() {
    return outputs.get(0);
  }

  /** Whether the answer is a share of the width, so that a cut-out must be as wide as the frame. */
  boolean isShareOfWidth() {
    return kind instanceof DisparityHead;
  }

  /**
   * The size that frames are brought to before anything is cut out of them, and at which val is
   * predicted; empty: they stay as they are. Of disparities it is the cut-outs' where nothing says
   * another.
   */
  public Optional<Size> size(InputSpec input, TrainingRecipe recipe) {
    Optional<Size> said = recipe.depth().resize().or(input::size);
    return isShareOfWidth()
        ? said.or(() -> Optional.of(new Size(recipe.cropHeight(), recipe.cropWidth())))
        : said;
  }

  /** What is minimised: what the recipe says; else pairs for disparities, if there are some. */
  DepthRecipe.Error error(Dataset train, TrainingRecipe recipe) {
    return recipe
        .depth()
        .loss()
        .orElseGet(
            () ->
                isShareOfWidth() && train.frame(0).right().isPresent()
                    ? DepthRecipe.Error.STEREO
                    : DepthRecipe.Error.DEPTH);
  }

  @Override
  public Map<String, String> facts(Dataset train, TrainingRecipe recipe) {
    return Map.of(
        "task",
        Task.DEPTH.word(),
        "learned",
        kind.description(),
        "learned-from",
        error(train, recipe).name().toLowerCase(Locale.ROOT));
  }

  /** What a checkpoint knows it by. */
  String digest() {
    return " depth " + (outputs.size() == 1 ? output() : outputs.toString()) + " " + kind;
  }
}
