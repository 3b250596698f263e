package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.HIGHER;
import static io.drivemark.reports.table.Field.Better.LOWER;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Columns of the errors of distances. Stateless. */
final class DepthFields {
  private DepthFields() {}

  /** What stands beside AbsRel; nothing where no contender was asked for depth. */
  static List<Field> beside(Collection<Contender> contenders) {
    if (contenders.stream().noneMatch(c -> c.measure() == Measure.ABS_REL)) {
      return List.of();
    }
    return List.of(
        error(
            "sq_rel",
            "SqRel m",
            "Mean of (truth − prediction)² / truth.",
            DepthScores::sqRel,
            DepthFields::three),
        error(
            "rmse",
            "RMSE m",
            "Root of the mean squared error.",
            DepthScores::rmse,
            DepthFields::two),
        error(
            "rmse_log",
            "RMSE log",
            "Root of the mean squared error of natural logarithms.",
            DepthScores::rmseLog,
            DepthFields::three),
        share(
            "delta1",
            "δ < 1.25 %",
            "Share of pixels off by less than a quarter.",
            DepthScores::delta1),
        share("delta2", "δ < 1.25² %", "The same below 1.25².", DepthScores::delta2),
        share("delta3", "δ < 1.25³ %", "The same below 1.25³.", DepthScores::delta3));
  }

  private static Field error(
      String key,
      String title,
      String meaning,
      ToDoubleFunction<DepthScores> value,
      DoubleFunction<String> format) {
    return Field.number(key, title, ofFrames(meaning), LOWER, c -> mean(c, value), format);
  }

  private static Field share(
      String key, String title, String meaning, ToDoubleFunction<DepthScores> value) {
    return Field.number(
        key, title, ofFrames(meaning), HIGHER, c -> mean(c, value), Numbers::percent);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String ofFrames(String meaning) {
    return meaning + " A mean over frames, each counting alike.";
  }

  private static Optional<Double> mean(Contender c, ToDoubleFunction<DepthScores> value) {
    return c.entry().depth().flatMap(DepthAccuracy::mean).map(value::applyAsDouble);
  }

  /** AbsRel of the frames that share an attribute's value, in the records' order. */
  static List<Field> slices(Collection<Contender> contenders) {
    Set<List<String>> names = new LinkedHashSet<>();
    contenders.forEach(c -> slices(c).forEach(s -> names.add(List.of(s.attribute(), s.value()))));
    List<Field> out = new ArrayList<>();
    for (List<String> name : names) {
      out.add(
          Field.number(
              "abs_rel_" + name.get(0) + "_" + name.get(1),
              name.get(0) + ": " + name.get(1),
              "AbsRel of the frames with this " + name.get(0) + ".",
              LOWER,
              c ->
                  slices(c).stream()
                      .filter(s -> List.of(s.attribute(), s.value()).equals(name))
                      .findFirst()
                      .map(s -> s.scores().absRel()),
              v -> MeasureWords.value(Measure.ABS_REL, v)));
    }
    return out;
  }

  private static List<DepthAccuracy.Slice> slices(Contender c) {
    return c.entry().depth().map(DepthAccuracy::slices).orElse(List.of());
  }
}
