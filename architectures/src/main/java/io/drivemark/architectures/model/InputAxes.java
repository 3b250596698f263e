package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.List;

/** Decides where the channels of a network's image lie. Stateless. */
final class InputAxes {
  private static final int COLOURS = 3;
  private static final int RANK = 4;

  /** Two extents that no network has as its channels. */
  private static final int HEIGHT = 256;

  private static final int WIDTH = 320;

  private InputAxes() {}

  /**
   * Decides by the model file's key, else by the extents, else by which order the network's own
   * operators accept.
   *
   * @param subject how messages begin
   * @throws BadInputException if it takes no image, or both orders are possible; the message has
   *     the line that decides it
   */
  static Axes of(String subject, Network network, Axes given) {
    NetworkInput input = network.inputs().get(0);
    Shape taken = input.shape();
    if (given == Axes.CHANNELS_LAST) {
      boolean fixedFirst = taken.hasRank() && taken.rank() == RANK && taken.extent(1) == COLOURS;
      boolean fixedLast = taken.hasRank() && taken.extent(-1) == COLOURS;
      if (taken.hasRank()
          && (taken.rank() != RANK || isOther(taken.extent(3)) || fixedFirst && !fixedLast)) {
        throw new BadInputException(
            subject
                + ": input "
                + input.name()
                + " is "
                + taken
                + ", with layout: channels-last expected [1, height, width, 3]");
      }
      return given;
    }
    boolean first = !taken.hasRank() || taken.rank() == RANK && !isOther(taken.extent(1));
    boolean last = !taken.hasRank() || taken.rank() == RANK && !isOther(taken.extent(3));
    if (given == Axes.CHANNELS_FIRST && first || first && !last) {
      return Axes.CHANNELS_FIRST;
    }
    if (given == Axes.CHANNELS_FIRST || !first && !last) {
      throw new BadInputException(
          subject
              + " takes "
              + taken
              + ", expected images [1, 3, height, width]"
              + (last ? "; say layout: channels-last in its model file" : ""));
    }
    if (!first) {
      return Axes.CHANNELS_LAST;
    }
    return bothPossible(subject, network, input);
  }

  private static Axes bothPossible(String subject, Network network, NetworkInput input) {
    Shape taken = input.shape();
    if (taken.hasRank()) {
      boolean firstFixed = taken.extent(1) == COLOURS;
      boolean lastFixed = taken.extent(3) == COLOURS;
      if (firstFixed != lastFixed) {
        return firstFixed ? Axes.CHANNELS_FIRST : Axes.CHANNELS_LAST;
      }
    }
    boolean fixed = taken.hasRank() && taken.extent(1) == COLOURS;
    boolean takesFirst = !fixed && accepts(network, Shape.of(1, COLOURS, HEIGHT, WIDTH));
    boolean takesLast = !fixed && accepts(network, Shape.of(1, HEIGHT, WIDTH, COLOURS));
    if (takesFirst != takesLast) {
      return takesFirst ? Axes.CHANNELS_FIRST : Axes.CHANNELS_LAST;
    }
    throw new BadInputException(
        subject
            + " takes "
            + taken
            + ": its extents do not tell where the image's channels lie. Add the line that holds"
            + " to the model file:\n  layout: {input: channels-first}\n  layout: {input:"
            + " channels-last}");
  }

  private static boolean accepts(Network network, Shape image) {
    try {
      network.shapes(List.of(image));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether an extent is known and not that of colours. */
  private static boolean isOther(int extent) {
    return extent != Shape.UNKNOWN && extent != COLOURS;
  }
}
