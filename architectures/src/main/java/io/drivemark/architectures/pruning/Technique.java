package io.drivemark.architectures.pruning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which parts of a network are left out: for good by a plan, or from frame to frame. */
public enum Technique {
  /** Single filters: the network gets narrower. */
  FILTER("filter", "filters"),
  /** Whole units of layers: it gets shallower. */
  LAYER("layer", "layers"),
  /** Filters, by masks that are learned together with the weights: no plan says which. */
  JOINT("joint", "filters"),
  /** For each frame its own filters or layers: nothing is removed, and no plan says what. */
  DYNAMIC("dynamic", "what a frame does without");

  private final String key;
  private final String removed;

  Technique(String key, String removed) {
    this.key = key;
    this.removed = removed;
  }

  /** The name in commands, plans and reports. */
  public String key() {
    return key;
  }

  /** What is removed, for people: {@code filters}. */
  public String removed() {
    return removed;
  }

  /** Whether convolutions lose filters, so that widths are chosen. */
  public boolean changesWidths() {
    return switch (this) {
      case FILTER, JOINT -> true;
      case LAYER, DYNAMIC -> false;
    };
  }

  /** Whether a {@link PruningPlan} says what goes, by the scores of a criterion. */
  public boolean isPlanned() {
    return switch (this) {
      case FILTER, LAYER -> true;
      case JOINT, DYNAMIC -> false;
    };
  }

  /** The technique of that name; empty if there is none. */
  public static Optional<Technique> named(String key) {
    return Arrays.stream(values()).filter(t -> t.key.equals(key)).findFirst();
  }

  /** Names of the techniques that plans are made for. */
  public static List<String> plannedKeys() {
    return Arrays.stream(values()).filter(Technique::isPlanned).map(Technique::key).toList();
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Technique::key).toList();
  }
}
