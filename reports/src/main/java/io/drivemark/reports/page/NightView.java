package io.drivemark.reports.page;

import io.drivemark.reports.night.CensusWords;
import io.drivemark.reports.night.FigureRow;
import java.util.List;

/** What the template of a night shows, all of it words. */
final class NightView {
  private NightView() {}

  /**
   * The page.
   *
   * @param key the verdict's state for the style
   * @param again findings that wait to be timed again, or were and are not there
   */
  public record Page(
      String style,
      String date,
      String state,
      String key,
      String sentence,
      String coverage,
      List<String> reasons,
      List<EventBlock> events,
      List<Again> again,
      String predictions,
      List<String> moved,
      List<CensusBlock> census,
      String uid,
      String machine) {}

  /** An event; what it waits for and how a person closes it are empty unless it is open. */
  public record EventBlock(
      String key,
      String title,
      String status,
      String onset,
      String cause,
      List<String> conditions,
      String compare,
      String until,
      String accept,
      String dismiss,
      List<FigureRow> rows,
      String more) {}

  /** Findings of one state. */
  public record Again(String heading, List<FigureRow> rows, String more) {}

  /** Figures of one state. */
  public record CensusBlock(String heading, boolean isOpen, List<CensusWords.Group> groups) {}
}
