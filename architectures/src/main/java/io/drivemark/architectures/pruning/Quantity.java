package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;

/** Something of a network that pruning leaves a share of: counted, or a predicted time. */
public interface Quantity {
  /** The name in commands and plans, for example {@code macs}. */
  String key();

  /** How much of it a network has for images of this size, at least 0. */
  double amount(Network network, int height, int width);
}
