package io.drivemark.eval.runner.accuracy;

import java.util.stream.IntStream;

/**
 * Frames of a split that follow each other. Immutable.
 *
 * @param first position of the first one
 * @param last position after the last one
 */
public record FrameRange(int first, int last) {
  public FrameRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("frames: no range from " + first + " to before " + last);
    }
  }

  /** All frames of a split of so many. */
  static FrameRange all(int frames) {
    return new FrameRange(0, frames);
  }

  /** How many there are. */
  public int size() {
    return last - first;
  }

  /** Whether a position is one of them. */
  public boolean has(int frame) {
    return frame >= first && frame < last;
  }

  /** Their positions. */
  public IntStream frames() {
    return IntStream.range(first, last);
  }

  /** These with so many before and after them, as far as a split of so many frames has them. */
  public FrameRange with(int around, int frames) {
    return new FrameRange(
        Math.max(0, first - around), (int) Math.min(frames, (long) last + around));
  }

  /** For people, who count from 1: {@code 3 to 7}. */
  public String words() {
    return size() == 1 ? Integer.toString(last) : (first + 1) + " to " + last;
  }
}
