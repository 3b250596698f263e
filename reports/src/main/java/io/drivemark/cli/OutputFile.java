package io.drivemark.cli;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.model.Model;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Small things the commands that write a model have in common. Stateless. */
final class OutputFile {
  private OutputFile() {}

  /** Refuses a name that does not end in {@code .onnx}. */
  static void requireOnnx(Path file) {
    if (!file.getFileName().toString().endsWith(".onnx")) {
      throw new BadInputException(
          "--out is "
              + file
              + ", expected a name that ends in .onnx: models are kept as ONNX alone");
    }
  }

  /** The sentence that says what was written. */
  static String said(Model model, Path file) {
    return "Wrote "
        + model.spec().name()
        + " ("
        + model.spec().architecture()
        + ", "
        + model.network().parameters()
        + " parameters) to "
        + file.toAbsolutePath().normalize();
  }

  /** The network with its first output alone and only what that needs: no auxiliary heads. */
  static Network forInference(Network network) {
    List<String> first = network.outputs().subList(0, 1);
    List<Node> needed = Cost.needed(network, first);
    Set<String> read = new HashSet<>();
    needed.forEach(node -> read.addAll(node.inputs()));
    List<Weight> weights =
        network.weights().values().stream().filter(w -> read.contains(w.name())).toList();
    return new Network(
        network.name(), network.inputs(), needed, weights, first, network.metadata());
  }
}
