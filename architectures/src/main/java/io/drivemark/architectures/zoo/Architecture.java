package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.datasets.Task;
import java.util.List;
import java.util.Map;

/**
 * A family of networks for segmentation or depth: builds one from options. Found by name through
 * {@link Architectures} (ServiceLoader). Implementations have no state and are safe to share
 * between threads.
 */
public interface Architecture {
  /** The name studies and model files use, for example {@code enet}. */
  String name();

  /** One sentence for people: what it is and from which paper. */
  String summary();

  /** What can be chosen, with defaults; may be empty. */
  List<Option> options();

  /**
   * Builds a network with random weights.
   *
   * <p>Its only input is {@code image}, float32 [1, 3, H, W], normalised, of any size from {@link
   * #smallestSize()} on. Output 0 is the logits, float32 [1, classes, h, w], unnormalised; h and w
   * are the input's or, where the class says so, a fraction of it that the caller upsamples. Of an
   * architecture with {@link #heads}, output 0 is what the first of them reads, and the classes do
   * not matter. Further outputs are there for training alone.
   *
   * @param options values by option name; an option that is missing has its default
   * @param classes number of output channels, at least {@link #fewestClasses()}
   * @param seed decides the initial weights
   * @throws io.drivemark.problem.BadInputException if an option is unknown or its value is not
   *     possible, or there are too few classes; the message lists all problems
   */
  Network build(Map<String, String> options, int classes, long seed);

  /**
   * Options that can be read off published weights, for those a model file does not give.
   *
   * @param weights shapes by name, as in the published state dict
   * @param classes number of output channels
   */
  default Map<String, String> optionsOf(Map<String, Shape> weights, int classes) {
    return Map.of();
  }

  /**
   * What the outputs mean of a network that answers with other than labels; none for one whose
   * output 0 is scores of the classes it is built for.
   *
   * @param options as for {@link #build}, which refuses wrong ones; here they count as not given
   */
  default List<Head> heads(Map<String, String> options) {
    return List.of();
  }

  /** What its networks are asked for, whatever the options. */
  default Task task() {
    return heads(Map.of()).stream()
        .flatMap(head -> head.kind().task().stream())
        .findFirst()
        .orElse(Task.SEGMENTATION);
  }

  /** The fewest classes it can tell apart; {@link #build} refuses fewer. */
  default int fewestClasses() {
    return 1;
  }

  /** The smallest height and width it can run on. */
  default int smallestSize() {
    return 32;
  }
}
