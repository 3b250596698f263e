package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.engine.OutputSelector;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.OutputChoice;
import io.drivemark.architectures.model.OutputChoice.Choice;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.record.FrameSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Selects what a model's heads read among the tensors that a TorchScript file answers with, labels
 * first, and remembers what was found. Of other networks nobody asks it, and it remembers nothing.
 */
final class ScriptOutputs implements OutputSelector {
  private static final String OUT = "out";

  private final ModelSpec spec;
  private final Optional<LabelSpace> from;
  private final FrameSize padded;
  private List<Port> all = List.of();
  private Optional<Choice> choice = Optional.empty();

  /**
   * @param from the model's classes, where its labels are needed
   * @param padded the size of what the network is given
   */
  ScriptOutputs(ModelSpec spec, Optional<LabelSpace> from, FrameSize padded) {
    this.spec = spec;
    this.from = from;
    this.padded = padded;
  }

  @Override
  public List<Integer> select(List<Port> outputs) {
    String subject = "model " + spec.name();
    all = outputs;
    List<Integer> selected = new ArrayList<>();
    if (from.isPresent()) {
      choice = Optional.of(labels(subject, from.get()));
      selected.add(choice.get().index());
    }
    selected.addAll(OutputChoice.ofOtherHeads(subject, spec, outputs));
    return selected;
  }

  /** Of a dictionary that has it, {@code out} counts: so torchvision's networks call it. */
  private Choice labels(String subject, LabelSpace space) {
    Wiring wiring = spec.wiring();
    boolean isChosen = wiring.output().isPresent() || wiring.index().isPresent();
    boolean out = all.size() > 1 && all.stream().anyMatch(p -> p.name().equals(OUT));
    ModelSpec effective =
        isChosen || !out
            ? spec
            : spec.withWiring(
                wiring.settled(Optional.of(OUT), wiring.inputAxes(), wiring.outputAxes()));
    Choice found =
        OutputChoice.choose(subject, effective, space, all, padded.height(), padded.width());
    return effective == spec
        ? found
        : new Choice(
            found.index(), found.axes(), "'out' of a dictionary is torchvision's name for it");
  }

  /** All tensors that the file answers with; empty for other networks. */
  List<Port> all() {
    return all;
  }

  /** Which of them has the labels; empty for other networks. */
  Optional<Choice> choice() {
    return choice;
  }
}
