package io.drivemark.reports.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.judge.Verdict;
import org.junit.jupiter.api.Test;

class CensusWordsTest {
  @Test
  void oneFigureIsOne() {
    assertEquals(
        "1 of 1 figure judged (100 %, at least 90 % needed)",
        CensusWords.coverage(new Verdict.Coverage(1, 0, 0, 0.9)));
    assertEquals(
        "1 of 2 figures judged (50 %, at least 90 % needed), 1 gone",
        CensusWords.coverage(new Verdict.Coverage(1, 1, 1, 0.9)));
  }
}
