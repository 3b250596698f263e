package io.drivemark.architectures.head;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One output of a network and what it means: {@code Head("depth", "inverse_depth", DepthHead(…))}.
 * Immutable.
 *
 * @param name how evidence and messages call it; letters, digits, dots, dashes and underscores
 * @param output the network's output; empty: the one that a model's wiring chooses, else the first
 * @param kind what its numbers mean
 */
public record Head(String name, Optional<String> output, HeadKind kind) {
  /** The name of the one head of a network that answers with labels alone. */
  public static final String LABELS = "labels";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  public Head {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(kind, "kind");
    if (!isName(name)) {
      throw new IllegalArgumentException("a head is called '" + name + "'");
    }
  }

  /**
   * The head of a network that answers with labels alone, at the output that its wiring chooses.
   */
  public static Head ofLabels(LabelsHead kind) {
    return new Head(LABELS, Optional.empty(), kind);
  }

  /** Whether a head may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The same at another output. */
  public Head at(String other) {
    return new Head(name, Optional.of(other), kind);
  }
}
