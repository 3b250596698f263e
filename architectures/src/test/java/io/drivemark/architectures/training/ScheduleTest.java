package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void risesThenDeclinesPolynomially() {
    Schedule schedule = new Schedule(1, 1, 2);
    double[] expected = {0.5, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
    for (int step = 0; step < 10; step++) {
      assertEquals(expected[step], schedule.at(step, step / 10.0), 1e-12, "step " + step);
    }
  }

  @Test
  void powerOfNineTenthsIsTheCustomaryOne() {
    Schedule schedule = new Schedule(0.1, 0.9, 0);
    assertEquals(0.1, schedule.at(0, 0), 1e-12);
    assertEquals(0.1 * Math.pow(0.5, 0.9), schedule.at(50, 0.5), 1e-12);
    assertEquals(0, schedule.at(100, 1), 1e-12);
  }
}
