package io.drivemark.architectures.onnx;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Makes a network that takes a fixed number of images at once take one. Where every operator works
 * on each image by itself the batch extent is made free; else the image is repeated and the first
 * answer is read. Stateless.
 */
final class FixedBatch {
  private FixedBatch() {}

  /** The network for one image; the same if it takes one already. */
  static OnnxReader.Reading freed(Network network, String source, List<String> notes) {
    if (network.inputs().size() != 1) {
      return new OnnxReader.Reading(network, notes);
    }
    NetworkInput image = network.inputs().get(0);
    int batch = image.shape().hasRank() && image.shape().rank() == 4 ? image.shape().extent(0) : 1;
    if (batch <= 1) {
      return new OnnxReader.Reading(network, notes);
    }
    if (ImageByImage.holds(network)) {
      notes.add(
          "it was exported for "
              + batch
              + " images at once; all its operators work on each image by itself, so it is run on"
              + " one");
      return new OnnxReader.Reading(
          new Network(
              network.name(),
              List.of(new NetworkInput(image.name(), image.shape().with(0, Shape.UNKNOWN))),
              network.nodes(),
              network.weights().values(),
              network.outputs(),
              network.metadata()),
          notes);
    }
    notes.add(
        "it was exported for "
            + batch
            + " images at once and computes with that number: every image is repeated "
            + batch
            + " times and the first answer is read, so its time is that of "
            + batch
            + " images; export it for one image to measure its speed");
    return new OnnxReader.Reading(repeated(network, image, batch, source), notes);
  }

  private static Network repeated(Network network, NetworkInput image, int batch, String source) {
    String all = image.name() + "//batch";
    Map<String, String> names = Map.of(image.name(), all);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(all, new Concat(0), Collections.nCopies(batch, image.name()), List.of(all)));
    for (Node node : network.nodes()) {
      nodes.add(
          new Node(
              node.name(),
              node.op() instanceof Opaque opaque ? Opaques.renamed(opaque, names) : node.op(),
              node.inputs().stream().map(v -> names.getOrDefault(v, v)).toList(),
              node.outputs()));
    }
    Map<String, Shape> shapes = network.shapes(List.of(image.shape()));
    List<String> outputs = new ArrayList<>();
    for (String output : network.outputs()) {
      Shape shape = shapes.get(output);
      if (shape.hasRank()
          && (shape.rank() == 0 || shape.extent(0) != batch && shape.extent(0) >= 0)) {
        throw new BadInputException(
            source
                + ": takes "
                + batch
                + " images at once and answers with "
                + shape
                + " ("
                + output
                + "), which are not the answers image by image; export it again for one image");
      }
      String first = output + "//first";
      nodes.add(
          new Node(
              first,
              new Slice(List.of(0), List.of(0), List.of(1)),
              List.of(output),
              List.of(first)));
      outputs.add(first);
    }
    return new Network(
        network.name(),
        List.of(new NetworkInput(image.name(), image.shape().with(0, 1))),
        nodes,
        network.weights().values(),
        outputs,
        network.metadata());
  }
}
