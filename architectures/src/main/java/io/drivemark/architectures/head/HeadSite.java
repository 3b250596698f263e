package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a head's output is decoded: the opened output, and what part of it shows the frame.
 * Immutable.
 *
 * @param subject how messages begin: {@code model enet-depth, head depth}
 * @param output the output's shape as the session gives it, all extents known
 * @param input the size that frames are scaled to
 * @param padded the size that the network is given: more at the bottom and right
 * @param classes what labels are decoded to; empty where nobody needs labels
 */
public record HeadSite(
    String subject, Shape output, Extents input, Extents padded, Optional<Classes> classes) {
  /** Height and width in pixels. */
  public record Extents(int height, int width) {}

  /**
   * What labels are decoded to.
   *
   * @param mapping from the head's classes to the dataset's
   * @param truth the dataset's own label space, of the same classes as the mapping's target
   * @param grid how outputs come onto the frame's grid
   * @param channels what the output's channels mean; empty for outputs that are labels
   * @param channelsLast whether the output is [1, h, w, K]
   */
  public record Classes(
      LabelMapping mapping,
      LabelSpace truth,
      Grid grid,
      Optional<Channels> channels,
      boolean channelsLast) {}

  public HeadSite {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(padded, "padded");
    Objects.requireNonNull(classes, "classes");
    if (!output.isKnown()) {
      throw new IllegalArgumentException(subject + ": its output is " + output);
    }
  }

  /** The share of the output's height that shows the frame, above 0 and at most 1. */
  public double rowShare() {
    return (double) input.height() / padded.height();
  }

  /** The share of its width. */
  public double columnShare() {
    return (double) input.width() / padded.width();
  }
}
