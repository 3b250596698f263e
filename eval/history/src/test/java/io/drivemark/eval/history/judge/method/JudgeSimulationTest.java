package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.statistics.Proportion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Simulated nights through the judge: how often it is wrong, and how soon right. Each has a small
 * twin that always runs; the large ones print rows of a Markdown table.
 */
class JudgeSimulationTest {
  private static final JudgeRules RULES = JudgeRules.defaults();
  private static final int NIGHTS = 90;

  /**
   * Nights that were judged, and those with an alarm for the worse that was false; the first one is
   * pinned.
   */
  private record Falsely(int judged, int night, int level, int drift, int any) {
    static Falsely in(World.Noise noise, int nights, int cells, long seed) {
      return in(noise, nights, cells, 4, NIGHTS, seed);
    }

    static Falsely in(
        World.Noise noise, int nights, int cells, int rotations, int history, long seed) {
      int judged = 0;
      int night = 0;
      int level = 0;
      int drift = 0;
      int any = 0;
      for (long c = 0; judged < nights && c < nights; c++) {
        Campaign campaign = new Campaign(new World(noise, cells, rotations, seed + c), RULES);
        campaign.nextMeasured();
        campaign.pinned = Optional.of(campaign.nights.get(0).ref().uid());
        campaign.next(Math.min(history, nights - judged + 10) - 1);
        for (Verdict verdict : campaign.verdicts) {
          if (verdict.coverage().judged() > 0 && judged < nights) {
            judged++;
            boolean byNight = has(verdict, Alarm.Kind.NIGHT);
            boolean byLevel = has(verdict, Alarm.Kind.LEVEL);
            boolean byDrift = has(verdict, Alarm.Kind.DRIFT);
            night += byNight ? 1 : 0;
            level += byLevel ? 1 : 0;
            drift += byDrift ? 1 : 0;
            any += byNight || byLevel || byDrift ? 1 : 0;
          }
        }
      }
      return new Falsely(judged, night, level, drift, any);
    }

    private static boolean has(Verdict verdict, Alarm.Kind kind) {
      return verdict.alarms().stream()
          .anyMatch(a -> a.worse() && a.state() == Alarm.State.CONFIRMED && a.kind() == kind);
    }

    /** One-sided 95 % bound by Clopper and Pearson. */
    double upper() {
      return new Proportion(any, judged).interval(0.9).high();
    }
  }

  /** 500 nights in all: a share is far from its bound here, the long run has it in every noise. */
  @Test
  void unchangedNightsRarelyAlarm() {
    int judged = 0;
    int any = 0;
    World.Noise[] all = World.Noise.values();
    for (World.Noise noise : all) {
      Falsely found = Falsely.in(noise, 500 / all.length + 1, 16, 100);
      judged += found.judged();
      any += found.any();
    }
    double upper = new Proportion(any, judged).interval(0.9).high();
    assertTrue(
        upper <= 0.05,
        any + " false alarms in " + judged + " nights, at most " + upper + ", seed 100");
  }

