package io.drivemark.reports.board;

import io.drivemark.eval.decide.Measure;
import java.util.Locale;

/** How values of a measure are called and written for people. Stateless. */
public final class MeasureWords {
  private MeasureWords() {}

  /** What it is called: {@code mIoU}. */
  public static String title(Measure measure) {
    return switch (measure) {
      case MIOU -> "mIoU";
      case ABS_REL -> "AbsRel";
    };
  }

  /** The same as a heading over values: {@code mIoU %}. */
  public static String heading(Measure measure) {
    return title(measure) + (isPercent(measure) ? " %" : "");
  }

  /** What it is called in CSV files: {@code miou}. */
  public static String key(Measure measure) {
    return switch (measure) {
      case MIOU -> "miou";
      case ABS_REL -> "abs_rel";
    };
  }

  /** What it means, a sentence. */
  public static String meaning(Measure measure) {
    return switch (measure) {
      case MIOU -> "Mean intersection over union of the classes, under the protocol named above.";
      case ABS_REL ->
          "Mean over frames of a frame's mean |truth − prediction| / truth, under the protocol named"
              + " above; smaller is better.";
    };
  }

  /** Whether values are written in per cent. */
  public static boolean isPercent(Measure measure) {
    return switch (measure) {
      case MIOU -> true;
      case ABS_REL -> false;
    };
  }

  /** A value below a heading: {@code 70.10}, {@code 0.226}. */
  public static String value(Measure measure, double value) {
    return isPercent(measure) ? Numbers.percent(value) : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A value in a sentence that has named the measure: {@code 70.10 %}, {@code 0.226}. */
  public static String brief(Measure measure, double value) {
    return value(measure, value) + (isPercent(measure) ? " %" : "");
  }

  /** A value with its measure: {@code 70.10 % mIoU}, {@code AbsRel 0.226}. */
  public static String phrase(Measure measure, double value) {
    return isPercent(measure)
        ? brief(measure, value) + " " + title(measure)
        : title(measure) + " " + brief(measure, value);
  }

  /** A difference below a heading, with its sign: {@code −1.20} points, {@code −0.013}. */
  public static String difference(Measure measure, double difference) {
    return isPercent(measure) ? Numbers.points(difference) : Numbers.thousandths(difference);
  }

  /** A difference in a sentence that has named the measure: {@code −1.20 points}. */
  public static String briefDifference(Measure measure, double difference) {
    return difference(measure, difference) + (isPercent(measure) ? " points" : "");
  }

  /** A difference with its measure: {@code −1.20 points of mIoU}, {@code −0.013 AbsRel}. */
  public static String differencePhrase(Measure measure, double difference) {
    return briefDifference(measure, difference)
        + (isPercent(measure) ? " of " : " ")
        + title(measure);
  }

  /** By how much one is better than another, without a sign: {@code 1.20 points}. */
  public static String lead(Measure measure, double gain) {
    return isPercent(measure)
        ? String.format(Locale.ROOT, "%.2f points", 100 * gain)
        : String.format(Locale.ROOT, "%.3f", gain);
  }
}
