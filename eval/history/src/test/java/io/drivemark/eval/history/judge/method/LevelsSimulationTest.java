package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What becomes of levels that return, of changes for the better and of machines that stay bad, in
 * many histories; the large one prints rows of a Markdown table.
 */
class LevelsSimulationTest {
  private static final int CELL = 3;
  private static final int QUIET = 40;
  private static final MetricRule FPS =
      new MetricRule("fps", "frames a second", "1/s", true, true, 0.02, 0);

  private static Campaign quiet(String metric, int cells, long seed) {
    World world = new World(World.Noise.IID, cells, 2, seed).withMetric(metric);
    JudgeRules rules =
        metric.equals(FPS.metric())
            ? new JudgeRules(List.of(FPS), 10, 60, 3, 0.05, 0.2, 2, 4, 0.9)
            : JudgeRules.defaults();
    Campaign campaign = new Campaign(world, rules);
    campaign.remember(QUIET);
    return campaign;
  }

  /** Open events of the cell that a history is about. */
  private static long open(Campaign campaign) {
    return campaign.events.values().stream()
        .filter(Event::isOpen)
        .filter(e -> e.changes().stream().anyMatch(c -> c.series().equals(World.series(CELL))))
        .count();
  }

  /** A tenth slower for ten nights, then as before: one event, which closes. */
  private static boolean returns(long seed) {
    Campaign campaign = quiet("latencyMs", 16, seed);
    campaign.world.plant(CELL, 0.1);
    campaign.next(10);
    boolean opened = open(campaign) == 1;
    campaign.world.plant(CELL, 0);
    campaign.next(20);
    return opened && open(campaign) == 0;
  }

  /** One bad night leaves nothing open. */
  private static boolean passes(long seed) {
    Campaign campaign = quiet("latencyMs", 16, seed);
    campaign.world.plant(CELL, 0.1);
    campaign.nextMeasured();
    campaign.world.plant(CELL, 0);
    campaign.next(10);
    return open(campaign) == 0;
  }

  /** After an improvement the old level is an event, within three nights. */
  private static boolean baselineFollows(long seed) {
    Campaign campaign = quiet("latencyMs", 16, seed);
    campaign.world.plant(CELL, -0.1);
    campaign.next(15);
    boolean none = open(campaign) == 0;
    campaign.world.plant(CELL, 0);
    campaign.next(3);
    return none && open(campaign) == 1;
  }

  /** A change of a figure is found if it is for the worse, and is no alarm if it is not. */
  private static boolean hasDirection(String metric, double relative, long seed) {
    Campaign campaign = quiet(metric, 16, seed);
    campaign.world.plant(CELL, relative);
    campaign.next(8);
    // values of the world are times: more of them is worse, and fewer frames a second
    return open(campaign) == (relative > 0 ? 1 : 0);
  }

  /** A machine that stays bad through the confirmation is no cell's doing. */
  private static boolean isNotJudged(long seed) {
    Campaign campaign = quiet("latencyMs", 20, seed);
    campaign.world.staysBad();
    Verdict verdict = campaign.nextMeasured();
    return verdict.state() == Verdict.State.NOT_JUDGED
        && verdict.alarms().stream()
            .noneMatch(a -> a.worse() && a.state() == Alarm.State.CONFIRMED);
  }

  private static void share(String what, int histories, long seed, LongPredicate right) {
    int count = 0;
    for (int i = 0; i < histories; i++) {
      count += right.test(seed + i) ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT, "| %s | %d | %.1f %% |%n", what, histories, 100.0 * count / histories);
    assertTrue(
        count >= 0.95 * histories, what + ": " + count + " of " + histories + ", seed " + seed);
  }

  @Test
  void eachOfThemInOneHistory() {
    assertTrue(returns(1), "seed 1");
    assertTrue(passes(2), "seed 2");
    assertTrue(baselineFollows(3), "seed 3");
    assertTrue(hasDirection("fps", -0.1, 4), "seed 4");
    assertTrue(isNotJudged(5), "seed 5");
  }

  @Tag("slow")
  @Test
  void theyHoldInNearlyAllHistories() {
    int histories = Integer.getInteger("drivemark.histories", 500) / 5;
    System.out.println("| what happens | histories | right |\n|---|---|---|");
    share(
        "+10 % for ten nights, then back: one event, closed",
        histories, 200_000, LevelsSimulationTest::returns);
    share(
        "one night of +10 %: nothing stays open", histories, 210_000, LevelsSimulationTest::passes);
    share(
        "−10 %, then back: an event within 3 nights",
        histories, 220_000, LevelsSimulationTest::baselineFollows);
    for (String metric : List.of("latencyMs", "fps")) {
      share(
          metric + " better by a tenth: no alarm",
          histories,
          230_000,
          s -> hasDirection(metric, -0.1, s));
      share(
          metric + " worse by a tenth: found in 8 nights",
          histories,
          240_000,
          s -> hasDirection(metric, 0.1, s));
    }
    share(
        "the machine stays bad: not judged, nothing confirmed",
        histories,
        250_000,
        LevelsSimulationTest::isNotJudged);
  }
}
