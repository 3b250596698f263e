package io.drivemark.reports.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.select.BoardSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectWordsTest {
  @Test
  void theWholeOfASelection() {
    BoardSelection board = Selected.with("fast", "latencyMs<=25", "params<=450");
    assertEquals(
        """
        camvid val: strong is the most accurate within the budgets latencyMs<=25 and params<=450, with 95 % certainty.
        200 frames in 20 clusters, timed in 1 process. 1 on the front for certain, 1 certainly beaten, 3 open, 1 not comparable. The chance that any of these claims is false is 5 % at most.
        On the front for certain:
          fast: mIoU 50.10 [48.18, 52.01] %, 10.0 [9.89, 10.1] ms, front in 100 % of draws, best in 0 %
        Certainly beaten:
          beaten: mIoU 60.18 [58.29, 62.07] %, 30.0 [29.7, 30.3] ms, front in 0 % of draws, best in 0 %
              by near (10.02 points of mIoU more, in 0.67 of the time) and 1 other
        Open:
          strong: mIoU 70.29 [68.44, 72.15] %, 20.0 [19.8, 20.2] ms, front in 100 % of draws, best in 100 %
              about 14 processes of timing or another split of about 21410 frames in 2141 clusters would tell it from near
          near: mIoU 70.20 [68.29, 72.12] %, 20.1 [19.9, 20.3] ms, front in 38 % of draws, best in 0 %
              about 12 processes of timing and another split of about 18330 frames in 1833 clusters would show that strong beats it
          strong again: mIoU 70.29 [68.44, 72.15] %, 20.0 [19.8, 20.2] ms, front in 100 % of draws, best in 100 %
              the same file as strong
        Not comparable:
          random: mIoU 10.28 %
              its weights are random, so it has no accuracy
        Budgets:
          latencyMs<=25:
            fast: kept for certain (10.0 ms, bounds 9.91 and 10.1)
            strong: kept for certain (20.0 ms, bounds 19.8 and 20.2)
            beaten: broken for certain (30.0 ms, bounds 29.7 and 30.3)
            near: kept for certain (20.1 ms, bounds 19.9 and 20.3)
            strong again: kept for certain (20.0 ms, bounds 19.8 and 20.2)
          params<=450:
            fast: kept for certain (100)
            strong: kept for certain (400)
            beaten: broken for certain (900)
            near: broken for certain (500)
            strong again: kept for certain (400)
        """,
        String.join("\n", SelectWords.lines(board, SelectWords.title(board, List.of(board))))
            + "\n");
  }

  @Test
  void whyNotTheBeatenOne() {
    assertEquals(
        """
        Budget latencyMs<=25: broken for certain (30.0 ms, bounds 29.7 and 30.3).
        Beaten for certain by near: 10.02 points of mIoU more, in 0.67 of the time (accuracy p < 0.001, speed p < 0.001; among all claims p < 0.001).
        Beaten for certain by strong: 10.11 points of mIoU more, in 0.67 of the time (accuracy p < 0.001, speed p < 0.001; among all claims p < 0.001).
        """,
        why("beaten"));
  }

  @Test
  void whyNotTheOpenOne() {
    assertEquals(
        """
        Budget latencyMs<=25: kept for certain (20.1 ms, bounds 19.9 and 20.3).
        No network beats it for certain: it is on the front in 38 % of draws.
        Nearest to beating it is strong: 0.09 points of mIoU more, in 1.00 of the time (accuracy p = 0.389, speed p = 1.000).
        About 12 processes of timing and another split of about 18330 frames in 1833 clusters would show that strong beats it.
        It may be the most accurate within the budgets: so in 38 % of draws.
        """,
        why("near"));
  }

  @Test
  void whyNotTheOneThatCannotBeCompared() {
    assertEquals(
        """
        It cannot be compared: its weights are random, so it has no accuracy.
        """,
        why("random"));
  }

  @Test
  void whyNotTheTwin() {
    assertEquals(
        """
        It is the same file as strong, of which all of this is said.
        Budget latencyMs<=25: kept for certain (20.0 ms, bounds 19.8 and 20.2).
        No network beats it for certain: it is on the front in 100 % of draws.
        Nearest to beating it is near: 0.09 points of mIoU less, in 1.00 of the time (accuracy p = 1.000, speed p = 1.000).
        About 14 processes of timing or another split of about 21410 frames in 2141 clusters would tell it from near.
        It may be the most accurate within the budgets: so in 62 % of draws.
        """,
        why("strong again"));
  }

  @Test
  void nothingKeepsABudgetThatIsTooTight() {
    BoardSelection board = Selected.with("fast", "latencyMs<=2");
    assertEquals(
        "No network keeps the budget latencyMs<=2", SelectWords.headline(board.selection()));
  }

  private static String why(String label) {
    BoardSelection board = Selected.with("fast", "latencyMs<=25");
    return String.join(
            "\n", WhyWords.of(board.selection().find(label).orElseThrow(), board.selection()))
        + "\n";
  }
}
