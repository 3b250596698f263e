package io.drivemark.eval.history.view;

import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import java.util.List;
import java.util.Objects;

/**
 * A figure of one series on one machine over nights, with its levels and the events that it is part
 * of. Immutable.
 *
 * @param line the figure
 * @param levels the oldest first
 * @param marks events, the oldest onset first
 */
public record Panel(SeriesLine line, List<Level> levels, List<Mark> marks) {
  /**
   * Nights of one level: between two events that hold.
   *
   * @param from the place of the first night that has the figure
   * @param to the place of the last
   * @param value the median of the nights that may be in a baseline
   */
  public record Level(int from, int to, double value) {}

  /**
   * An event at its onset.
   *
   * @param night the place of the first night of the new level
   */
  public record Mark(int night, Event event) {
    public Mark {
      Objects.requireNonNull(event, "event");
    }
  }

  public Panel {
    Objects.requireNonNull(line, "line");
    levels = List.copyOf(levels);
    marks = List.copyOf(marks);
  }

  /** Whether one of its events is for the worse and open. */
  public boolean isWorse() {
    return marks.stream().anyMatch(mark -> mark.event().isOpen());
  }
}
