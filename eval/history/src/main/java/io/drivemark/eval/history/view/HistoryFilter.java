package io.drivemark.eval.history.view;

import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of a history is wanted. Immutable.
 *
 * @param series globs of which one must be the model's name or the series' label, with {@code *}
 *     for any text and {@code ?} for one character; none for all series
 * @param since the first day, in UTC
 */
public record HistoryFilter(List<String> series, Optional<LocalDate> since) {
  public HistoryFilter {
    series = List.copyOf(series);
  }

  /** All of it. */
  public static HistoryFilter all() {
    return new HistoryFilter(List.of(), Optional.empty());
  }

  /** What is wanted of a history: nights, and of lines the points in them. */
  public HistoryView of(HistoryView view) {
    Map<Integer, Integer> places = new HashMap<>();
    List<NightLine> nights = new ArrayList<>();
    for (int i = 0; i < view.nights().size(); i++) {
      NightLine night = view.nights().get(i);
      LocalDate day = night.ref().start().atOffset(ZoneOffset.UTC).toLocalDate();
      if (since.isEmpty() || !day.isBefore(since.get())) {
        places.put(i, nights.size());
        nights.add(night);
      }
    }
    List<Pattern> globs = series.stream().map(HistoryFilter::pattern).toList();
    List<SeriesLine> lines = new ArrayList<>();
    for (SeriesLine line : view.lines()) {
      List<Point> points =
          line.points().stream()
              .filter(p -> places.containsKey(p.night()))
              .map(p -> new Point(places.get(p.night()), p.value(), p.low(), p.high()))
              .toList();
      if (!points.isEmpty() && isWanted(line.series(), globs)) {
        lines.add(
            new SeriesLine(line.series(), line.machine(), line.metric(), line.ofClass(), points));
      }
    }
    return new HistoryView(nights, lines, view.events(), view.decisions());
  }

  private static boolean isWanted(SeriesKey series, List<Pattern> globs) {
    return globs.isEmpty()
        || globs.stream()
            .anyMatch(
                g -> g.matcher(series.model()).matches() || g.matcher(series.label()).matches());
  }

  private static Pattern pattern(String glob) {
    StringBuilder out = new StringBuilder();
    glob.replaceAll("\\*+", "*")
        .codePoints()
        .forEach(
            c ->
                out.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(out.toString(), Pattern.DOTALL);
  }
}
