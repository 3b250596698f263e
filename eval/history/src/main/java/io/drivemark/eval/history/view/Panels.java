package io.drivemark.eval.history.view;

import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The panels of a history, in the order of its lines. Stateless. */
public final class Panels {
  private Panels() {}

  /** One panel for each line. */
  public static List<Panel> of(HistoryView view) {
    Map<String, Integer> places = new HashMap<>();
    view.nights().forEach(night -> places.put(night.ref().uid(), places.size()));
    return view.lines().stream().map(line -> panel(line, view, places)).toList();
  }

  private static Panel panel(SeriesLine line, HistoryView view, Map<String, Integer> places) {
    List<Panel.Mark> marks = new ArrayList<>();
    TreeSet<Integer> splits = new TreeSet<>();
    String key = line.series().digest();
    for (Event event : view.events()) {
      Integer onset = places.get(event.onset().first().uid());
      if (event.machine().equals(line.machine()) && isOf(event, line, key)) {
        if (onset != null) {
          marks.add(new Panel.Mark(onset, event));
        }
        if (holds(event) && onset != null) {
          splits.add(onset);
        }
        if (event.state() == Event.State.FIXED) {
          event.closed().map(Night.Ref::uid).map(places::get).ifPresent(splits::add);
        }
      }
    }
    marks.sort(Comparator.comparingInt(Panel.Mark::night));
    return new Panel(line, levels(line, view.nights(), splits), marks);
  }

  private static boolean isOf(Event event, SeriesLine line, String key) {
    boolean timed = isTimed(line.metric());
    return event.changes().stream()
        .anyMatch(
            change ->
                change.metric().equals(line.metric())
                    && (change.series().key().equals(key) && change.ofClass().equals(line.ofClass())
                        || change.series().isAll() && timed));
  }

  private static boolean holds(Event event) {
    return switch (event.state()) {
      case CONFIRMED, ACCEPTED, FIXED -> true;
      case CANDIDATE, CLEARED, DISMISSED -> false;
    };
  }

  private static boolean isTimed(String metric) {
    return JudgeRules.defaults().rule(metric).map(MetricRule::noisy).orElse(false);
  }

  private static List<Panel.Level> levels(
      SeriesLine line, List<NightLine> nights, TreeSet<Integer> splits) {
    List<Panel.Level> out = new ArrayList<>();
    List<Point> segment = new ArrayList<>();
    Integer end = null;
    for (Point point : line.points()) {
      if (end != null && point.night() >= end) {
        add(segment, line, nights, out);
        segment.clear();
      }
      end = splits.higher(point.night());
      segment.add(point);
    }
    add(segment, line, nights, out);
    return out;
  }

  private static void add(
      List<Point> segment, SeriesLine line, List<NightLine> nights, List<Panel.Level> out) {
    boolean timed = isTimed(line.metric());
    double[] values =
        segment.stream()
            .filter(p -> p.value().isPresent())
            .filter(p -> nights.get(p.night()).excluded().isEmpty())
            .filter(p -> !timed || nights.get(p.night()).unquiet().isEmpty())
            .mapToDouble(p -> p.value().getAsDouble())
            .sorted()
            .toArray();
    if (values.length > 0) {
      int half = values.length / 2;
      double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
      out.add(
          new Panel.Level(segment.get(0).night(), segment.get(segment.size() - 1).night(), median));
    }
  }
}
