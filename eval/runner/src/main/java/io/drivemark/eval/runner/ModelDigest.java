package io.drivemark.eval.runner;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.model.Model;
import java.security.MessageDigest;

/**
 * The digest of everything that makes a model what it is: description, graph and weights. Two
 * models with one digest give the same numbers under the same name. Stateless.
 */
final class ModelDigest {
  private ModelDigest() {}

  static String of(Model model) {
    MessageDigest sha = Digests.sha();
    Digests.line(sha, "drivemark-model/1");
    Digests.line(sha, model.spec().toString());
    Network network = model.network();
    network.inputs().forEach(i -> Digests.line(sha, "input " + i.name() + " " + i.shape()));
    for (Node node : network.nodes()) {
      Digests.line(sha, "node " + node.name() + " " + node.op() + node.inputs() + node.outputs());
    }
    for (Weight weight : network.weights().values()) {
      Digests.line(sha, "weight " + weight.name() + " " + weight.tensor());
      if (weight.tensor().isFloat()) {
        Digests.floats(sha, weight.tensor().sharedFloats());
      } else {
        Digests.longs(sha, weight.tensor().longs());
      }
    }
    Digests.line(sha, "outputs " + network.outputs());
    return Digests.hex(sha.digest());
  }
}
