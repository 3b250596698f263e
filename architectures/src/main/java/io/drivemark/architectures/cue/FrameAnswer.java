package io.drivemark.architectures.cue;

import io.drivemark.datasets.LabelMap;
import java.util.Objects;
import java.util.Optional;

/**
 * What a path answers for a frame. Labels are made of scores when they are first asked for, so that
 * cues which change scores cost no labels in between. For one thread.
 */
public final class FrameAnswer {
  private final Optional<Scores> scores;
  private final int height;
  private final int width;
  private final int from;
  private final int runs;
  private LabelMap labels;

  private FrameAnswer(
      Optional<Scores> scores, int height, int width, int from, int runs, LabelMap labels) {
    if (from < 0 || runs < 0) {
      throw new IllegalArgumentException("answer from frame " + from + " after " + runs + " runs");
    }
    this.scores = scores;
    this.height = height;
    this.width = width;
    this.from = from;
    this.runs = runs;
    this.labels = labels;
  }

  /**
   * Scores of a frame.
   *
   * @param frame the one that they were made from
   * @param runs how often a network was run for it
   */
  public static FrameAnswer of(Scores scores, PathFrame frame, int runs) {
    return new FrameAnswer(
        Optional.of(scores),
        frame.image().height(),
        frame.image().width(),
        frame.number(),
        runs,
        null);
  }

  /**
   * Labels alone.
   *
   * @param from the number of the frame that they were made from
   * @param runs how often a network was run now
   */
  public static FrameAnswer of(LabelMap labels, int from, int runs) {
    Objects.requireNonNull(labels, "labels");
    return new FrameAnswer(Optional.empty(), labels.height(), labels.width(), from, runs, labels);
  }

  /** The class of each pixel of the photograph; kept, so that a second call costs nothing. */
  public LabelMap labels() {
    if (labels == null) {
      labels = scores.orElseThrow().labels(height, width);
    }
    return labels;
  }

  /** The scores that labels are made of; empty where there are labels alone. */
  public Optional<Scores> scores() {
    return scores;
  }

  /**
   * The number of the frame that the answer was made from: that of the frame it is for, or an
   * earlier one's. Where several went into it, the newest.
   */
  public int from() {
    return from;
  }

  /** How often a network was run for it; 0 where an earlier answer was kept. */
  public int runs() {
    return runs;
  }

  /** The same with other runs. */
  public FrameAnswer withRuns(int other) {
    return new FrameAnswer(scores, height, width, from, other, labels);
  }

  /** The same with other scores. */
  public FrameAnswer withScores(Scores other) {
    return new FrameAnswer(Optional.of(other), height, width, from, runs, null);
  }

  /** The same as labels alone, which hold for good. */
  public FrameAnswer labelsAlone() {
    return of(labels(), from, runs);
  }
}
