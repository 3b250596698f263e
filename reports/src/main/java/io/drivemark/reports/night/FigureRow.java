package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.reports.board.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure that changed, in words for a table; – where there is no number. Immutable.
 *
 * @param series whose
 * @param figure which
 * @param before the level before
 * @param after the level after
 * @param change from one to the other
 * @param floor the least change that counts
 * @param p of the test
 * @param q p adjusted for all figures judged
 * @param found by which test
 * @param note what else is to be said
 */
public record FigureRow(
    String series,
    String figure,
    String before,
    String after,
    String change,
    String floor,
    String p,
    String q,
    String found,
    String note) {
  private static final String NONE = "–";
  private static final double LEAST = 0.0001;
  private static final JudgeRules RULES = JudgeRules.defaults();

  /** A change of an event, with tonight's finding where there is one. */
  static FigureRow of(Event.Change c, Optional<Alarm> alarm) {
    Form form = Form.of(c.metric(), c.kind(), c.series().isAll());
    return new FigureRow(
        Inert.name(c.series().label()),
        figure(c.metric(), c.ofClass()),
        form.level(c.baseline()),
        form.level(c.level()),
        form.change(c.change()),
        alarm.map(a -> form.floor(a.floor())).orElse(NONE),
        alarm.map(a -> chance(a.p())).orElse(NONE),
        alarm.map(a -> chance(a.q())).orElse(NONE),
        found(c.kind()),
        alarm.map(a -> Inert.sentence(a.note())).orElse(""));
  }

  /** A finding of tonight. */
  private static FigureRow of(Alarm a) {
    return of(
        new Event.Change(
            a.series(), a.metric(), a.ofClass(), a.kind(), a.baseline(), a.level(), a.change()),
        Optional.of(a));
  }

  /** Tonight's findings of a state, in the verdict's order. */
  public static List<FigureRow> of(Verdict verdict, Alarm.State state) {
    return verdict.alarms().stream().filter(a -> a.state() == state).map(FigureRow::of).toList();
  }

  /** A figure's name: {@code IoU of car}. */
  static String figure(String metric, Optional<String> ofClass) {
    return title(metric) + ofClass.map(c -> " of " + Inert.name(c)).orElse("");
  }

  /** A metric's name for people. */
  public static String title(String metric) {
    return metric.equals("prints")
        ? "label maps"
        : RULES.rule(metric).map(MetricRule::title).orElse(Inert.name(metric));
  }

  private static String found(Alarm.Kind kind) {
    return switch (kind) {
      case NIGHT -> "tonight against the nights before";
      case LEVEL -> "a change of level over nights";
      case DRIFT -> "creeping against the pinned night";
      case ACCURACY -> "exact counts";
      case DETERMINISM -> "label maps that were to be equal";
    };
  }

  private static String chance(OptionalDouble p) {
    if (p.isEmpty()) {
      return NONE;
    }
    double value = p.getAsDouble();
    return value < LEAST ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** How numbers of a figure are written. */
  private enum Form {
    /** Milliseconds; changes are relative. */
    TIMED,
    /** A factor to before; changes are relative. */
    FACTOR,
    /** A figure from counts; changes are differences. */
    EXACT,
    /** Frames. */
    FRAMES;

    static Form of(String metric, Alarm.Kind kind, boolean all) {
      if (kind == Alarm.Kind.DETERMINISM) {
        return FRAMES;
      }
      boolean timed = RULES.rule(metric).map(MetricRule::noisy).orElse(kind == Alarm.Kind.NIGHT);
      return !timed ? EXACT : all ? FACTOR : TIMED;
    }

    String level(double value) {
      return switch (this) {
        case TIMED -> Numbers.milliseconds(value) + " ms";
        case FACTOR -> String.format(Locale.ROOT, "× %.3f", value);
        case EXACT -> String.format(Locale.ROOT, "%.4f", value);
        case FRAMES -> frames(value);
      };
    }

    String change(double value) {
      return switch (this) {
        case TIMED, FACTOR -> Numbers.change(value) + " %";
        case EXACT -> String.format(Locale.ROOT, "%+.4f", value).replace('-', '−');
        case FRAMES -> "+" + frames(value);
      };
    }

    String floor(double value) {
      return switch (this) {
        case TIMED, FACTOR -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
        case EXACT -> String.format(Locale.ROOT, "%.4f", value);
        case FRAMES -> "any";
      };
    }

    private static String frames(double value) {
      return String.format(Locale.ROOT, "%.0f", value) + (value == 1 ? " frame" : " frames");
    }
  }
}
