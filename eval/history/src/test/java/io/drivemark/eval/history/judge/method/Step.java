package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Verdict;

/**
 * One cell slower from one night on, after nights without a change: what the judge made of it.
 *
 * @param sameNight whether it was confirmed in its first night
 * @param delay nights until any test had it, the first one is 1; 0 if none had
 * @param levelDelay nights until a change of level was found; 0 if none was
 * @param onsetError nights from the true onset to the one of the first change of level found
 */
record Step(boolean sameNight, int delay, int levelDelay, int onsetError) {
  static final int CELL = 7;

  static Step of(World.Noise noise, double relative, int quiet, int most, long seed) {
    World world = new World(noise, 40, 4, seed);
    Campaign campaign = new Campaign(world, JudgeRules.defaults());
    campaign.remember(quiet);
    world.plant(CELL, relative);
    boolean sameNight = false;
    int delay = 0;
    int levelDelay = 0;
    int error = 0;
    for (int t = 1; t <= most && levelDelay == 0; t++) {
      Verdict verdict = campaign.nextMeasured();
      for (Alarm alarm : verdict.alarms()) {
        if (isFound(alarm)) {
          delay = delay == 0 ? t : delay;
          sameNight |= t == 1;
          if (alarm.kind() == Alarm.Kind.LEVEL) {
            levelDelay = t;
            error = number(alarm.onset().first()) - quiet - 1;
          }
        }
      }
      // the onset is to be found by the change of level itself: the event is not handed on
      campaign.events.values().removeIf(event -> event.state() == Event.State.CONFIRMED);
    }
    return new Step(sameNight, delay, levelDelay, error);
  }

  /** The number that a night of the world has. */
  private static int number(Night.Ref night) {
    return Integer.parseInt(night.uid().substring(1));
  }

  static boolean isFound(Alarm alarm) {
    return alarm.worse()
        && alarm.state() == Alarm.State.CONFIRMED
        && alarm.series().equals(World.series(CELL));
  }
}
