package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The one sentence on how a file of weights was read. Immutable. */
final class LoadNote {
  /** Counters that every training leaves behind: alone they are no decision. */
  private static final Set<String> COUNTERS =
      Set.of("num_batches_tracked", "total_ops", "total_params");

  private final String source;
  private final Match match;
  private final List<Match> complete;
  private final Map<String, StoredTensor> wanted;

  LoadNote(String source, Match match, List<Match> complete, Map<String, StoredTensor> wanted) {
    this.source = source;
    this.match = match;
    this.complete = complete;
    this.wanted = wanted;
  }

  /**
   * Checks the values.
   *
   * @throws BadInputException if a weight holds NaN or an infinite number
   */
  void requireNumbers(Map<String, Tensor> values) {
    List<String> broken = new ArrayList<>();
    values.forEach(
        (name, tensor) -> {
          for (float value : tensor.sharedFloats()) {
            if (!Float.isFinite(value)) {
              broken.add(name);
              return;
            }
          }
        });
    if (!broken.isEmpty()) {
      throw new BadInputException(
          source
              + ": "
              + broken.size()
              + " of "
              + values.size()
              + " weights hold NaN or infinite values ("
              + Shown.names(broken)
              + "): the training went astray, or they were too large for the type they were saved"
              + " in; take an earlier checkpoint");
    }
  }

  /** The sentence, unless there is nothing to say. */
  Optional<String> text() {
    List<String> parts = new ArrayList<>();
    if (complete.size() > 1) {
      List<String> others =
          complete.stream()
              .filter(m -> m != match)
              .map(m -> "key: " + Shown.name(m.set().path()))
              .toList();
      parts.add(
          "weights are those of "
              + match.set().shown()
              + "; others that fit are read with "
              + Shown.few(others, " or "));
    }
    if (!match.prefix().isEmpty()) {
      parts.add("all names without their prefix '" + Shown.name(match.prefix()) + "'");
    }
    if (!match.unwrapped().isEmpty()) {
      parts.add("names without '" + String.join("', '", match.unwrapped()) + "' within");
    }
    if (!match.reshaped().isEmpty()) {
      parts.add(
          weights(match.reshaped().size())
              + " with more or fewer extents of one ("
              + match.reshaped().get(0)
              + ")");
    }
    Map<String, Integer> converted = new TreeMap<>();
    for (StoredTensor tensor : wanted.values()) {
      if (tensor.type() != ElementType.FLOAT32) {
        converted.merge(tensor.type().text(), 1, Integer::sum);
      }
    }
    converted.forEach(
        (type, count) -> parts.add(weights(count) + " converted from " + type + " to float32"));
    if (!parts.isEmpty() || !COUNTERS.containsAll(match.aside().keySet())) {
      addAside(parts);
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(source + ": " + String.join("; ", parts));
  }

  private static String weights(int count) {
    return count + (count == 1 ? " weight" : " weights");
  }

  private void addAside(List<String> parts) {
    if (!match.aside().isEmpty()) {
      List<String> groups = new ArrayList<>();
      match.aside().forEach((label, count) -> groups.add(count + " " + Shown.name(label)));
      parts.add("left aside: " + String.join(", ", groups));
    }
  }
}
