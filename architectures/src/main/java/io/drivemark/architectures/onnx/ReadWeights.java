package io.drivemark.architectures.onnx;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what the constant values of a file are: weights as the file's notes say, or, in foreign
 * files, by who reads them. Values that nothing reads any more, since they became attributes, are
 * left out.
 */
final class ReadWeights {
  private final GraphNotes notes;
  private final List<NetworkInput> inputs;
  private final List<Node> nodes;
  private final Map<String, Tensor> values;
  private final List<String> outputs;
  private final Set<String> read = new HashSet<>();
  private final Set<String> statistics = new HashSet<>();
  private final Set<String> slopesOnly = new HashSet<>();
  private final Map<String, String> renamed = new HashMap<>();

  ReadWeights(
      GraphNotes notes,
      List<NetworkInput> inputs,
      List<Node> nodes,
      Map<String, Tensor> values,
      List<String> outputs) {
    this.notes = notes;
    this.inputs = inputs;
    this.nodes = nodes;
    this.values = values;
    this.outputs = outputs;
  }

  Network network(String name, Map<String, String> metadata) {
    findReaders();
    List<Weight> weights = new ArrayList<>();
    notes
        .weights()
        .forEach(
            (key, note) -> {
              if (values.containsKey(key)) {
                weights.add(noted(key, note, values.get(key)));
              }
            });
    values.forEach(
        (key, tensor) -> {
          if (!notes.weights().containsKey(key) && read.contains(key)) {
            weights.add(judged(key, tensor));
          }
        });
    return new Network(
        name.isEmpty() && notes == GraphNotes.NONE ? "foreign" : name,
        inputs,
        nodes.stream().map(this::renamed).toList(),
        weights,
        outputs.stream().map(o -> renamed.getOrDefault(o, o)).toList(),
        metadata);
  }

  private void findReaders() {
    Set<String> otherwise = new HashSet<>(outputs);
    read.addAll(outputs);
    for (Node node : nodes) {
      for (int i = 0; i < node.inputs().size(); i++) {
        String value = node.inputs().get(i);
        read.add(value);
        if (node.op() instanceof BatchNorm && i >= 3) {
          statistics.add(value);
        }
        if (node.op() instanceof PRelu && i == 1) {
          slopesOnly.add(value);
        } else {
          otherwise.add(value);
        }
      }
      if (node.op() instanceof Opaque opaque) {
        Set<String> outer = Opaques.outerValues(opaque);
        read.addAll(outer);
        otherwise.addAll(outer);
      }
    }
    slopesOnly.removeAll(otherwise);
  }

  private static Weight noted(String name, GraphNotes.WeightNote note, Tensor tensor) {
    Shape shape = Shape.of(note.shape());
    return new Weight(
        name, note.role(), note.group(), note.fits(tensor) ? shaped(tensor, shape) : tensor);
  }

  private Weight judged(String name, Tensor tensor) {
    if (name.startsWith(Weight.CONSTANT_PREFIX)) {
      return Weight.constant(name, tensor);
    }
    if (!tensor.isFloat() || tensor.shape().rank() == 0) {
      String constant = Weight.CONSTANT_PREFIX + name;
      renamed.put(name, constant);
      return Weight.constant(constant, tensor);
    }
    if (statistics.contains(name)) {
      return new Weight(name, Weight.Role.STATISTIC, "", tensor);
    }
    if (slopesOnly.contains(name)) {
      Shape flat = Shape.of(Math.toIntExact(tensor.shape().elements()));
      return new Weight(name, Weight.Role.LEARNED, Weight.OFFSETS, shaped(tensor, flat));
    }
    String group = tensor.shape().rank() > 1 ? Weight.KERNELS : Weight.OFFSETS;
    return new Weight(name, Weight.Role.LEARNED, group, tensor);
  }

  private static Tensor shaped(Tensor tensor, Shape shape) {
    if (tensor.shape().equals(shape)) {
      return tensor;
    }
    return tensor.isFloat()
        ? Tensor.sharing(shape, tensor.sharedFloats())
        : Tensor.ofLongs(shape, tensor.longs());
  }

  private Node renamed(Node node) {
    boolean touched = node.inputs().stream().anyMatch(renamed::containsKey);
    if (node.op() instanceof Opaque opaque && !renamed.isEmpty()) {
      return new Node(
          node.name(), Opaques.renamed(opaque, renamed), names(node.inputs()), node.outputs());
    }
    return touched ? new Node(node.name(), node.op(), names(node.inputs()), node.outputs()) : node;
  }

  private List<String> names(List<String> values) {
    return values.stream().map(v -> renamed.getOrDefault(v, v)).toList();
  }
}
