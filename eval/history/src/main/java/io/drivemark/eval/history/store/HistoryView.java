package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a page of a history shows: nights, series with their figures, events, what people said.
 * Immutable.
 *
 * @param nights in their order
 * @param lines one for each series, machine, metric and class, by series
 * @param events as they stand, the oldest onset first
 * @param decisions the oldest first
 */
public record HistoryView(
    List<NightLine> nights, List<SeriesLine> lines, List<Event> events, List<Decision> decisions) {
  public HistoryView {
    nights = List.copyOf(nights);
    lines = List.copyOf(lines);
    events = List.copyOf(events);
    decisions = List.copyOf(decisions);
  }

  /**
   * A night.
   *
   * @param ref which one
   * @param kind {@code night} or {@code run}
   * @param machine its hardware
   * @param conditions what may explain a change, by name
   * @param folder where its files lie, or lay
   * @param unquiet why the machine was not fit for timing; empty if it was
   * @param excluded why it is in no baseline; empty if it may be
   * @param verdict what the judge said; empty if it was not judged
   */
  public record NightLine(
      Night.Ref ref,
      String kind,
      MachineKey machine,
      Map<String, String> conditions,
      String folder,
      Optional<String> unquiet,
      Optional<String> excluded,
      Optional<Said> verdict) {
    public NightLine {
      Objects.requireNonNull(ref, "ref");
      conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    }
  }

  /**
   * What the judge said of a night.
   *
   * @param state in one word
   * @param sentence in one sentence
   * @param judged figures that were judged
   * @param notJudged figures that were to be judged and were not
   * @param gone figures that are no longer to be measured
   */
  public record Said(String state, String sentence, int judged, int notJudged, int gone) {}

  /**
   * A figure of a series on one machine over the nights. Figures of two machines are two lines.
   *
   * @param series which one
   * @param machine the digest of the machine's key
   * @param metric its id
   * @param ofClass the class it is of; empty for all
   * @param points in the order of nights
   */
  public record SeriesLine(
      SeriesKey series,
      String machine,
      String metric,
      Optional<String> ofClass,
      List<Point> points) {
    public SeriesLine {
      points = List.copyOf(points);
    }
  }

  /**
   * A figure of one night.
   *
   * @param night its place among {@link HistoryView#nights}
   * @param value empty where it is undefined
   * @param low end of its 95 % interval, where it has one
   * @param high end of it
   */
  public record Point(int night, OptionalDouble value, OptionalDouble low, OptionalDouble high) {}
}
