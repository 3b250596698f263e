package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.judge.method.Judge;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.files.DurableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights through the real runner, store and judge; machine, engine and clock are made up. */
class RealNightsTest {
  private static final int CELLS = 6;

  /** Six nights before, so that the seventh has enough of them. */
  private static final int BEFORE = 6;

  private static final String PLAN =
      "latency: {forks: 0}\njudge: {nights: {least: 5}, confirm: {forks: 2}}\n";

  @TempDir(factory = MemoryFolder.class)
  static Path shared;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private static World ordinary;
  private static List<Outcome> first;

  private static Outcome run(World world, String plan, String study) {
    return new Nightly(
            world.plan(plan, study),
            true,
            world.parts(
                StoredHistory.opener(Optional.empty(), Judge::judge), RealNightsTest::write))
        .run();
  }

  private static void write(NightFolder night, Verdict verdict, Object formats) {
    DurableFiles.write(night.verdict(), VerdictJson.write(verdict));
  }

  @BeforeAll
  static void ordinaryNights() {
    ordinary = new World(shared, CELLS);
    first =
        java.util.stream.IntStream.range(0, BEFORE)
            .mapToObj(
                n -> {
                  ordinary.night(n);
                  return run(ordinary, PLAN, "");
                })
            .toList();
  }

  /** The seventh night is about to begin. */
  private World seventh() {
    World world = ordinary.copied(folder);
    world.night(BEFORE);
    return world;
  }

