package io.drivemark.reports.page;

import io.drivemark.eval.decide.Measure;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.page.PageView.Key;
import java.util.List;

/**
 * What the page says of a board's accuracy, which depends on the task. Immutable.
 *
 * @param title of the measure
 * @param scatter what the chart shows, for those who do not see it
 * @param front how to read the chart
 * @param predicted what a frame's latency ends with
 * @param slices about the table of slices
 * @param errors about the table of errors, before the protocol is named
 * @param gallery how error pictures are to be read
 * @param worst about the worst frames
 * @param unknown what black is in pictures of the truth
 * @param isPercent whether values are written in per cent
 */
record MeasureView(
    String title,
    String scatter,
    String front,
    String predicted,
    String slices,
    String errors,
    String gallery,
    String worst,
    String unknown,
    boolean isPercent) {
  /** The colours of distances in a record's pictures, equal steps for equal ratios. */
  private static final List<Key> DISTANCES =
      List.of(
          new Key("2 m and nearer", "#fcee5a"),
          new Key("7 m", "#e85a3c"),
          new Key("23 m", "#822882"),
          new Key("80 m and farther", "#141046"));

  /** What colours mean in a board's pictures. */
  static List<Key> legend(Board board) {
    return switch (board.measure()) {
      case MIOU ->
          board.classes().stream().map(c -> new Key(c.name(), Gallery.css(c.color()))).toList();
      case ABS_REL -> DISTANCES;
    };
  }

  static MeasureView of(Measure measure) {
    String title = MeasureWords.title(measure);
    String scatter = "Scatter of " + title + " against speed; the table below has the same numbers";
    return switch (measure) {
      case MIOU ->
          new MeasureView(
              title,
              scatter,
              "Up is more accurate. The stepped line is the Pareto front: the best mIoU to be had"
                  + " within each time. Below and behind it, something else is at least as accurate"
                  + " and faster; advantages under 0.05 points of mIoU count as none.",
              "label map",
              "mIoU in percent of the frames that have something in common",
              "What the mean does not say: people who are overlooked, obstacles taken for road near"
                  + " the car and ahead of it, borders, single frames. In percent unless a column says"
                  + " otherwise; each column is coloured from its worst to its best. Confusions,"
                  + " boundaries and regions are counted over all frames, void truth left out; frames"
                  + " are judged",
              "In error pictures wrong pixels are red over the dimmed photograph; what the truth"
                  + " leaves void is black and not judged. The figure is the mIoU of that frame"
                  + " alone.",
              "The three frames on which each network has its lowest mIoU, those that most of them"
                  + " fail on first: prediction above, errors below. The figure is the mIoU of that"
                  + " frame alone.",
              "void",
              true);
      case ABS_REL ->
          new MeasureView(
              title,
              scatter,
              "Down is more accurate: AbsRel is an error. The stepped line is the Pareto front: the"
                  + " smallest AbsRel to be had within each time. Above and behind it, something else"
                  + " is at least as accurate and faster; advantages under 0.0005 count as none.",
              "distances",
              "AbsRel of the frames that have something in common; smaller is better",
              "How far distances are off, each with its 95 % interval. In percent unless a column says"
                  + " otherwise; each column is coloured from its worst to its best. Means over frames,"
                  + " each counting alike, of pixels whose distance is known; frames are judged",
              "Distances have one scale of colours in truth and predictions, equal steps for equal"
                  + " ratios. Error pictures go from white (none) to red (off by half of the true"
                  + " distance or more); what the truth does not know is black and not judged. The"
                  + " figure is the AbsRel of that frame alone.",
              "The three frames on which each network has its largest AbsRel, those that most of them"
                  + " fail on first: prediction above, errors below. The figure is the AbsRel of that"
                  + " frame alone.",
              "unknown",
              false);
    };
  }
}
