package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What of a network is counted when a share of it is to remain. */
public enum Measure implements Quantity {
  /** Multiply-accumulates of output 0 for one image. */
  MACS,
  /** Learned values that output 0 needs. */
  PARAMS,
  /** Output channels of all convolutions that output 0 needs. */
  FILTERS;

  @Override
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The measure of this name.
   *
   * @throws BadInputException if there is none; the message lists them
   */
  public static Measure named(String key) {
    List<String> keys = Arrays.stream(values()).map(Measure::key).toList();
    return Arrays.stream(values())
        .filter(m -> m.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "nothing called '"
                        + key
                        + "' can be kept a share of"
                        + Nearest.hint(key, keys)
                        + "; there are "
                        + String.join(", ", keys)));
  }

  /** Counts it for images of this size. */
  public long of(Network network, int height, int width) {
    return switch (this) {
      case MACS -> Cost.of(network, height, width).macs();
      case PARAMS -> Cost.of(network, height, width).parameters();
      case FILTERS -> filters(network, height, width);
    };
  }

  @Override
  public double amount(Network network, int height, int width) {
    return of(network, height, width);
  }

  private static long filters(Network network, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    long count = 0;
    for (Node node : Cost.needed(network, network.outputs().subList(0, 1))) {
      if (node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d) {
        count += Math.max(0, shapes.get(node.output()).channels());
      }
    }
    return count;
  }
}