  @Test
  void untilThereAreEnoughNightsTheyEndWithThreeAndTheReason() {
    for (int n = 0; n < 5; n++) {
      Outcome outcome = first.get(n);
      assertEquals(3, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
      assertEquals(3, outcome.exitCode(FailOn.NEVER));
      assertTrue(outcome.unjudged().size() > 0, outcome.verdict().sentence());
    }
    assertEquals(0, first.get(5).exitCode(FailOn.CONFIRMED), first.get(5).verdict().sentence());
    assertEquals(Map.of(), first.get(5).unjudged());
  }

  @Test
  void anOrdinaryNightEndsWithZero() {
    World world = seventh();
    Outcome outcome = run(world, PLAN, "");
    assertEquals(0, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertTrue(outcome.verdict().coverage().suffices());
  }

  @Test
  void whatIsSlowerIsConfirmedTheSameNightAndEndsWithOne() {
    World world = seventh();
    world.factors.put("m03", 1.15);
    Outcome outcome = run(world, PLAN, "");
    assertEquals(1, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    List<Event> open = outcome.verdict().events().stream().filter(Event::isOpen).toList();
    assertEquals(1, open.size(), "one event, whatever the figures: " + open);
    assertTrue(
        open.get(0).changes().stream().allMatch(c -> c.series().model().equals("m03")),
        open.toString());
    assertEquals(0, outcome.exitCode(FailOn.NEVER));
  }

  @Test
  void whatIsOnlySuspectedEndsWithOneWhereThatIsAskedFor() {
    World world = seventh();
    world.factors.put("m03", 1.15);
    Outcome outcome =
        new Nightly(
                world.plan(PLAN, ""),
                false,
                world.parts(
                    StoredHistory.opener(Optional.empty(), Judge::judge), RealNightsTest::write))
            .run();
    assertEquals(0, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertEquals(1, outcome.exitCode(FailOn.CANDIDATE), outcome.verdict().sentence());
  }

  @Test
  void aMissingEngineEndsWithThree() {
    World world = seventh();
    world.engine = false;
    Outcome outcome = run(world, PLAN, "");
    assertEquals(3, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertTrue(
        outcome.unjudged().keySet().stream().anyMatch(why -> why.contains("cannot run here")),
        outcome.unjudged().toString());
  }

  @Test
  void aBusyMachineEndsWithThree() {
    World world = seventh();
    world.busy = List.of(new MachineState.Busy(77, "backup", 0.5));
    Outcome outcome = run(world, PLAN, "");
    assertEquals(3, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertTrue(
        outcome.unjudged().keySet().stream().anyMatch(why -> why.contains("backup"))
            || outcome.verdict().reasons().stream().anyMatch(why -> why.contains("backup")),
        outcome.verdict() + " " + outcome.unjudged());
  }

  @Test
  void halfOfTheFramesGoneEndsWithThree() {
    World world = seventh();
    world.loseAFrame();
    Outcome outcome = run(world, PLAN, "");
    assertEquals(3, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertTrue(outcome.unjudged().size() > 0);
  }

  @Test
  void bitsThatWereToBeEqualAndAreNotEndWithOne() {
    World world = seventh();
    world.unstable.add("m02");
    Outcome outcome = run(world, PLAN, "");
    assertEquals(1, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    AccuracyFinding finding =
        outcome.verdict().accuracy().stream()
            .filter(found -> found.series().model().equals("m02"))
            .findFirst()
            .orElseThrow();
    assertEquals(AccuracyFinding.State.DETERMINISM, finding.state(), finding.toString());
    assertEquals(List.of("f1"), finding.difference().orElseThrow().frames());
  }

  @Test
  void aRequirementThatIsNotMetEndsWithOne() {
    World world = seventh();
    Outcome outcome = run(world, PLAN, "require: {miou: '>=0.999'}\n");
    assertEquals(1, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertTrue(outcome.requirements().size() > 0);
  }

  @Test
  void aRequirementThatWasNotCheckedIsNotMissed() {
    World world = seventh();
    world.busy = List.of(new MachineState.Busy(77, "backup", 0.5));
    Outcome busy = run(world, PLAN, "require: {latencyP95Ms: '<=1000', miou: '>=0.1'}\n");
    assertEquals(3, busy.exitCode(FailOn.CONFIRMED), busy.verdict().sentence());
    assertEquals(List.of(), busy.requirements());
    assertEquals(CELLS, busy.unchecked().size());
    assertEquals(
        "m00 on lot/val with onnxruntime at 8x8: latencyP95Ms is undefined or not measured,"
            + " required <=1000.0",
        busy.unchecked().get(0));
    world.busy = List.of();
    world.night(BEFORE + 1);
    world.engine = false;
    Outcome missing = run(world, PLAN, "require: {miou: '>=0.1'}\n");
    assertEquals(3, missing.exitCode(FailOn.CONFIRMED), missing.verdict().sentence());
  }

  @Test
  void aSeriesThatIsGoneIsGoneAndOneThatIsNewIsNotJudged() {
    World whole = seventh();
    World world = new World(folder, CELLS - 1);
    world.night(BEFORE);
    Outcome outcome = run(world, PLAN, "");
    assertTrue(outcome.verdict().coverage().gone() > 0, outcome.verdict().coverage().toString());
    assertTrue(whole != world);
  }

  @Test
  @Tag("slow")
  void sixtyNightsOfTwelveCellsTakeLessThanAMinute() {
    nights(60, 12);
  }

  @Test
  void sevenNightsOfTwoCellsRunThroughTheSameParts() {
    nights(7, 2);
  }

  private void nights(int count, int cells) {
    World world = new World(folder, cells);
    double began = used();
    Outcome last = null;
    for (int n = 0; n < count; n++) {
      world.night(n);
      last = run(world, "latency: {forks: 1}\njudge: {nights: {least: 5}}\n", "");
      assertTrue(
          n < 5 || last.exitCode(FailOn.CONFIRMED) == 0,
          "night " + n + ": " + last.verdict().sentence());
    }
    double seconds = used() - began;
    assertEquals(count, NightFolder.all(folder.resolve("nights")).size());
    assertTrue(last.verdict().coverage().suffices());
    assertTrue(seconds < 60, count + " nights took " + seconds + " s of the processor");
  }

  /** Seconds of the processor that this process has used: others may be busy meanwhile. */
  private static double used() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
  }
}
