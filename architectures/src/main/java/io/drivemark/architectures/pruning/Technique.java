package io.drivemark.architectures.pruning;

import java.util.Locale;

/** Which parts of a network a plan removes. */
public enum Technique {
  /** Single filters: the network gets narrower. */
  FILTER,
  /** Whole units of layers: it gets shallower. */
  LAYER;

  /** The name in commands, plans and reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
