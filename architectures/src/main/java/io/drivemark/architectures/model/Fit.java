package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.onnx.WholeImage;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a network takes and gives what its description says, as far as its shapes are known.
 * Stateless.
 */
final class Fit {
  private static final int COLOURS = 3;
  private static final int RANK = 4;

  private Fit() {}

  /**
   * Checks that a network takes images of three channels and has what its heads read: scores for
   * each class or one plane of labels, and outputs that can be what the other heads say.
   *
   * @param source the file, for messages
   * @throws BadInputException if it does not; the message names what was found and expected
   */
  static void require(String source, Model model) {
    Network network = model.network();
    String subject = source + ": network " + model.spec().name();
    List<Shape> inputs = network.inputs().stream().map(NetworkInput::shape).toList();
    if (network.isTorchScript()) {
      return; // decided when it is opened at a size
    }
    requireOneInput(subject, network);
    requireImages(subject, inputs);
    requireWhole(subject, model.spec(), network);
    Map<String, Shape> shapes = network.shapes(inputs);
    HeadList.require(
        subject,
        model.spec().heads(),
        network.outputs().stream().map(o -> new Port(o, "", shapes.get(o))).toList());
    if (model.spec().labelsHead().isEmpty()) {
      return;
    }
    Shape output = shapes.get(network.outputs().get(0));
    if (!output.hasRank() || model.spec().wiring().outputAxes() == Axes.BY_EXTENTS) {
      return; // decided when it is opened at a size
    }
    if (model.spec().output() == Form.LABELS) {
      requireLabels(subject, output);
    } else {
      requireScores(subject, output, model.spec());
    }
  }

  private static void requireOneInput(String subject, Network network) {
    List<NetworkInput> inputs = network.inputs();
    if (inputs.size() != 1) {
      throw new BadInputException(
          subject
              + " takes "
              + inputs.size()
              + " inputs, "
              + inputs.stream()
                  .map(i -> i.name() + " " + i.shape())
                  .collect(Collectors.joining(" and "))
              + "; expected the image alone: export it again with the others as constants");
    }
  }

  /** Whether a network that takes whole numbers is given such. */
  static void requireWhole(String subject, ModelSpec spec, Network network) {
    WholeImage.of(network).ifPresent(taken -> requireWhole(subject, spec.input(), taken));
  }

  /** Pixels that are normalised must be what the network takes: raw ones for uint8. */
  private static void requireWhole(String subject, InputSpec input, WholeImage taken) {
    for (int c = 0; c < COLOURS; c++) {
      for (int pixel = 0; pixel <= 255; pixel++) {
        double value = (pixel - input.mean().get(c)) / input.std().get(c);
        if (!taken.holds(value)) {
          throw new BadInputException(
              subject
                  + " takes "
                  + taken.type()
                  + ", but with mean "
                  + input.mean()
                  + " and std "
                  + input.std()
                  + " a pixel of "
                  + pixel
                  + " becomes "
                  + value
                  + "; for a network that takes pixels as they are, say in its model file"
                  + " input: {mean: [0, 0, 0], std: [1, 1, 1]}");
        }
      }
    }
  }

  private static void requireImages(String subject, List<Shape> inputs) {
    Shape image = inputs.get(0);
    if (!image.hasRank()) {
      return;
    }
    boolean last = image.rank() == RANK && image.extent(RANK - 1) == COLOURS;
    if (image.rank() != RANK || isOther(image.channels(), COLOURS) || last && !isImage(image)) {
      throw new BadInputException(
          subject
              + " takes "
              + image
              + ", expected images [1, 3, height, width]"
              + (last ? "; say layout: channels-last in its model file" : ""));
    }
  }

  private static boolean isImage(Shape image) {
    return image.channels() == COLOURS;
  }

  private static void requireLabels(String subject, Shape output) {
    boolean plane = output.rank() == RANK && !isOther(output.channels(), 1);
    if (!plane && output.rank() != RANK - 1) {
      throw new BadInputException(
          subject
              + " answers with "
              + output
              + "; expected labels [1, height, width], or output: logits");
    }
  }

  private static void requireScores(String subject, Shape output, ModelSpec spec) {
    LabelSpace labels = spec.labels();
    if (output.rank() != RANK) {
      throw new BadInputException(
          subject
              + " answers with "
              + output
              + "; expected scores [1, classes, height, width], or output: labels");
    }
    boolean known = output.channels() != Shape.UNKNOWN;
    if (known && spec.channels(labels, output.channels()).isEmpty()) {
      throw new BadInputException(
          subject
              + " has "
              + output.channels()
              + " outputs, label space "
              + labels.name()
              + " has "
              + labels.size()
              + " classes; name the label space it was trained with as 'labels'");
    }
  }

  /** Whether an extent is known to be another. */
  private static boolean isOther(int extent, int expected) {
    return extent != Shape.UNKNOWN && extent != expected;
  }
}
