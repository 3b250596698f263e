package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.Counted;
import io.drivemark.problem.OneLine;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** A verdict in one sentence. Stateless. */
public final class Sentences {
  /** The longest name in a sentence. */
  private static final int LONGEST = 120;

  private Sentences() {}

  /**
   * The sentence.
   *
   * @param open events for the worse that are open, those of tonight first
   */
  static String of(
      Verdict.State state,
      Verdict.Coverage coverage,
      List<String> reasons,
      List<Event> open,
      int candidates,
      JudgeRules rules) {
    return switch (state) {
      case WORSE -> worse(open, rules) + "; " + judged(coverage) + ".";
      case NOT_JUDGED ->
          "Not judged: "
              + judged(coverage)
              + String.format(Locale.ROOT, ", %.0f %% needed", 100 * coverage.required())
              + (reasons.isEmpty() ? "" : "; " + reasons.get(0))
              + ".";
      case FINE ->
          "Fine: "
              + judged(coverage)
              + (candidates == 0 ? ", none is worse." : ", " + waiting(candidates) + ".");
    };
  }

  private static String judged(Verdict.Coverage coverage) {
    return coverage.judged()
        + " of "
        + Counted.of(coverage.judged() + coverage.notJudged(), "figure")
        + " judged";
  }

  private static String waiting(int candidates) {
    return candidates
        + (candidates == 1 ? " finding waits" : " findings wait")
        + " to be measured again";
  }

  private static String worse(List<Event> open, JudgeRules rules) {
    Event first = open.get(0);
    StringBuilder out = new StringBuilder("Worse: ").append(change(first.changes().get(0), rules));
    int more = first.changes().size() - 1;
    if (more > 0) {
      out.append(" and ").append(more).append(more == 1 ? " more figure" : " more figures");
    }
    out.append(" since ")
        .append(first.onset().first().start().atOffset(ZoneOffset.UTC).toLocalDate());
    out.append(cause(first.cause()));
    int others = open.size() - 1;
    if (others > 0) {
      out.append("; ").append(others).append(others == 1 ? " other event is" : " other events are");
      out.append(" open");
    }
    return out.toString();
  }

  /** One figure's change: {@code enet on camvid/val: latency +5.2 %, 42.1 to 44.3 ms}. */
  public static String change(Event.Change change, JudgeRules rules) {
    String whose = plain(change.series().label()) + ": ";
    if (change.kind() == Alarm.Kind.DETERMINISM) {
      return whose + "label maps changed and nothing else did";
    }
    MetricRule rule = rule(change.metric(), rules);
    String what = rule.title() + change.ofClass().map(c -> " of " + plain(c)).orElse("");
    if (!rule.noisy()) {
      return whose
          + String.format(
              Locale.ROOT,
              "%s %.4f to %.4f%s",
              what,
              change.baseline(),
              change.level(),
              unit(rule));
    }
    String relative = String.format(Locale.ROOT, "%s %+.1f %%", what, 100 * change.change());
    return change.series().isAll()
        ? whose + relative
        : whose
            + relative
            + String.format(
                Locale.ROOT, ", %.4g to %.4g%s", change.baseline(), change.level(), unit(rule));
  }

  /** An event outlives the rules that it was found by: its figure may be judged no more. */
  private static MetricRule rule(String metric, JudgeRules rules) {
    return rules.rule(metric).or(() -> JudgeRules.defaults().rule(metric)).orElseThrow();
  }

  /** A name as a part of one sentence: on one line, and not longer than one. */
  private static String plain(String name) {
    return OneLine.of(name, LONGEST);
  }

  private static String unit(MetricRule rule) {
    return rule.unit().isEmpty() ? "" : " " + rule.unit();
  }

  private static String cause(Cause cause) {
    return switch (cause) {
      case MACHINE -> ", the machine's doing";
      case ENGINE -> ", the engine's doing";
      case JVM -> ", the JVM's doing";
      case DRIVEMARK -> ", Drivemark's own doing";
      case MODEL -> ", the model's doing";
      case UNKNOWN -> "";
    };
  }
}