  /**
   * A study of few cells, as a demo's: seven of each engine in one rotation, whose median is often
   * one of them, so that it seems to stand still.
   */
  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"IID", "HEAVY", "SPIKES", "PROCESSES"})
  void tenThousandNightsOfFewCells(World.Noise noise) {
    int nights = Integer.getInteger("drivemark.nights", 10_000);
    for (int quiet : new int[] {25, NIGHTS}) {
      Falsely found = Falsely.in(noise, nights, 14, 1, quiet, 17_000);
      System.out.printf(
          Locale.ROOT,
          "| %s, 14 cells, %d nights a history | %d | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% |%n",
          noise.words(),
          quiet,
          found.judged(),
          100.0 * found.night() / found.judged(),
          100.0 * found.level() / found.judged(),
          100.0 * found.drift() / found.judged(),
          100.0 * found.any() / found.judged(),
          100 * found.upper());
      assertTrue(found.upper() <= 0.05, found.toString());
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void tenThousandUnchangedNightsAlarmInUnderFivePercent(World.Noise noise) {
    int nights = Integer.getInteger("drivemark.nights", 10_000);
    Falsely found = Falsely.in(noise, nights, 40, 7_000);
    if (noise == World.Noise.IID) {
      System.out.println(
          "| noise | nights | alarms of tonight | changes of level | creeping | nights with any | upper"
              + " 95 % bound |\n|---|---|---|---|---|---|---|");
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% |%n",
        noise.words(),
        found.judged(),
        100.0 * found.night() / found.judged(),
        100.0 * found.level() / found.judged(),
        100.0 * found.drift() / found.judged(),
        100.0 * found.any() / found.judged(),
        100 * found.upper());
    assertTrue(found.upper() <= 0.05, found.toString());
  }

  /** What became of equal steps in many histories. */
  private record Steps(double sameNight, int median, int p90, double missed, double near) {
    static Steps of(World.Noise noise, double relative, int quiet, int histories, long seed) {
      int same = 0;
      int missed = 0;
      int near = 0;
      int found = 0;
      List<Integer> delays = new ArrayList<>();
      for (int i = 0; i < histories; i++) {
        Step step = Step.of(noise, relative, quiet, 30, seed + i);
        same += step.sameNight() ? 1 : 0;
        missed += step.delay() == 0 ? 1 : 0;
        delays.add(step.delay() == 0 ? Integer.MAX_VALUE : step.delay());
        found += step.levelDelay() > 0 ? 1 : 0;
        near += step.levelDelay() > 0 && Math.abs(step.onsetError()) <= 1 ? 1 : 0;
      }
      Collections.sort(delays);
      return new Steps(
          (double) same / histories,
          delays.get((histories - 1) / 2),
          delays.get((int) Math.ceil(0.9 * histories) - 1),
          (double) missed / histories,
          found == 0 ? Double.NaN : (double) near / found);
    }
  }

  @Test
  void aTenthSlowerIsConfirmedTheSameNight() {
    Steps steps = Steps.of(World.Noise.IID, 0.1, 60, 4, 50);
    assertEquals(1, steps.sameNight(), "seed 50");
    assertEquals(1, steps.near(), "seed 50");
  }

  @Tag("slow")
  @Test
  void stepsAreFoundAsSoonAsTheyShould() {
    int histories = Integer.getInteger("drivemark.histories", 500);
    System.out.println(
        "| noise | step | confirmed the same night | found, median | 90 % | missed in 30 nights | onset"
            + " within ±1 night |\n|---|---|---|---|---|---|---|");
    for (World.Noise noise :
        List.of(World.Noise.IID, World.Noise.SPIKES, World.Noise.AUTOCORRELATED)) {
      for (double relative : new double[] {0.02, 0.03, 0.05, 0.1}) {
        Steps steps = Steps.of(noise, relative, 60, histories, 9_000);
        System.out.printf(
            Locale.ROOT,
            "| %s | +%.0f %% | %.1f %% | %s | %s | %.1f %% | %.1f %% |%n",
            noise.words(),
            100 * relative,
            100 * steps.sameNight(),
            steps.median() > 30 ? "> 30" : steps.median(),
            steps.p90() > 30 ? "> 30" : steps.p90(),
            100 * steps.missed(),
            100 * steps.near());
        if (noise == World.Noise.IID && relative >= 0.03) {
          assertTrue(relative < 0.05 || steps.sameNight() >= 0.8, steps.toString());
          assertTrue(relative < 0.1 || steps.sameNight() >= 0.99, steps.toString());
          assertTrue(steps.median() <= 4 && steps.p90() <= 6, steps.toString());
          assertTrue(steps.missed() <= 0.02, steps.toString());
          assertTrue(relative < 0.05 || steps.near() >= 0.9, steps.toString());
        }
      }
    }
  }

  /** A history of ten nights says little of one cell; the other cells say the rest. */
  @Test
  void aTenthSlowerIsConfirmedTheSameNightAfterTenNights() {
    Steps steps = Steps.of(World.Noise.AUTOCORRELATED, 0.1, 10, 6, 70);
    assertEquals(1, steps.sameNight(), "seed 70");
  }

  @Tag("slow")
  @Test
  void stepsAreFoundAfterTenNights() {
    int histories = Integer.getInteger("drivemark.histories", 500);
    System.out.println(
        "| noise | step | confirmed the same night | found, median | 90 % | missed in 30 nights |\n"
            + "|---|---|---|---|---|---|");
    for (World.Noise noise :
        List.of(World.Noise.IID, World.Noise.SPIKES, World.Noise.AUTOCORRELATED)) {
      for (double relative : new double[] {0.05, 0.1}) {
        Steps steps = Steps.of(noise, relative, 10, histories, 9_000);
        System.out.printf(
            Locale.ROOT,
            "| %s | +%.0f %% | %.1f %% | %d | %s | %.1f %% |%n",
            noise.words(),
            100 * relative,
            100 * steps.sameNight(),
            steps.median(),
            steps.p90() > 30 ? "> 30" : steps.p90(),
            100 * steps.missed());
        assertTrue(relative < 0.1 || steps.sameNight() >= 0.9, noise + " " + steps);
      }
    }
  }

  /**
   * How many of some histories have a network that was replaced by a slower one the same night, and
   * in how many an open event with its figures has another cause.
   */
  private record Replaced(int found, int otherCause) {
    static Replaced of(World.Noise noise, double relative, int quiet, int histories, long seed) {
      int found = 0;
      int otherCause = 0;
      for (int i = 0; i < histories; i++) {
        World world = new World(noise, 40, 4, seed + i).withModels();
        Campaign campaign = new Campaign(world, RULES);
        campaign.remember(quiet);
        world.replace(Step.CELL, relative);
        Verdict verdict = campaign.nextMeasured();
        found += verdict.alarms().stream().anyMatch(Step::isFound) ? 1 : 0;
        otherCause += open(campaign).stream().anyMatch(Replaced::isMisread) ? 1 : 0;
      }
      return new Replaced(found, otherCause);
    }

    private static boolean isMisread(Event event) {
      return event.cause() != Cause.MODEL
          && event.changes().stream().anyMatch(c -> c.series().equals(World.series(Step.CELL)));
    }
  }

  /** It is known which network to ask: of any one a step of 4 % takes nights to be found. */
  @Test
  void aReplacedNetworkThatIsSlowerIsFoundTheSameNight() {
    Replaced found = Replaced.of(World.Noise.IID, 0.04, 60, 8, 80);
    assertTrue(found.found() >= 7 && found.otherCause() == 0, "seed 80, of 8: " + found);
  }

  @Tag("slow")
  @Test
  void replacedNetworksThatAreSlowerAreFoundTheSameNight() {
    int histories = Integer.getInteger("drivemark.histories", 500);
    for (World.Noise noise :
        List.of(World.Noise.IID, World.Noise.SPIKES, World.Noise.AUTOCORRELATED)) {
      for (double relative : new double[] {0.03, 0.05, 0.1}) {
        Replaced few = Replaced.of(noise, relative, 10, histories, 9_000);
        Replaced many = Replaced.of(noise, relative, 60, histories, 9_000);
        System.out.printf(
            Locale.ROOT,
            "| %s | +%.0f %% | %.1f %% | %.1f %% | %d and %d |%n",
            noise.words(),
            100 * relative,
            100.0 * few.found() / histories,
            100.0 * many.found() / histories,
            few.otherCause(),
            many.otherCause());
        assertTrue(relative < 0.05 || many.found() >= 0.9 * histories, noise + " " + many);
        assertTrue(few.otherCause() + many.otherCause() <= 0.01 * histories, noise + " " + many);
      }
    }
  }

  /** The events for the worse that hold after all cells became slower by a cause. */
  private static List<Event> slowerBy(Cause cause, double relative, long seed, int most) {
    World world = new World(World.Noise.IID, 20, 2, seed).withMachine(0.005);
    Campaign campaign = new Campaign(world, RULES);
    campaign.remember(40);
    world.plantOnAll(
        relative,
        cause == Cause.MACHINE || cause == Cause.JVM,
        cause == Cause.MACHINE || cause == Cause.ENGINE);
    campaign.next(most);
    return campaign.events.values().stream()
        .filter(event -> event.worse() && event.isOpen())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"MACHINE", "ENGINE", "JVM", "DRIVEMARK"})
  void allCellsSlowerIsOneEventWithItsCause(Cause cause) {
    List<Event> events = slowerBy(cause, 0.05, 21, 6);
    assertEquals(1, events.size(), () -> events.toString());
    assertEquals(cause, events.get(0).cause(), () -> events.toString());
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"MACHINE", "ENGINE", "JVM", "DRIVEMARK"})
  void allCellsSlowerIsOneEventWithItsCauseNearlyAlways(Cause cause) {
    int histories = Integer.getInteger("drivemark.histories", 500) / 5;
    if (cause == Cause.MACHINE) {
      System.out.println(
          "| cause | histories | one event | its cause right | events at most |\n|---|---|---|---|---|");
    }
    int one = 0;
    int right = 0;
    int most = 0;
    for (int i = 0; i < histories; i++) {
      List<Event> events = slowerBy(cause, 0.05, 131_000 + i, 12);
      one += events.size() == 1 ? 1 : 0;
      most = Math.max(most, events.size());
      right += !events.isEmpty() && events.get(0).cause() == cause ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f %% | %.1f %% | %d |%n",
        cause.word(),
        histories,
        100.0 * one / histories,
        100.0 * right / histories,
        most);
    assertTrue(right >= 0.95 * histories, right + " of " + histories);
    assertTrue(one >= 0.95 * histories, one + " of " + histories);
  }

  @Test
  void aLevelThatReturnsClosesItsEventAndOpensNone() {
    World world = new World(World.Noise.IID, 12, 1, 41);
    Campaign campaign = new Campaign(world, RULES);
    campaign.remember(40);
    world.plant(3, 0.1);
    campaign.next(10);
    assertEquals(1, open(campaign).size(), () -> campaign.events.toString());
    world.plant(3, 0);
    campaign.next(20);
    assertEquals(List.of(), open(campaign));
    assertEquals(
        List.of(Event.State.FIXED),
        campaign.events.values().stream()
            .filter(e -> e.worse() && e.state() != Event.State.CLEARED)
            .map(Event::state)
            .toList());
  }

  @Test
  void afterAnImprovementTheOldLevelIsWorse() {
    World world = new World(World.Noise.IID, 12, 1, 42);
    Campaign campaign = new Campaign(world, RULES);
    campaign.remember(40);
    world.plant(3, -0.1);
    campaign.next(15);
    assertEquals(List.of(), open(campaign));
    assertTrue(
        campaign.events.values().stream().anyMatch(e -> !e.worse()),
        () -> campaign.events.toString());
    world.plant(3, 0);
    campaign.next(3);
    assertEquals(1, open(campaign).size(), () -> campaign.events.toString());
  }

  private static List<Event> open(Campaign campaign) {
    return campaign.events.values().stream().filter(e -> e.isOpen()).toList();
  }

  @Test
  void oneBadNightIsNoEventThatStays() {
    World world = new World(World.Noise.IID, 12, 1, 43);
    Campaign campaign = new Campaign(world, RULES);
    campaign.remember(40);
    world.plant(3, 0.1);
    campaign.nextMeasured();
    world.plant(3, 0);
    campaign.next(10);
    assertEquals(List.of(), open(campaign));
  }

  @Test
  void moreFramesASecondAreNeverAnAlarmAndFewerAre() {
    MetricRule fps = new MetricRule("fps", "frames a second", "1/s", true, true, 0.02, 0);
    JudgeRules rules = new JudgeRules(List.of(fps), 10, 60, 3, 0.05, 0.2, 2, 4, 0.9);
    for (double relative : new double[] {-0.1, 0.1}) {
      World world = new World(World.Noise.IID, 12, 1, 44).withMetric("fps");
      Campaign campaign = new Campaign(world, rules);
      campaign.remember(40);
      world.plant(3, relative);
      campaign.next(8);
      assertEquals(relative > 0 ? 1 : 0, open(campaign).size(), () -> campaign.events.toString());
      if (relative > 0) {
        Event.Change change = open(campaign).get(0).changes().get(0);
        assertTrue(
            change.change() < -0.05 && change.level() < change.baseline(), change.toString());
      }
    }
  }

  @Test
  void whereTheMachineStaysBadNothingIsConfirmed() {
    for (long seed = 60; seed < 65; seed++) {
      World world = new World(World.Noise.IID, 20, 2, seed);
      Campaign campaign = new Campaign(world, RULES);
      campaign.remember(40);
      world.staysBad();
      Verdict verdict = campaign.nextMeasured();
      assertEquals(Verdict.State.NOT_JUDGED, verdict.state(), verdict.sentence());
      assertTrue(
          verdict.reasons().get(0).startsWith("latency is not judged: machine: "),
          verdict.reasons().toString());
      assertEquals(List.of(), open(campaign));
    }
  }

  @Test
  void theSameInputGivesTheSameVerdict() {
    Campaign one = new Campaign(new World(World.Noise.SPIKES, 12, 2, 45), RULES);
    Campaign other = new Campaign(new World(World.Noise.SPIKES, 12, 2, 45), RULES);
    one.next(30);
    other.next(30);
    assertEquals(one.verdicts, other.verdicts);
  }

  @Test
  void anAlarmHasTheNumbersItRestsOn() {
    World world = new World(World.Noise.IID, 12, 1, 46);
    Campaign campaign = new Campaign(world, RULES);
    campaign.remember(40);
    world.plant(3, 0.1);
    Verdict verdict = campaign.nextMeasured();
    Alarm alarm = verdict.alarms().get(0);
    Night.Ref tonight = campaign.nights.get(40).ref();

    assertEquals(World.series(3), alarm.series());
    assertEquals(alarm.level() / alarm.baseline() - 1, alarm.change(), 1e-12);
    assertEquals(0.1, alarm.change(), 0.03);
    assertEquals(0.02, alarm.floor());
    assertEquals(0.01, alarm.scatter().orElseThrow(), 0.005);
    assertTrue(alarm.p().orElseThrow() < 0.01 && alarm.q().orElseThrow() < 0.05);
    assertEquals(40, alarm.nights());
    assertEquals(tonight, alarm.onset().first());
    assertEquals(campaign.nights.get(39).ref(), alarm.onset().before());
    assertTrue(
        alarm.note().matches("first \\+\\d+\\.\\d %, timed again \\+\\d+\\.\\d %"), alarm.note());
    assertTrue(
        verdict
            .sentence()
            .matches(
                "Worse: cell 3: latency \\+\\d+\\.\\d %, [0-9.]+ to [0-9.]+ ms since 2026-02-11, the"
                    + " model's doing; 12 of 12 figures judged\\."),
        verdict.sentence());
  }
}
