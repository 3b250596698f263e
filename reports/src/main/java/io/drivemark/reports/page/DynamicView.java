package io.drivemark.reports.page;

import java.util.List;

/**
 * A network that chooses by the frame, ready to be shown. Immutable.
 *
 * @param contender its place on the board, for its chart
 * @param label its name
 * @param color its architecture's
 * @param about what its gates do and what frames cost, a sentence each
 * @param clock how time follows, a sentence each
 * @param times latencies side by side
 * @param spreads how cost and time are distributed
 * @param hasChart whether frames were timed one by one and cost differently
 * @param frames those that cost least and most
 * @param sites a row a site
 * @param slices accuracy and cost of the frames that share something; no rows where there are none
 * @param sequences the same of each sequence
 * @param twins static networks beside it; no rows where there are none
 * @param verdict who is more accurate; empty where nothing stands beside it
 */
record DynamicView(
    int contender,
    String label,
    String color,
    List<String> about,
    List<String> clock,
    List<PageView.Kept> times,
    List<SpreadView> spreads,
    boolean hasChart,
    List<ExtremeView> frames,
    PageView.TableView sites,
    PageView.TableView slices,
    PageView.TableView sequences,
    PageView.TableView twins,
    String verdict) {

  /** A histogram: what it is of, its ends in words, heights of its bars, what it comes to. */
  record SpreadView(String name, String low, String high, List<BarView> bars, String text) {}

  /** A bar: its height and what it counts. */
  record BarView(String height, String title) {}

  /** A frame with what it cost. */
  record ExtremeView(String caption, String id, String image, String prediction, String error) {}
}
