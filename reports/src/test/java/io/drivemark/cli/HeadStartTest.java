package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadStartTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "score --dataset camvid --predictions p",
        "score --predictions=p --dataset=camvid --json x"
      })
  void eachStepIsOneThatTheCommandTakesToo(String arguments) throws Exception {
    for (Callable<?> step : HeadStart.steps(arguments.split(" "))) {
      assertNotNull(step.call());
    }
  }

  /** What is wrong is for the command to say. */
  @Test
  void aWrongDatasetEndsNeitherTheThreadNorTheOtherSteps() {
    String[] arguments = {"score", "--dataset", "none", "--predictions", "p"};
    Callable<?> first = HeadStart.steps(arguments).get(0);
    assertThrows(BadInputException.class, first::call);
    assertDoesNotThrow(() -> HeadStart.prepare(arguments));
    Invocation score = Invocation.of(arguments);
    assertEquals(2, score.exitCode(), score.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "score --help", "list datasets --predictions", "score-depth --predictions p"})
  void whatScoresNothingBeginsNothing(String arguments) {
    assertTrue(HeadStart.of(arguments.split(" ")).isEmpty());
  }
}
