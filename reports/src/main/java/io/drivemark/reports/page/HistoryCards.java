package io.drivemark.reports.page;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import io.drivemark.eval.history.view.Panel;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.night.EventWords;
import io.drivemark.reports.night.FigureRow;
import io.drivemark.reports.night.Inert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Cards of the figures of one machine. */
final class HistoryCards {
  private final HistoryView view;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<HistoryPageView.Mark> notes = new ArrayList<>();
  private final int last;

  /**
   * @param nights the machine's, by their places
   */
  HistoryCards(HistoryView view, List<Integer> nights) {
    this.view = view;
    Map<String, Integer> byUid = new HashMap<>();
    for (int night : nights) {
      places.put(night, places.size());
      byUid.put(view.nights().get(night).ref().uid(), night);
    }
    this.last = nights.get(nights.size() - 1);
    for (Decision decision : view.decisions()) {
      Integer night = byUid.get(decision.subject());
      if (night != null) {
        notes.add(
            new HistoryPageView.Mark(
                HistoryPlot.x(night, view.nights().size()),
                "note",
                Inert.sentence(decision.text()) + " – " + Inert.name(decision.by())));
      }
    }
  }

  HistoryPageView.Card card(Panel panel) {
    SeriesLine line = panel.line();
    HistoryPlot plot = new HistoryPlot(panel, view.nights().size());
    List<HistoryPageView.Mark> marks = new ArrayList<>(notes);
    for (Panel.Mark mark : panel.marks()) {
      if (mark.event().state() != Event.State.CLEARED) {
        marks.add(
            new HistoryPageView.Mark(
                plot.x(mark.night()), key(mark.event()), title(mark.event(), line)));
      }
    }
    long beyond = plot.beyond();
    return new HistoryPageView.Card(
        Inert.name(line.series().model()),
        HistoryPage.dataset(panel),
        FigureRow.title(line.metric()),
        panel.isWorse() ? "open" : panel.marks().isEmpty() ? "" : "some",
        FigureRow.title(line.metric()) + line.ofClass().map(c -> " of " + Inert.name(c)).orElse(""),
        Inert.name(line.series().label()),
        now(line),
        panel.levels().isEmpty()
            ? ""
            : number(line, panel.levels().get(panel.levels().size() - 1).value()),
        plot.isEmpty() ? "" : number(line, plot.high()),
        plot.isEmpty() ? "" : number(line, plot.low()),
        beyond == 0 ? "" : beyond + (beyond == 1 ? " night" : " nights") + " beyond the scale",
        plot.band().stream().toList(),
        plot.line(places),
        panel.levels().stream().map(plot::level).toList(),
        marks);
  }

  private static String key(Event event) {
    return event.isOpen() ? "open" : event.worse() ? "past" : "better";
  }

  /** What the event says of this figure; of all, where it says nothing of it alone. */
  private static String title(Event event, SeriesLine line) {
    String key = line.series().digest();
    String what =
        event.changes().stream()
            .filter(c -> c.series().key().equals(key) && c.metric().equals(line.metric()))
            .filter(c -> c.ofClass().equals(line.ofClass()))
            .findFirst()
            .map(EventWords::change)
            .orElseGet(() -> EventWords.title(event));
    return EventWords.date(event.onset().first())
        + ": "
        + what
        + "; "
        + EventWords.status(event, Optional.empty());
  }

  private String now(SeriesLine line) {
    Optional<Point> newest =
        line.points().stream().filter(p -> p.value().isPresent()).reduce((a, b) -> b);
    return newest
        .map(
            p ->
                number(line, p.value().getAsDouble())
                    + (p.night() == last
                        ? ""
                        : " on " + EventWords.date(view.nights().get(p.night()).ref())))
        .orElse("undefined");
  }

  private static String number(SeriesLine line, double value) {
    String metric = line.metric();
    if (metric.endsWith("Ms")) {
      return String.format(Locale.ROOT, Math.abs(value) < 99.95 ? "%.2f ms" : "%.1f ms", value);
    }
    return Math.abs(value) < 1000
        ? String.format(Locale.ROOT, "%.4f", value)
        : Numbers.count(value);
  }
}
