package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  /**
   * Processes of one cell are 1.5 % apart each night, their middle is the same: a night may scatter
   * by 1.04 %, 0.015 / √(3 · 0.693), and one process timed again by 1.8 %.
   */
  @Test
  void aCellThatSeemsToStandStillScattersAsItsProcessesDo() {
    TimedNights nights = new TimedNights(9, false, 31);
    nights.forks = 3;
    nights.apart[2] = 0.015;
    nights.remember(20);
    nights.slower[2] = 0.1;
    JudgeInput input = nights.input();
    Alarm first = alarm(Judge.judge(input), nights.series(2));
    Alarm again =
        alarm(
            Judge.judge(input.withConfirmation(nights.measure("again", 21, 2))), nights.series(2));

    assertEquals(0.0104, first.scatter().orElseThrow(), 0.0015);
    assertEquals(0.0180, again.scatter().orElseThrow(), 0.002);
    assertEquals(Alarm.State.CONFIRMED, again.state());
  }

  /** Of one process a night nothing is known of how processes differ, and nothing is assumed. */
  @Test
  void ofOneProcessANightItsScatterIsThatOfNights() {
    Row.Processes of = Row.Processes.UNKNOWN;
    assertEquals(0, of.ofNight());
    assertEquals(0.01, of.single(0.01));
    Row.Processes three = new Row.Processes(0.03, 3);
    assertEquals(0.03 / Math.sqrt(3), three.ofNight(), 1e-15);
    assertEquals(0.03, three.single(0.03 / Math.sqrt(3)), 1e-15);
    assertEquals(Math.sqrt(0.0025 + 0.0009 - 0.0003), three.single(0.05), 1e-15);
  }

  private static Alarm alarm(Verdict verdict, Series series) {
    return verdict.alarms().stream()
        .filter(alarm -> alarm.series().equals(series))
        .findFirst()
        .orElseThrow();
  }
}
