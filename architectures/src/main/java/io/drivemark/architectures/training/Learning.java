package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.files.Digests;
import java.util.Objects;
import java.util.Optional;

/**
 * What a network is to learn, and from what besides the frames' truth. Immutable.
 *
 * @param task what it answers
 * @param parent a network whose logits it learns from where the recipe distils: as many outputs,
 *     the same normalisation
 * @param gates how its gates learn; their heads are of group {@value
 *     io.drivemark.architectures.graph.Weight#GATES}
 * @param shrinking what makes it want fewer filters; with it the weights of the last epoch are the
 *     result, for earlier ones are of a larger network
 */
public record Learning(
    LearningTask task,
    Optional<Network> parent,
    Optional<GateLearning> gates,
    Optional<Shrinking> shrinking) {
  public Learning {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(shrinking, "shrinking");
  }

  /** What {@code task} says, from the frames' truth alone. */
  public static Learning of(LearningTask task) {
    return new Learning(task, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Labels at all outputs of a network. */
  public static Learning ofLabels(Network network) {
    return of(new LabelLearning(network.outputs()));
  }

  /**
   * What a model's one head says: labels, with the network's further outputs as auxiliary ones, or
   * depth.
   *
   * @throws io.drivemark.problem.UnavailableException if it has several heads
   */
  public static Learning of(Model model) {
    model.requireOneHead("training");
    Head head = model.spec().heads().get(0);
    return head.kind() instanceof LabelsHead
        ? ofLabels(model.network())
        : of(DepthLearning.of(model.network(), model.outputs().get(0), head.kind()));
  }

  /** The same from another network besides. */
  public Learning from(Optional<Network> other) {
    return new Learning(task, other, gates, shrinking);
  }

  /** The same while something makes the network want fewer filters. */
  public Learning with(Shrinking pressure) {
    return new Learning(task, parent, gates, Optional.of(pressure));
  }

  /** Labels at the outputs that gates name, and the gates themselves. */
  public static Learning of(GateLearning gates) {
    return new Learning(
        new LabelLearning(gates.labels()), Optional.empty(), Optional.of(gates), Optional.empty());
  }

  /** What decides the result besides structure, weights, recipe and frames; "" for plain labels. */
  String digest() {
    String depth = task instanceof DepthLearning d ? d.digest() : "";
    return depth
        + parent.map(p -> " from " + NetworkDigest.of(p)).orElse("")
        + gates.map(g -> " gates " + Digests.of(g.toString())).orElse("")
        + shrinking.map(Shrinking::digest).orElse("");
  }
}
