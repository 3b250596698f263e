package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.table.Markdown;
import java.util.List;

/** A verdict as Markdown: the sentence, events with their numbers, the census. Stateless. */
public final class VerdictMarkdown {
  /** More rows hide the first ones; how many there are is said. */
  private static final int MOST = 30;

  private static final int MOST_NAMES = 6;

  private VerdictMarkdown() {}

  /** The text, ending in a line feed. */
  public static String text(Verdict verdict) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(sentence(verdict.sentence())).append("\n\n");
    out.append("Night ")
        .append(Markdown.code(Inert.name(Numbers.shortDigest(verdict.night().uid()))))
        .append(" of ")
        .append(verdict.night().start())
        .append(" on machine ")
        .append(Markdown.code(Inert.name(Numbers.shortDigest(verdict.machine()))))
        .append(": ")
        .append(CensusWords.coverage(verdict.coverage()))
        .append(".\n");
    if (!verdict.reasons().isEmpty()) {
      out.append('\n');
      list(verdict.reasons().stream().map(Inert::sentence).toList(), out);
    }
    for (Event event : verdict.events()) {
      event(event, verdict, out);
    }
    alarms("Waiting to be timed again", Alarm.State.CANDIDATE, verdict, out);
    alarms("Timed again and not there", Alarm.State.CLEARED, verdict, out);
    if (!verdict.accuracy().isEmpty()) {
      out.append("\n## Predictions\n\n").append(CensusWords.predictions(verdict)).append(".\n");
      List<String> moved = CensusWords.moved(verdict);
      if (!moved.isEmpty()) {
        out.append('\n');
        list(moved, out);
      }
    }
    census("Not judged", Census.State.NOT_JUDGED, verdict, out);
    census("Gone", Census.State.GONE, verdict, out);
    return out.toString();
  }

  private static void event(Event event, Verdict verdict, StringBuilder out) {
    out.append("\n## ").append(sentence(EventWords.title(event))).append("\n\n");
    fact("State", EventWords.status(event, verdict), out);
    fact("Onset", EventWords.onset(event.onset()), out);
    fact("Laid to", EventWords.cause(event), out);
    for (String condition : event.conditions()) {
      fact("Changed then", Inert.sentence(condition), out);
    }
    out.append("- Runs to compare: ").append(Markdown.code(EventWords.compare(event))).append('\n');
    if (event.isOpen()) {
      fact("Open until", EventWords.until(event), out);
      out.append("- If it is meant: ").append(Markdown.code(EventWords.accept(event))).append('\n');
      out.append("- If it is none: ").append(Markdown.code(EventWords.dismiss(event))).append('\n');
    }
    out.append('\n');
    rows(EventWords.figures(event, verdict), out);
  }

  private static void alarms(
      String heading, Alarm.State state, Verdict verdict, StringBuilder out) {
    List<FigureRow> rows = FigureRow.of(verdict, state);
    if (!rows.isEmpty()) {
      out.append("\n## ").append(heading).append("\n\n");
      rows(rows, out);
    }
  }

  private static void rows(List<FigureRow> rows, StringBuilder out) {
    out.append("| Series | Figure | Before | After | Change | Counts from | p | q | Found by |\n")
        .append("|---|---|--:|--:|--:|--:|--:|--:|---|\n");
    rows.stream()
        .limit(MOST)
        .forEach(
            r ->
                out.append("| ")
                    .append(
                        String.join(
                            " | ",
                            Markdown.text(r.series()),
                            Markdown.text(r.figure()),
                            r.before(),
                            r.after(),
                            r.change(),
                            r.floor(),
                            Markdown.text(r.p()),
                            Markdown.text(r.q()),
                            r.found() + (r.note().isEmpty() ? "" : "; " + Markdown.text(r.note()))))
                    .append(" |\n"));
    if (rows.size() > MOST) {
      out.append("\nand ").append(rows.size() - MOST).append(" more, in verdict.json\n");
    }
  }

  private static void census(
      String heading, Census.State state, Verdict verdict, StringBuilder out) {
    List<CensusWords.Group> groups = CensusWords.by(verdict, state);
    if (!groups.isEmpty()) {
      out.append("\n## ").append(heading).append("\n\n");
      list(
          groups.stream()
              .map(g -> g.reason() + ": " + Numbers.names(g.figures(), MOST_NAMES))
              .toList(),
          out);
    }
  }

  private static void list(List<String> lines, StringBuilder out) {
    lines.stream()
        .limit(MOST)
        .forEach(line -> out.append("- ").append(Markdown.text(line)).append('\n'));
    if (lines.size() > MOST) {
      out.append("- and ").append(lines.size() - MOST).append(" more, in verdict.json\n");
    }
  }

  private static void fact(String name, String text, StringBuilder out) {
    out.append("- ").append(name).append(": ").append(Markdown.text(text)).append('\n');
  }

  private static String sentence(String text) {
    return Markdown.text(Inert.sentence(text));
  }
}
