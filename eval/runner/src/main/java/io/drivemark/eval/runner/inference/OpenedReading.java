package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.OutputChoice;
import io.drivemark.architectures.model.Reading;
import io.drivemark.architectures.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an opened model is used: what its file says and what was found when it was opened. Immutable.
 *
 * @param lines see {@link Reading}
 * @param notes what was decided when it was opened, a sentence each; its file's notes are not among
 *     them
 */
public record OpenedReading(List<String> lines, List<String> notes) {
  public OpenedReading {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  static OpenedReading of(Model model, Answer answer) {
    if (answer.choice().isEmpty()) {
      return new OpenedReading(Reading.of(model).lines(), List.of());
    }
    OutputChoice.Choice choice = answer.choice().get();
    Signature found = found(model, answer, choice);
    return new OpenedReading(
        Reading.of(model, Optional.of(found)).lines(),
        Reading.notes(model.spec(), answer.outputs().isEmpty() ? taken(found) : found));
  }

  /** That alone which the file's notes did not speak of. */
  private static Signature taken(Signature s) {
    return new Signature(
        s.inputs(), List.of(s.outputs().get(s.taken())), 0, s.why(), s.inputAxes(), s.outputAxes());
  }

  private static Signature found(Model model, Answer answer, OutputChoice.Choice choice) {
    Axes input =
        model.spec().wiring().inputAxes() == Axes.CHANNELS_LAST
            ? Axes.CHANNELS_LAST
            : Axes.CHANNELS_FIRST;
    if (!answer.outputs().isEmpty()) {
      NetworkInput image = model.network().inputs().get(0);
      return new Signature(
          List.of(new Port(image.name(), "float32", image.shape())),
          answer.outputs(),
          choice.index(),
          choice.why(),
          input,
          choice.axes());
    }
    Signature file = model.signature().orElseGet(() -> Reading.own(model));
    List<Port> outputs = new ArrayList<>(file.outputs());
    Port taken = outputs.get(file.taken());
    outputs.set(file.taken(), new Port(taken.name(), taken.type(), answer.shape()));
    return new Signature(
        file.inputs(), outputs, file.taken(), file.why(), file.inputAxes(), choice.axes());
  }

  /** How often outputs beyond the classes won; empty where they never did. */
  public static Optional<String> ofUse(OutputUse use) {
    return use.beyond() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "outputs beyond the classes won %d of %d pixels (%.2f %%), which are void",
                use.beyond(),
                use.pixels(),
                100 * use.beyondShare()));
  }
}
