package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.Counted;
import io.drivemark.reports.board.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What was judged of a night and what was not, in words. Every text is one line. Stateless. */
public final class CensusWords {
  private CensusWords() {}

  /**
   * Figures that share a reason.
   *
   * @param reason why they were not judged, or are gone
   * @param figures their names
   */
  public record Group(String reason, List<String> figures) {
    public Group {
      figures = List.copyOf(figures);
    }
  }

  /** {@code 40 of 42 figures judged (95 %, at least 90 % needed), 1 gone}. */
  public static String coverage(Verdict.Coverage c) {
    return c.judged()
        + " of "
        + Counted.of(c.judged() + c.notJudged(), "figure")
        + " judged ("
        + percent(Math.floor(100 * c.share()))
        + ", at least "
        + percent(100 * c.required())
        + " needed)"
        + (c.gone() == 0 ? "" : ", " + c.gone() + " gone");
  }

  private static String percent(double percent) {
    String text = String.format(Locale.ROOT, "%.1f", percent);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
  }

  /** Figures in a state, by their reason, in the order of the census. */
  public static List<Group> by(Verdict verdict, Census.State state) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Census one : verdict.census()) {
      if (one.state() == state) {
        groups
            .computeIfAbsent(Inert.sentence(one.reason()), r -> new ArrayList<>())
            .add(Inert.name(one.series().label()) + ": " + FigureRow.title(one.metric()));
      }
    }
    return groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
  }

  /** How many series' predictions stand how: {@code 38 the same bits, 1 only rounding}. */
  public static String predictions(Verdict verdict) {
    List<String> parts = new ArrayList<>();
    for (AccuracyFinding.State state : AccuracyFinding.State.values()) {
      long count = verdict.accuracy().stream().filter(a -> a.state() == state).count();
      if (count > 0) {
        parts.add(count + " " + words(state));
      }
    }
    return String.join(", ", parts);
  }

  private static String words(AccuracyFinding.State state) {
    return switch (state) {
      case SAME -> "with the same bits";
      case TAKEN -> "not measured anew";
      case DETERMINISM -> "with other bits though nothing was changed";
      case ROUNDING -> "with rounding alone";
      case CHANGED -> "with changed predictions";
      case WORSE -> "worse";
      case FIRST -> "for the first time";
      case NOT_COMPARABLE -> "not comparable";
    };
  }

  /**
   * Predictions that are not the same, one line each: what moved since when, and what was meant.
   * What was not measured is said before.
   */
  public static List<String> moved(Verdict verdict) {
    return Stream.concat(
            taken(verdict),
            verdict.accuracy().stream()
                .filter(a -> a.state() != AccuracyFinding.State.SAME)
                .filter(a -> a.state() != AccuracyFinding.State.TAKEN)
                .filter(a -> a.state() != AccuracyFinding.State.FIRST)
                .map(CensusWords::moved))
        .toList();
  }

  /** Those that were taken over from one night are one line. */
  private static Stream<String> taken(Verdict verdict) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    verdict.accuracy().stream()
        .filter(a -> a.state() == AccuracyFinding.State.TAKEN)
        .forEach(a -> counts.merge(Inert.sentence(a.note()), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(
            e ->
                e.getValue()
                    + (e.getValue() == 1 ? " accuracy was" : " accuracies were")
                    + " not measured anew; "
                    + e.getKey());
  }

  private static String moved(AccuracyFinding a) {
    StringBuilder out = new StringBuilder(Inert.name(a.series().label()));
    out.append(": ").append(a.state().word());
    a.before().ifPresent(b -> out.append(" since ").append(EventWords.date(b)));
    if (!a.declared().isEmpty()) {
      out.append(", declared: ")
          .append(String.join(", ", a.declared().stream().map(Inert::name).toList()));
    }
    a.difference()
        .ifPresent(
            d ->
                out.append("; at least ")
                    .append(Numbers.grouped(d.pixelsMoved()))
                    .append(d.pixelsMoved() == 1 ? " pixel in " : " pixels in ")
                    .append(d.framesMoved())
                    .append(d.framesMoved() == 1 ? " frame" : " frames")
                    .append(
                        d.frames().isEmpty()
                            ? ""
                            : ", most in "
                                + Numbers.names(d.frames().stream().map(Inert::name).toList(), 3)));
    if (!a.note().isEmpty()) {
      out.append("; ").append(Inert.sentence(a.note()));
    }
    return out.toString();
  }
}
