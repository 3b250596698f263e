package io.drivemark.reports.page;

import java.util.List;

/** What the page of selections shows, all of it text. */
public final class SelectView {
  private SelectView() {}

  /**
   * The page.
   *
   * @param style of the page
   * @param title of the window
   * @param boards one a yardstick
   * @param written when and from what
   */
  public record Page(String style, String title, List<Board> boards, String written) {
    public Page {
      boards = List.copyOf(boards);
    }
  }

  /**
   * A selection.
   *
   * @param id for links
   * @param name of dataset and split
   * @param basis what it rests on
   * @param headline whom to take
   * @param summary how many of each state
   * @param accuracyHead over accuracies
   * @param chart drawn; empty where nothing is comparable
   * @param states with those that are in them
   * @param budgets with who keeps them
   * @param why the network that was asked for, and what is said of it; empty if none was
   * @param notes how it was decided
   */
  public record Board(
      String id,
      String name,
      String basis,
      String headline,
      String summary,
      String accuracyHead,
      List<Chart> chart,
      List<State> states,
      List<BudgetTable> budgets,
      List<Why> why,
      List<String> notes) {
    public Board {
      chart = List.copyOf(chart);
      states = List.copyOf(states);
      budgets = List.copyOf(budgets);
      why = List.copyOf(why);
      notes = List.copyOf(notes);
    }
  }

  /** A state, what it means, and its networks. */
  public record State(String key, String heading, String meaning, List<Row> rows) {
    public State {
      rows = List.copyOf(rows);
    }
  }

  /** A network in its state; {@code number} is its number in the chart. */
  public record Row(
      String number,
      String label,
      String accuracy,
      String accuracyRange,
      String latency,
      String latencyRange,
      String front,
      String best,
      String remark) {}

  /** A budget and who keeps it. */
  public record BudgetTable(String text, List<BudgetRow> rows) {
    public BudgetTable {
      rows = List.copyOf(rows);
    }
  }

  /** Whether one keeps it. */
  public record BudgetRow(String label, String key, String text) {}

  /** Why one is not the choice. */
  public record Why(String label, List<String> sentences) {
    public Why {
      sentences = List.copyOf(sentences);
    }
  }

  /** Accuracy against latency, on a paper of fixed size. */
  public record Chart(
      String title, String x, String y, List<Tick> xTicks, List<Tick> yTicks, List<Point> points) {
    public Chart {
      xTicks = List.copyOf(xTicks);
      yTicks = List.copyOf(yTicks);
      points = List.copyOf(points);
    }
  }

  /** A tick and its place. */
  public record Tick(String at, String text) {}

  /** A network with its intervals. */
  public record Point(
      String number,
      String label,
      String key,
      String x,
      String y,
      String left,
      String right,
      String top,
      String bottom) {}
}
