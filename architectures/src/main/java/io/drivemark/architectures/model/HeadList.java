package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the heads of one model must be to each other. Stateless. */
final class HeadList {
  private HeadList() {}

  /** What is wrong with these heads together; empty if nothing is. */
  static Optional<String> problem(List<Head> heads) {
    if (heads.isEmpty()) {
      return Optional.of("it has no head");
    }
    Map<String, Head> names = new HashMap<>();
    Map<String, Head> outputs = new HashMap<>();
    for (Head head : heads) {
      if (names.put(head.name(), head) != null) {
        return Optional.of("two heads are called " + head.name());
      }
      Optional<Head> twin = head.output().map(output -> outputs.put(output, head));
      if (twin.isPresent()) {
        return Optional.of(
            "heads "
                + twin.get().name()
                + " and "
                + head.name()
                + " both read output "
                + head.output().get());
      }
      if (head.output().isEmpty() && (heads.size() > 1 || !(head.kind() instanceof LabelsHead))) {
        return Optional.of("head " + head.name() + " names no output");
      }
    }
    List<Head> labels = heads.stream().filter(HeadList::isLabels).toList();
    return labels.size() > 1
        ? Optional.of(
            "heads "
                + labels.get(0).name()
                + " and "
                + labels.get(1).name()
                + " are both of labels, and one of them alone can be scored; leave one out")
        : Optional.empty();
  }

  static Optional<Head> labels(List<Head> heads) {
    return heads.stream().filter(HeadList::isLabels).findFirst();
  }

  static boolean areLabelsAlone(List<Head> heads) {
    return heads.size() == 1
        && isLabels(heads.get(0))
        && heads.get(0).output().isEmpty()
        && heads.get(0).name().equals(Head.LABELS);
  }

  private static boolean isLabels(Head head) {
    return head.kind() instanceof LabelsHead;
  }

  /** {@code its heads are depth (depth, inverse, 1.0 to 80.0 m) and gates (…)}. */
  static String text(List<Head> heads) {
    return (heads.size() == 1 ? "its head is " : "its heads are ")
        + heads.stream()
            .map(h -> h.name() + " (" + h.kind().description() + ")")
            .collect(Collectors.joining(" and "));
  }

  /**
   * Checks that a network has the outputs that heads read, and that their shapes can be theirs.
   *
   * @param subject how messages begin
   * @param outputs all there are
   * @throws BadInputException if one is missing or cannot be what its head says
   */
  static void require(String subject, List<Head> heads, List<Port> outputs) {
    List<String> names = outputs.stream().map(Port::name).toList();
    for (Head head : heads) {
      if (head.output().isEmpty()) {
        continue; // the wiring chooses it
      }
      String output = head.output().get();
      if (!names.contains(output)) {
        throw new BadInputException(
            subject
                + " has no output called '"
                + output
                + "', which its head "
                + head.name()
                + " reads"
                + Nearest.hint(output, names)
                + "; there are "
                + OutputChoice.list(outputs));
      }
      Optional<String> misfit = head.kind().misfit(outputs.get(names.indexOf(output)).shape());
      if (misfit.isPresent()) {
        throw new BadInputException(
            subject + ": output " + output + " of head " + head.name() + " " + misfit.get());
      }
    }
  }

  /** A network whose output of labels, where a head names it, comes first. */
  static Network labelsFirst(Network network, List<Head> heads) {
    Optional<String> output = labels(heads).flatMap(Head::output);
    if (output.isEmpty() || !network.outputs().contains(output.get())) {
      return network;
    }
    List<String> ordered = new ArrayList<>(network.outputs());
    ordered.remove(output.get());
    ordered.add(0, output.get());
    return network.withOutputs(ordered);
  }
}
