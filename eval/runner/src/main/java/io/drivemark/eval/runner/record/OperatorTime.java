package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.Optional;

/**
 * How long one operator of a model takes on its engine, fused ones together, watched apart from the
 * timed runs. Profiling adds overhead: compare shares, not absolute times. Immutable.
 *
 * @param node the network's node that does most of its work, or what the runtime calls it
 * @param kind what it computes, for people: {@code depthwise convolution}
 * @param ms median over the watched runs, milliseconds
 * @param macs multiply-accumulates of the nodes it stands for
 * @param instead the option of the architecture that avoids it, as {@code tail=bilinear}
 */
public record OperatorTime(
    String node, String kind, double ms, long macs, Optional<String> instead) {
  public OperatorTime {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(instead, "instead");
  }
}
