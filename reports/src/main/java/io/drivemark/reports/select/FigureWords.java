package io.drivemark.reports.select;

import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.reports.board.Numbers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How figures that networks are ranked or bounded by are called and written. Stateless. */
public final class FigureWords {
  private static final Set<String> FRACTIONS =
      Set.of("pixelAccuracy", "meanAccuracy", "frequencyWeightedIou");

  private FigureWords() {}

  /** What it is called: {@code mIoU}, {@code Safe mIoU}. */
  public static String title(String word) {
    return switch (word) {
      case "miou" -> "mIoU";
      case "absRel" -> "AbsRel";
      default -> figure(word).map(Figure::title).orElse(word);
    };
  }

  private static Optional<Figure> figure(String word) {
    return Gauges.installed().figures().stream().filter(f -> f.id().equals(word)).findFirst();
  }

  /** Whether values are written in per cent; AbsRel is not, as everywhere else. */
  private static boolean isFraction(String word) {
    return word.equals("miou")
        || FRACTIONS.contains(word)
        || !word.equals("absRel")
            && figure(word).filter(f -> f.unit() == Figure.Unit.FRACTION).isPresent();
  }

  private static boolean isTime(String word) {
    return word.startsWith("latency");
  }

  /** A value without its unit: {@code 66.81}, {@code 0.226}, {@code 43.5}, {@code 1.09 M}. */
  public static String number(String word, double value) {
    if (isTime(word)) {
      return Numbers.milliseconds(value);
    }
    if (isFraction(word)) {
      return Numbers.percent(value);
    }
    return switch (word) {
      case "params", "macs", "activationBytes", "peakActivationBytes" -> Numbers.count(value);
      default -> String.format(Locale.ROOT, "%.3f", value);
    };
  }

  /** What stands behind values: {@code %}, {@code ms}, or nothing. */
  public static String unit(String word) {
    return isTime(word) ? " ms" : isFraction(word) ? " %" : "";
  }

  /** A value with its unit. */
  public static String value(String word, double value) {
    return number(word, value) + unit(word);
  }

  /** How much of a figure another one has: {@code 6.70 points of mIoU more}. */
  public static String lead(String word, double gain, boolean moreIsBetter) {
    String size =
        isFraction(word)
            ? String.format(Locale.ROOT, "%.2f points of %s", 100 * Math.abs(gain), title(word))
            : String.format(Locale.ROOT, "%.3f of %s", Math.abs(gain), title(word));
    return size + (gain >= 0 == moreIsBetter ? " more" : " less");
  }
}
