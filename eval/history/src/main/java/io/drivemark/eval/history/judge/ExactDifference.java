package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Objects;

/**
 * How the predictions of a series differ from those of an earlier night on the same frames, as
 * counts and prints say exactly. Immutable.
 *
 * @param before uid of the earlier night
 * @param framesMoved frames whose label maps differ
 * @param pixelsMoved pixels that moved at least
 * @param withinFragile whether in every frame no more pixels moved than had two largest logits of
 *     nearly one size
 * @param frames ids of the frames that moved most, the most first
 */
public record ExactDifference(
    String before, int framesMoved, long pixelsMoved, boolean withinFragile, List<String> frames) {
  public ExactDifference {
    Objects.requireNonNull(before, "before");
    frames = List.copyOf(frames);
  }
}
