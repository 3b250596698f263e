package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.Channels;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.OutputChoice;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;

/**
 * What the labels of an opened network are made of. Immutable.
 *
 * @param outputs all the session had, where it alone knows them; else empty
 * @param choice which of them was taken and why, where that was decided here
 * @param axes where its channels lie
 * @param shape of the output as the session gives it
 * @param channels what its channels mean; absent for labels
 */
record Answer(
    List<Port> outputs,
    Optional<OutputChoice.Choice> choice,
    Axes axes,
    Shape shape,
    Optional<Channels> channels) {
  /**
   * Decides what an opened session's answer is, as far as the network's file did not.
   *
   * @param from the model's classes
   * @param script what was found when a TorchScript file was opened
   * @param padded the size of what the network is given
   * @throws BadInputException if it cannot be labels, or can be in two ways
   */
  static Answer of(
      ModelSpec spec, LabelSpace from, Session session, ScriptOutputs script, FrameSize padded) {
    List<Port> outputs = script.all();
    Optional<OutputChoice.Choice> choice = script.choice();
    if (choice.isEmpty() && spec.wiring().outputAxes() == Axes.BY_EXTENTS) {
      Port only = new Port("scores", "", session.outputShapes().get(0));
      choice =
          Optional.of(
              OutputChoice.choose(
                  "model " + spec.name(),
                  unnamed(spec),
                  from,
                  List.of(only),
                  padded.height(),
                  padded.width()));
    }
    Axes axes = choice.map(OutputChoice.Choice::axes).orElse(Axes.CHANNELS_FIRST);
    Shape shape = session.outputShapes().get(0);
    requireFit(spec, from, shape, axes);
    boolean labels = spec.output() == LabelsHead.Form.LABELS;
    return new Answer(
        outputs,
        choice,
        axes,
        shape,
        labels
            ? Optional.empty()
            : spec.channels(from, shape.extent(axes == Axes.CHANNELS_LAST ? 3 : 1)));
  }

  /** The network was opened with the output that counts alone. */
  private static ModelSpec unnamed(ModelSpec spec) {
    return spec.withWiring(
        spec.wiring().settled(Optional.empty(), Axes.CHANNELS_FIRST, spec.wiring().outputAxes()));
  }

  private static void requireFit(ModelSpec spec, LabelSpace from, Shape output, Axes axes) {
    boolean labels = spec.output() == LabelsHead.Form.LABELS;
    boolean last = axes == Axes.CHANNELS_LAST;
    boolean fits =
        labels
            ? output.rank() >= 2
                && output.elements()
                    == (long) output.extent(last ? 1 : -2) * output.extent(last ? 2 : -1)
            : output.rank() == 4 && spec.channels(from, output.extent(last ? 3 : 1)).isPresent();
    if (!fits) {
      throw new BadInputException(
          "model "
              + spec.name()
              + ": its output is "
              + output
              + ", expected "
              + (labels ? "labels [1, h, w]" : "[1, K, h, w] with at least the " + from.size())
              + (labels ? "" : " classes of " + from.name())
              + "; check 'labels' and 'output' of the model");
    }
  }
}
