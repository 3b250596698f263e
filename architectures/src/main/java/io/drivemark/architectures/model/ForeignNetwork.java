package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX network of another tool as one that takes [1, 3, H, W] and whose output 0 becomes labels,
 * by the keys of its model file and by evidence. Stateless.
 */
final class ForeignNetwork {
  private ForeignNetwork() {}

  /** Whether a description of ours asks for anything but output 0 and channels first. */
  static boolean isNeeded(Wiring wiring, Network network) {
    return wiring.index().isPresent()
        || wiring.output().filter(o -> !o.equals(network.outputs().get(0))).isPresent()
        || wiring.inputAxes() != Axes.CHANNELS_FIRST
        || wiring.outputAxes() == Axes.CHANNELS_LAST;
  }

  /**
   * Decides how a network is used.
   *
   * @param source the model file, for messages
   * @param spec what that file says
   * @throws BadInputException if that is not certain; the message has the lines that decide it
   */
  static Model of(String source, OnnxReader.Reading read, ModelSpec spec) {
    String subject = source + ": network " + spec.name();
    Network network = read.network();
    if (network.inputs().size() != 1) {
      return new Model(spec, network, read.notes()); // refused by Fit
    }
    List<String> notes = new ArrayList<>(read.notes());
    Fit.requireWhole(subject, spec, network);
    Axes input = InputAxes.of(subject, network, spec.wiring().inputAxes());
    network = input == Axes.CHANNELS_LAST ? ChannelsFirst.input(network) : network;
    ModelSpec sized = sized(spec, network.inputs().get(0).shape());
    Optional<Size> size = sized.input().size();
    Wiring given = sized.wiring();
    int height = size.map(s -> given.padded(s.height())).orElse(Shape.UNKNOWN);
    int width = size.map(s -> given.padded(s.width())).orElse(Shape.UNKNOWN);
    List<Port> outputs = outputs(network, read.outputs(), height, width);
    HeadList.require(subject, sized.heads(), outputs);
    if (sized.labelsHead().isEmpty()) {
      return withoutLabels(read, sized, network, outputs, input);
    }
    OutputChoice.Choice choice =
        OutputChoice.choose(subject, sized, sized.labels(), outputs, height, width);
    network = network.withOutputs(takenFirst(network.outputs(), choice.index()));
    network = choice.axes() == Axes.CHANNELS_LAST ? ChannelsFirst.output(network) : network;
    Signature signature =
        new Signature(read.inputs(), outputs, choice.index(), choice.why(), input, choice.axes());
    notes.addAll(Reading.notes(sized, signature));
    Optional<String> taken =
        outputs.size() > 1 ? Optional.of(network.outputs().get(0)) : Optional.empty();
    Axes scores = choice.axes() == Axes.BY_EXTENTS ? Axes.BY_EXTENTS : Axes.CHANNELS_FIRST;
    Wiring wiring = given.settled(taken, Axes.CHANNELS_FIRST, scores);
    ModelSpec settled = labelsAt(network.outputs().get(0), sized).withWiring(wiring);
    return new Model(settled, Models.withoutSpec(network), notes, Optional.of(signature));
  }

  /** The head of labels reads what the network has now, where it names an output at all. */
  private static ModelSpec labelsAt(String output, ModelSpec spec) {
    return spec.withHeads(
        spec.heads().stream()
            .map(h -> h.kind() instanceof LabelsHead && h.output().isPresent() ? h.at(output) : h)
            .toList());
  }

  private static Model withoutLabels(
      OnnxReader.Reading read, ModelSpec spec, Network network, List<Port> outputs, Axes input) {
    Head first = spec.heads().get(0);
    int taken = network.outputs().indexOf(first.output().orElseThrow());
    Signature signature =
        new Signature(
            read.inputs(),
            outputs,
            taken,
            "head " + first.name() + " names it",
            input,
            Axes.CHANNELS_FIRST);
    List<String> notes = new ArrayList<>(read.notes());
    notes.addAll(Reading.notes(spec, signature));
    Wiring wiring =
        spec.wiring().settled(Optional.empty(), Axes.CHANNELS_FIRST, Axes.CHANNELS_FIRST);
    return new Model(
        spec.withWiring(wiring), Models.withoutSpec(network), notes, Optional.of(signature));
  }

  private static List<String> takenFirst(List<String> outputs, int index) {
    List<String> ordered = new ArrayList<>(outputs);
    ordered.add(0, ordered.remove(index));
    return ordered;
  }

  /** What the file declares, extents that it leaves free filled in from what follows. */
  private static List<Port> outputs(Network network, List<Port> declared, int height, int width) {
    NetworkInput input = network.inputs().get(0);
    Map<String, Shape> shapes = inferred(network, input.shape());
    if (height != Shape.UNKNOWN) {
      Map<String, Shape> atSize = inferred(network, Shape.of(1, 3, height, width));
      shapes = atSize.isEmpty() ? shapes : atSize;
    }
    List<Port> out = new ArrayList<>();
    for (int i = 0; i < network.outputs().size(); i++) {
      String name = network.outputs().get(i);
      Port port = i < declared.size() ? declared.get(i) : new Port(name, "", Shape.unknown());
      out.add(new Port(port.name(), port.type(), joined(shapes.get(name), port.shape())));
    }
    return out;
  }

  private static Map<String, Shape> inferred(Network network, Shape input) {
    try {
      return network.shapes(List.of(input));
    } catch (IllegalArgumentException e) {
      return Map.of(); // not for this size: what the file declares remains
    }
  }

  private static Shape joined(Shape inferred, Shape declared) {
    if (inferred == null || !inferred.hasRank()) {
      return declared;
    }
    if (!declared.hasRank() || declared.rank() != inferred.rank()) {
      return inferred;
    }
    int[] extents = inferred.extents();
    for (int i = 0; i < extents.length; i++) {
      extents[i] = extents[i] == Shape.UNKNOWN ? declared.extent(i) : extents[i];
    }
    return Shape.of(extents);
  }

  /** A network of a fixed size has that size, unless the model file says another. */
  private static ModelSpec sized(ModelSpec spec, Shape image) {
    boolean fixed =
        image.hasRank()
            && image.rank() == 4
            && image.height() != Shape.UNKNOWN
            && image.width() != Shape.UNKNOWN;
    if (spec.input().size().isPresent() || !fixed) {
      return spec;
    }
    return spec.withSize(new Size(image.height(), image.width()));
  }
}
