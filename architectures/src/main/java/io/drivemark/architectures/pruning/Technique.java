package io.drivemark.architectures.pruning;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which parts of a network a plan removes. */
public enum Technique {
  /** Single filters: the network gets narrower. */
  FILTER("filter"),
  /** Whole units of layers: it gets shallower. */
  LAYER("layer");

  private final String key;

  Technique(String key) {
    this.key = key;
  }

  /** The name in commands, plans and reports. */
  public String key() {
    return key;
  }

  /** The technique of that name; empty if there is none. */
  public static Optional<Technique> named(String key) {
    return Arrays.stream(values()).filter(t -> t.key.equals(key)).findFirst();
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Technique::key).toList();
  }
}
