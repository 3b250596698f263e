package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.night.CensusWords;
import io.drivemark.reports.night.EventWords;
import io.drivemark.reports.night.FigureRow;
import io.drivemark.reports.night.Inert;
import java.util.ArrayList;
import java.util.List;

/** A night's verdict as one self-contained page. Stateless. */
public final class NightPage {
  private static final int MOST_ROWS = 200;

  private NightPage() {}

  /** The page's text, of the verdict alone. */
  public static String text(Verdict verdict) {
    NightView.Page page =
        new NightView.Page(
            HtmlReport.resource("report.css")
                + HtmlReport.resource("select.css")
                + HtmlReport.resource("night.css"),
            EventWords.date(verdict.night()),
            verdict.state().word(),
            switch (verdict.state()) {
              case FINE -> "fine";
              case WORSE -> "worse";
              case NOT_JUDGED -> "unjudged";
            },
            Inert.sentence(verdict.sentence()),
            CensusWords.coverage(verdict.coverage()),
            verdict.reasons().stream().map(Inert::sentence).toList(),
            verdict.events().stream().map(event -> event(event, verdict)).toList(),
            again(verdict),
            CensusWords.predictions(verdict),
            CensusWords.moved(verdict),
            census(verdict),
            Inert.name(Numbers.shortDigest(verdict.night().uid())),
            Inert.name(Numbers.shortDigest(verdict.machine())));
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            NightPage.class.getClassLoader(),
            NightPage.class.getPackageName());
    TemplateOutput out = new StringOutput();
    templates.render("night.jte", page, out);
    return out.toString();
  }

  private static NightView.EventBlock event(Event event, Verdict verdict) {
    List<FigureRow> rows = EventWords.figures(event, verdict);
    return new NightView.EventBlock(
        event.isOpen() ? "open" : event.worse() ? "past" : "better",
        EventWords.title(event),
        EventWords.status(event, verdict),
        EventWords.onset(event.onset()),
        EventWords.cause(event),
        event.conditions().stream().map(Inert::sentence).toList(),
        EventWords.compare(event),
        event.isOpen() ? EventWords.until(event) : "",
        event.isOpen() ? EventWords.accept(event) : "",
        event.isOpen() ? EventWords.dismiss(event) : "",
        rows.stream().limit(MOST_ROWS).toList(),
        more(rows));
  }

  private static String more(List<FigureRow> rows) {
    return rows.size() > MOST_ROWS
        ? "and " + (rows.size() - MOST_ROWS) + " more, in verdict.json"
        : "";
  }

  private static List<NightView.Again> again(Verdict verdict) {
    List<NightView.Again> out = new ArrayList<>();
    for (Alarm.State state : List.of(Alarm.State.CANDIDATE, Alarm.State.CLEARED)) {
      List<FigureRow> rows = FigureRow.of(verdict, state);
      if (!rows.isEmpty()) {
        out.add(
            new NightView.Again(
                state == Alarm.State.CANDIDATE
                    ? "Waiting to be timed again"
                    : "Timed again and not there",
                rows.stream().limit(MOST_ROWS).toList(),
                more(rows)));
      }
    }
    return out;
  }

  private static List<NightView.CensusBlock> census(Verdict verdict) {
    List<NightView.CensusBlock> out = new ArrayList<>();
    for (Census.State state :
        List.of(Census.State.NOT_JUDGED, Census.State.GONE, Census.State.JUDGED)) {
      List<CensusWords.Group> groups = CensusWords.by(verdict, state);
      if (!groups.isEmpty()) {
        String word = state.word();
        out.add(
            new NightView.CensusBlock(
                Character.toUpperCase(word.charAt(0)) + word.substring(1),
                state != Census.State.JUDGED,
                groups));
      }
    }
    return out;
  }
}
