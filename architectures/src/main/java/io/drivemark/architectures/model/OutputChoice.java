package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides which output of a network becomes labels and where its channels lie, by the keys of its
 * model file and by extents. What neither tells is refused with the line that tells it. Stateless.
 */
public final class OutputChoice {
  private OutputChoice() {}

  /**
   * What was decided.
   *
   * @param index of the output
   * @param axes where its channels lie
   * @param why this output, in words
   */
  public record Choice(int index, Axes axes, String why) {}

  /**
   * Decides.
   *
   * @param subject how messages begin
   * @param spec what the model file says
   * @param space the classes of the labels
   * @param outputs all there are, their shapes as far as they are known
   * @param height of the image that the network is given; {@link Shape#UNKNOWN} where it is free
   * @param width likewise
   * @throws BadInputException if no output or several can be labels, or if extents can be read in
   *     two ways; the message has the lines that decide it
   */
  public static Choice choose(
      String subject, ModelSpec spec, LabelSpace space, List<Port> outputs, int height, int width) {
    OutputFit fit = new OutputFit(spec, space, height, width);
    if (spec.wiring().output().isPresent() || spec.wiring().index().isPresent()) {
      int index = named(subject, spec.wiring(), outputs);
      String key = spec.wiring().output().isPresent() ? "output-name" : "output-index";
      return settled(subject, spec, space, outputs, index, fit, key + " names it");
    }
    if (outputs.size() == 1) {
      return settled(subject, spec, space, outputs, 0, fit, "the only output");
    }
    List<Integer> able =
        IntStream.range(0, outputs.size())
            .filter(i -> fit.of(outputs.get(i).shape()) != OutputFit.Verdict.IMPOSSIBLE)
            .boxed()
            .toList();
    if (able.isEmpty()) {
      throw new BadInputException(
          subject
              + " has "
              + outputs.size()
              + " outputs ("
              + list(outputs)
              + "), none of which can be "
              + wanted(spec, space)
              + "; check 'labels' and 'output' of the model file");
    }
    List<Integer> exact = able.stream().filter(i -> fit.isExact(outputs.get(i).shape())).toList();
    if (able.size() == 1 || exact.size() == 1) {
      return settled(
          subject,
          spec,
          space,
          outputs,
          able.size() == 1 ? able.get(0) : exact.get(0),
          fit,
          "the only one of " + outputs.size() + " outputs that can be " + wanted(spec, space));
    }
    throw new BadInputException(
        subject
            + " has several outputs that can be "
            + wanted(spec, space)
            + ": "
            + list(able.stream().map(outputs::get).toList())
            + ". Add the line of the right one to the model file:"
            + able.stream().map(i -> "\n  " + line(outputs, i)).collect(Collectors.joining()));
  }

  /**
   * Finds the outputs that heads other than labels read.
   *
   * @param subject how messages begin
   * @param outputs all there are
   * @return places in that list, in the order of {@link ModelSpec#otherHeads()}
   * @throws BadInputException if one is missing or cannot be what its head says
   */
  public static List<Integer> ofOtherHeads(String subject, ModelSpec spec, List<Port> outputs) {
    HeadList.require(subject, spec.otherHeads(), outputs);
    List<String> names = outputs.stream().map(Port::name).toList();
    return spec.otherHeads().stream().map(h -> names.indexOf(h.output().orElseThrow())).toList();
  }

  private static int named(String subject, Wiring wiring, List<Port> outputs) {
    List<String> names = outputs.stream().map(Port::name).toList();
    if (wiring.index().isPresent()) {
      int index = wiring.index().getAsInt();
      if (index >= outputs.size()) {
        throw new BadInputException(
            subject
                + " has "
                + outputs.size()
                + " outputs, output-index: "
                + index
                + " is none of them; there are "
                + list(outputs)
                + ", counted from 0");
      }
      return index;
    }
    String name = wiring.output().orElseThrow();
    if (!names.contains(name)) {
      throw new BadInputException(
          subject
              + " has no output called '"
              + name
              + "'"
              + Nearest.hint(name, names)
              + "; there are "
              + list(outputs));
    }
    return names.indexOf(name);
  }

  private static Choice settled(
      String subject,
      ModelSpec spec,
      LabelSpace space,
      List<Port> outputs,
      int index,
      OutputFit fit,
      String why) {
    Port port = outputs.get(index);
    return switch (fit.of(port.shape())) {
      case FIRST -> new Choice(index, Axes.CHANNELS_FIRST, why);
      case LAST -> new Choice(index, Axes.CHANNELS_LAST, why);
      case OPEN -> new Choice(index, Axes.BY_EXTENTS, why);
      case AMBIGUOUS ->
          throw new BadInputException(
              subject
                  + " answers with "
                  + port
                  + ", and "
                  + space.name()
                  + " has "
                  + classes(space)
                  + ": its extents do not tell where the channels lie. Add the line that holds to"
                  + " the model file:\n  "
                  + layout(spec, Axes.CHANNELS_FIRST)
                  + "\n  "
                  + layout(spec, Axes.CHANNELS_LAST));
      case IMPOSSIBLE ->
          throw fit.refusal(subject, port.shape(), outputs.size() > 1 ? port.name() : "");
    };
  }

  private static String layout(ModelSpec spec, Axes output) {
    Axes input = spec.wiring().inputAxes();
    return input == Axes.BY_EXTENTS
        ? "layout: {output: " + output.key() + "}"
        : "layout: {input: " + input.key() + ", output: " + output.key() + "}";
  }

  private static String line(List<Port> outputs, int index) {
    String name = outputs.get(index).name();
    boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_.-]*");
    return plain ? "output-name: " + name : "output-name: '" + name.replace("'", "''") + "'";
  }

  private static String wanted(ModelSpec spec, LabelSpace space) {
    return spec.output() == Form.LABELS
        ? "labels"
        : "scores of " + space.name() + "'s " + classes(space);
  }

  static String classes(LabelSpace space) {
    return space.size() + (space.size() == 1 ? " class" : " classes");
  }

  static String list(List<Port> ports) {
    List<String> texts = new ArrayList<>();
    ports.forEach(p -> texts.add(p.toString()));
    return String.join(", ", texts);
  }
}
