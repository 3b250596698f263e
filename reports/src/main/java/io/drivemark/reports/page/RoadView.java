package io.drivemark.reports.page;

import io.drivemark.reports.page.PageView.Key;
import io.drivemark.reports.page.PageView.StepView;
import io.drivemark.reports.page.PageView.TableView;
import java.util.List;

/**
 * What late answers of a board's networks are worth, ready to be shown. Immutable.
 *
 * @param sentences which network is best at which camera rate, and why
 * @param switches camera rates and policies, with their places in the chart's data
 * @param factors what comes of each speed of the hardware, that of the study first
 * @param further tables that only some studies have
 * @param paced what happened at the camera's pace, a sentence a network
 * @param method how it was made, in words
 */
record RoadView(
    List<String> sentences,
    List<Key> switches,
    List<FactorView> factors,
    List<TableView> further,
    List<String> paced,
    String method) {
  /** Nothing to show. */
  static final RoadView NONE =
      new RoadView(List.of(), List.of(), List.of(), List.of(), List.of(), "");

  /**
   * What comes of latencies multiplied by a factor.
   *
   * @param name the factor in words
   * @param steps the best at each camera rate; the bar's length is its streaming mIoU
   * @param table a row a network and camera rate
   */
  record FactorView(String name, List<StepView> steps, TableView table) {}

  /** Whether there is nothing to show. */
  boolean isEmpty() {
    return method.isEmpty();
  }
}
