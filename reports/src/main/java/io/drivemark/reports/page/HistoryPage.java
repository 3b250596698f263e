package io.drivemark.reports.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.view.Panel;
import io.drivemark.problem.Counted;
import io.drivemark.reports.night.EventWords;
import io.drivemark.reports.night.FigureRow;
import io.drivemark.reports.night.Inert;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A history as one self-contained page: a small drawing for each figure of a series. Stateless. */
public final class HistoryPage {
  private static final int MOST_EVENTS = 60;

  /** The characters of a year and a month. */
  private static final int MONTH = 7;

  /** The room that a month's name needs, and one with its year. */
  private static final int NARROW = 50;

  private static final int WIDE = 110;

  private HistoryPage() {}

  /**
   * The page's text.
   *
   * @param view at least one night
   * @param panels of the view
   * @param from the store that it was made from, for people
   */
  public static String text(HistoryView view, List<Panel> panels, String from) {
    Map<String, Night.Ref> nights = new LinkedHashMap<>();
    view.nights().forEach(night -> nights.put(night.ref().uid(), night.ref()));
    List<Event> events = shown(view, nights);
    long open = events.stream().filter(Event::isOpen).count();
    HistoryPageView.Page page =
        new HistoryPageView.Page(
            HtmlReport.resource("report.css")
                + HtmlReport.resource("select.css")
                + HtmlReport.resource("history.css"),
            HtmlReport.resource("history.js"),
            headline(view, open),
            lead(view, panels),
            distinct(panels.stream().map(p -> Inert.name(p.line().series().model())).toList()),
            distinct(panels.stream().map(HistoryPage::dataset).toList()),
            distinct(panels.stream().map(p -> FigureRow.title(p.line().metric())).toList()),
            events.stream().limit(MOST_EVENTS).map(HistoryPage::row).toList(),
            events.size() > MOST_EVENTS
                ? "and " + Counted.of(events.size() - MOST_EVENTS, "earlier one") + ", in the JSON"
                : "",
            machines(view, panels),
            view.decisions().stream().map(d -> said(d, view, nights)).toList(),
            "From " + Inert.sentence(from));
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            HistoryPage.class.getClassLoader(),
            HistoryPage.class.getPackageName());
    TemplateOutput out = new StringOutput();
    templates.render("history.jte", page, out);
    return out.toString();
  }

  private static String headline(HistoryView view, long open) {
    NightLine last = view.nights().get(view.nights().size() - 1);
    String since =
        open == 0
            ? "No event is open"
            : open == 1 ? "One event is open" : open + " events are open";
    return since
        + last.verdict()
            .map(said -> ". Last night: " + Inert.sentence(said.sentence()))
            .orElse(". The last night was not judged.");
  }

  private static String lead(HistoryView view, List<Panel> panels) {
    int nights = view.nights().size();
    long series = panels.stream().map(p -> p.line().series().digest()).distinct().count();
    return counted(nights, "night")
        + " from "
        + EventWords.date(view.nights().get(0).ref())
        + " to "
        + EventWords.date(view.nights().get(nights - 1).ref())
        + ", "
        + series
        + " series.";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static List<String> distinct(List<String> all) {
    Set<String> out = new LinkedHashSet<>(all);
    return List.copyOf(out);
  }

  /** Open ones first, then the newest; without those that were measured again and not there. */
  private static List<Event> shown(HistoryView view, Map<String, Night.Ref> nights) {
    List<Event> open = new ArrayList<>();
    List<Event> other = new ArrayList<>();
    for (Event event : view.events()) {
      if (event.isOpen()) {
        open.add(0, event);
      } else if (event.state() != Event.State.CLEARED
          && nights.containsKey(event.onset().first().uid())) {
        other.add(0, event);
      }
    }
    open.addAll(other);
    return open;
  }

  private static HistoryPageView.EventRow row(Event event) {
    return new HistoryPageView.EventRow(
        key(event),
        EventWords.title(event),
        EventWords.status(event, Optional.empty()),
        event.isOpen() ? EventWords.until(event) : "",
        event.isOpen() ? EventWords.accept(event) : "",
        EventWords.onset(event.onset()),
        EventWords.cause(event)
            + (event.conditions().isEmpty()
                ? ""
                : "; changed then: "
                    + String.join(", ", event.conditions().stream().map(Inert::name).toList())),
        EventWords.compare(event));
  }

  private static String key(Event event) {
    return event.isOpen() ? "open" : event.worse() ? "past" : "better";
  }

  private static HistoryPageView.Said said(
      Decision decision, HistoryView view, Map<String, Night.Ref> nights) {
    String of =
        decision.kind().isOfEvent()
            ? view.events().stream()
                .filter(e -> e.uid().equals(decision.subject()))
                .findFirst()
                .map(EventWords::title)
                .orElse("an event that is not here")
            : Optional.ofNullable(nights.get(decision.subject()))
                .map(n -> "the night of " + EventWords.date(n))
                .orElse("a night that is not here");
    return new HistoryPageView.Said(
        decision.kind().word(),
        of,
        Inert.sentence(decision.text()),
        Inert.name(decision.by()),
        decision.at().atOffset(ZoneOffset.UTC).toLocalDate().toString());
  }

  private static List<HistoryPageView.Machine> machines(HistoryView view, List<Panel> panels) {
    Map<String, List<Integer>> byMachine = new LinkedHashMap<>();
    for (int i = 0; i < view.nights().size(); i++) {
      byMachine
          .computeIfAbsent(view.nights().get(i).machine().digest(), m -> new ArrayList<>())
          .add(i);
    }
    List<HistoryPageView.Machine> out = new ArrayList<>();
    byMachine.forEach((machine, nights) -> out.add(machine(machine, nights, view, panels, out)));
    return out;
  }

  private static HistoryPageView.Machine machine(
      String machine,
      List<Integer> nights,
      HistoryView view,
      List<Panel> panels,
      List<HistoryPageView.Machine> before) {
    HistoryCards cards = new HistoryCards(view, nights);
    return new HistoryPageView.Machine(
        "machine-" + before.size(),
        Inert.name(view.nights().get(nights.get(0)).machine().label()),
        counted(nights.size(), "night"),
        months(view),
        nights.stream().map(n -> bar(n, view)).toList(),
        panels.stream().filter(p -> p.line().machine().equals(machine)).map(cards::card).toList());
  }

  private static List<HistoryPageView.Tick> months(HistoryView view) {
    List<HistoryPageView.Tick> out = new ArrayList<>();
    int count = view.nights().size();
    String month = "";
    int year = 0;
    int free = 0;
    for (int i = 0; i < count; i++) {
      LocalDate day = view.nights().get(i).ref().start().atOffset(ZoneOffset.UTC).toLocalDate();
      int x = HistoryPlot.x(i, count);
      boolean begins = !day.toString().substring(0, MONTH).equals(month);
      month = day.toString().substring(0, MONTH);
      if (begins && x >= free && x < HistoryPlot.WIDTH - NARROW) {
        boolean newYear = day.getYear() != year;
        year = day.getYear();
        String text = day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        out.add(new HistoryPageView.Tick(x, newYear ? text + " " + year : text));
        free = x + (newYear ? WIDE : NARROW);
      }
    }
    return out;
  }

  private static HistoryPageView.Bar bar(int place, HistoryView view) {
    NightLine night = view.nights().get(place);
    int count = view.nights().size();
    String state = night.verdict().map(HistoryView.Said::state).orElse("none");
    String key =
        night.excluded().isPresent()
            ? "excluded"
            : switch (state) {
              case "fine" -> "fine";
              case "worse" -> "worse";
              case "not judged" -> "unjudged";
              default -> "none";
            };
    String said =
        night.verdict().map(v -> Inert.sentence(v.sentence())).orElse("no verdict")
            + night.excluded().map(why -> " In no baseline: " + Inert.sentence(why)).orElse("");
    double width = Math.min(12, (HistoryPlot.WIDTH - 12.0) / Math.max(1, count - 1) * 0.86);
    return new HistoryPageView.Bar(
        HistoryPlot.x(place, count),
        String.format(Locale.ROOT, "%.1f", width),
        key,
        EventWords.date(night.ref()) + ": " + said);
  }

  static String dataset(Panel panel) {
    return Inert.name(panel.line().series().dataset() + "/" + panel.line().series().split());
  }
}
