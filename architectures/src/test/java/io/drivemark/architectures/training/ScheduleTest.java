package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void risesThenDeclinesPolynomially() {
    Schedule schedule = new Schedule(1, 2, TrainingRecipe.ScheduleKind.POLY, 1, 1, 1);
    double[] expected = {0.5, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
    for (int step = 0; step < 10; step++) {
      assertEquals(expected[step], schedule.at(step, step / 10.0), 1e-12, "step " + step);
    }
  }

  @Test
  void powerOfNineTenthsIsTheCustomaryOne() {
    Schedule schedule = new Schedule(0.1, 0, TrainingRecipe.ScheduleKind.POLY, 0.9, 1, 1);
    assertEquals(0.1, schedule.at(0, 0), 1e-12);
    assertEquals(0.1 * Math.pow(0.5, 0.9), schedule.at(50, 0.5), 1e-12);
    assertEquals(0, schedule.at(100, 1), 1e-12);
  }

  @Test
  void fallsInStepsOfEpochs() {
    TrainingRecipe recipe =
        TrainingRecipe.defaults()
            .withLearningRate(1e-3)
            .withWarmUpEpochs(0)
            .withEpochs(30)
            .withSchedule(TrainingRecipe.ScheduleKind.STEP);
    Schedule schedule = Schedule.of(recipe, 7);
    assertEquals(1e-3, schedule.at(0, 0), 1e-15);
    assertEquals(1e-3, schedule.at(69, 69 / 210.0), 1e-15);
    assertEquals(1e-4, schedule.at(70, 70 / 210.0), 1e-15);
    assertEquals(1e-5, schedule.at(209, 209 / 210.0), 1e-15);
    Schedule halves = Schedule.of(recipe.withStepEpochs(2).withStepFactor(0.5), 7);
    assertEquals(0.25e-3, halves.at(28, 0), 1e-15);
  }

  /** As monodepth is trained: 50 epochs, a half from the 31st on, a quarter from the 41st. */
  @Test
  void halvesAfterThreeAndAfterFourFifths() {
    Schedule schedule =
        Schedule.of(
            TrainingRecipe.defaults()
                .withLearningRate(1e-4)
                .withWarmUpEpochs(0)
                .withEpochs(50)
                .withSchedule(TrainingRecipe.ScheduleKind.HALVING),
            3);
    double[] expected = {1e-4, 1e-4, 5e-5, 5e-5, 2.5e-5, 2.5e-5};
    int[] steps = {0, 89, 90, 119, 120, 149};
    for (int i = 0; i < steps.length; i++) {
      assertEquals(expected[i], schedule.at(steps[i], steps[i] / 150.0), 1e-18, "step " + steps[i]);
    }
  }
}
