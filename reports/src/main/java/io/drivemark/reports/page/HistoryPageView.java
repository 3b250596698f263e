package io.drivemark.reports.page;

import java.util.List;

/** What the template of a history shows, all of it words and places. */
final class HistoryPageView {
  private HistoryPageView() {}

  /**
   * The page.
   *
   * @param models choices of the filter
   * @param datasets likewise
   * @param metrics likewise
   */
  public record Page(
      String style,
      String script,
      String headline,
      String lead,
      List<String> models,
      List<String> datasets,
      List<String> metrics,
      List<EventRow> events,
      String moreEvents,
      List<Machine> machines,
      List<Said> said,
      String written) {}

  /**
   * An event in a table; what it waits for and how a person closes it are empty unless it is open.
   */
  public record EventRow(
      String key,
      String title,
      String status,
      String until,
      String accept,
      String onset,
      String cause,
      String compare) {}

  /** What a person said. */
  public record Said(String kind, String of, String text, String by, String at) {}

  /** One hardware: what was measured elsewhere stands elsewhere. */
  public record Machine(
      String id,
      String label,
      String nights,
      List<Tick> months,
      List<Bar> verdicts,
      List<Card> cards) {}

  /** A month's beginning. */
  public record Tick(int x, String text) {}

  /** A night's verdict, or a mark of one. */
  public record Bar(int x, String width, String key, String title) {}

  /** A figure of a series over nights. */
  public record Card(
      String model,
      String dataset,
      String metric,
      String events,
      String title,
      String series,
      String now,
      String level,
      String high,
      String low,
      String beyond,
      List<String> band,
      String line,
      List<String> levels,
      List<Mark> marks) {}

  /** An event, or what a person said of a night. */
  public record Mark(int x, String key, String title) {}
}
