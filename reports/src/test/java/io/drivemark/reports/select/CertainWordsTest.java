package io.drivemark.reports.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.decide.Yardstick;
import io.drivemark.eval.decide.select.BoardSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertainWordsTest {
  private static final BoardSelection BOARD = Selected.with("fast");

  @Test
  void aReportSaysWhatOfItIsCertainAndWhatIsOpen() {
    assertEquals(
        List.of(
            "On the front for certain: fast.",
            "Certainly beaten: beaten (by near).",
            "Open: strong, near, strong again. Means put them in an order that other frames or"
                + " another process may turn.",
            "The chance that any of these claims is false is 5 % at most (200 frames in 20 clusters,"
                + " timed in 1 process); drivemark select says what would tell the open ones apart."),
        CertainWords.of(BOARD.yardstick(), List.of(BOARD)));
  }

  @Test
  void ofAnotherYardstickItSaysNothing() {
    Yardstick other =
        new Yardstick("camvid", "test", "d", "cityscapes", "p", "logits-bilinear", Measure.MIOU);
    assertEquals(List.of(), CertainWords.of(other, List.of(BOARD)));
  }
}
