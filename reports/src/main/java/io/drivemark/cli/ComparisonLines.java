package io.drivemark.cli;

import io.drivemark.eval.metrics.ModelDifference;
import io.drivemark.eval.metrics.ModelDifference.Difference;
import io.drivemark.eval.runner.score.Comparison;
import io.drivemark.eval.statistics.Interval;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A comparison of two folders of predictions as lines of text. Stateless. */
final class ComparisonLines {
  private ComparisonLines() {}

  static void print(PrintWriter out, Comparison comparison) {
    OptionalDouble miou = comparison.second().scores().miou().value();
    out.println(
        "against\t"
            + comparison.name()
            + "\tmIoU "
            + (miou.isPresent()
                ? String.format(Locale.ROOT, "%.6f", miou.getAsDouble())
                : "undefined"));
    if (comparison.difference().isEmpty()) {
      out.println("difference\tfewer than two clusters of frames: nothing can be said of chance");
      return;
    }
    ModelDifference all = comparison.difference().get();
    line(out, "mIoU", all.miou(), "p", all.miou().p(), "\t95 % over " + all.clusters());
    all.iou().forEach((name, d) -> line(out, "IoU " + name, d, "adjusted p", d.adjustedP(), ""));
  }

  private static void line(
      PrintWriter out, String name, Difference d, String word, Optional<Double> p, String end) {
    OptionalDouble value = d.estimate().value().value();
    if (value.isEmpty()) {
      out.println("difference " + name + "\tundefined");
      return;
    }
    Optional<Interval> interval = d.estimate().percentile();
    out.println(
        "difference "
            + name
            + "\t"
            + signed(value.getAsDouble())
            + interval.map(i -> "\t" + signed(i.low()) + "\t" + signed(i.high())).orElse("")
            + p.map(v -> String.format(Locale.ROOT, "\t%s %.4f", word, v)).orElse("")
            + end);
  }

  /** With its sign; what is zero in the places shown has none. */
  private static String signed(double value) {
    String text = String.format(Locale.ROOT, "%+.6f", value);
    return text.matches("[+-]0\\.0+") ? text.substring(1) : text;
  }
}
