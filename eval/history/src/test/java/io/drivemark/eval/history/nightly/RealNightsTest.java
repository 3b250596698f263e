package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.compare.Allowance;
import io.drivemark.eval.history.compare.Comparer;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.LatencyChange;
import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.judge.method.Judge;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  /** The ruler is timed again beside the confirmation: that of the evening says nothing of it. */
  @Test
  void nothingIsConfirmedWhereTheMachineBecameSlowWhileItWaited() {
    World world = seventh();
    world.factors.put("m03", 1.15);
    world.rulerAfterPause = 1.2;
    Outcome outcome = run(world, PLAN, "");
    assertEquals(
        List.of(
            "latency is not judged: machine: when it was timed again fixed work took 20 % longer"
                + " than usual"),
        outcome.verdict().reasons());
    assertEquals(3, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    assertEquals(List.of(), outcome.verdict().events());
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

  private static final String UNCHANGED = PLAN + "accuracy: {again: changed, every: 2}\n";

  private static Map<String, AccuracyFinding.State> states(Outcome outcome) {
    Map<String, AccuracyFinding.State> out = new TreeMap<>();
    outcome.verdict().accuracy().forEach(f -> out.put(f.series().model(), f.state()));
    return out;
  }

  @Test
  void whatIsUnchangedIsTakenOverWhereThatIsAskedForAndSaidSo() {
    World world = seventh();
    world.unstable.add("m02"); // on frames: the canary cannot tell
    Outcome outcome = run(world, UNCHANGED, "");
    assertEquals(Set.of(AccuracyFinding.State.TAKEN), Set.copyOf(states(outcome).values()));
    assertEquals(0, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());
    String last = first.get(BEFORE - 1).night().id();
    assertEquals(
        List.of(
            "the accuracy of "
                + CELLS
                + " of "
                + CELLS
                + " cells was not measured anew, it is that of "
                + last
                + ": key, canary, machine and Drivemark are the same"),
        outcome.notes());
    assertEquals(
        "it is that of " + last + ": key, canary, machine and Drivemark are the same",
        outcome.verdict().accuracy().get(0).note());
    StudyResult then = RunStore.read(first.get(BEFORE - 1).night().path());
    StudyResult now = RunStore.read(outcome.night().path());
    for (int i = 0; i < CELLS; i++) {
      Entry entry = now.entries().get(i);
      assertEquals(then.entries().get(i).accuracy(), entry.accuracy());
      assertTrue(entry.speed().isPresent(), "timed tonight");
      assertNotEquals(then.entries().get(i).speed(), entry.speed());
      assertTrue(
          entry.notes().stream().anyMatch(note -> note.contains("not measured anew")),
          entry.notes().toString());
    }
    // the second night after is measured, and finds what the canary could not
    world.night(BEFORE + 1);
    Outcome next = run(world, UNCHANGED, "");
    assertEquals(AccuracyFinding.State.DETERMINISM, states(next).get("m02"));
    assertEquals(AccuracyFinding.State.SAME, states(next).get("m01"));
    assertEquals(List.of(), next.notes());
  }

  @Test
  void whatChangedIsMeasuredAnew() {
    World world = seventh();
    world.biases.put("m01", 0.5f);
    world.numerics.put("m03", 0.001f); // the same key, another canary
    Map<String, AccuracyFinding.State> states = states(run(world, UNCHANGED, ""));
    assertEquals(AccuracyFinding.State.TAKEN, states.get("m00"));
    assertNotEquals(AccuracyFinding.State.TAKEN, states.get("m01"));
    assertNotEquals(AccuracyFinding.State.TAKEN, states.get("m03"));
  }

  @Test
  void whatIsNotWholeAnyMoreIsMeasuredAnew() throws IOException {
    World world = new World(folder, 2);
    run(world, UNCHANGED, "");
    world.night(1);
    Path cell = firstCell(NightFolder.all(folder.resolve("nights")).get(0).path());
    Files.delete(cell.resolve("evidence/confusion.csv"));
    Map<String, AccuracyFinding.State> states = states(run(world, UNCHANGED, ""));
    assertEquals(
        Map.of("m00", AccuracyFinding.State.SAME, "m01", AccuracyFinding.State.TAKEN), states);
  }

  @Test
  void twoNightsAreComparedWithAllOfTheirProcesses() {
    World world = new World(folder, 3);
    List<Path> nights = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      world.night(n);
      nights.add(run(world, "latency: {forks: 2}\n", "").night().path());
    }
    Comparison there = compare(nights.get(0), nights.get(1));
    Comparison back = compare(nights.get(1), nights.get(0));
    assertEquals(new LatencyChange.Processes(3, 3), there.processes());
    for (int i = 0; i < 3; i++) {
      LatencyChange one = there.cells().get(i).latency();
      LatencyChange other = back.cells().get(i).latency();
      assertEquals(-one.ratio().getAsDouble(), other.ratio().getAsDouble());
      assertEquals(one.meanA(), other.meanB());
    }
    Comparison same = compare(nights.get(0), nights.get(0));
    assertEquals(Comparison.Outcome.EQUAL, same.outcome());
    assertTrue(same.cells().stream().allMatch(c -> c.latency().ratio().getAsDouble() == 0));
  }

  private static Comparison compare(Path a, Path b) {
    return Comparer.compare("A", a, "B", b, Allowance.defaults());
  }

  private static Path firstCell(Path night) throws IOException {
    try (Stream<Path> cells = Files.list(night.resolve("cells"))) {
      return cells.filter(p -> p.getFileName().toString().startsWith("m00")).findFirst().get();
    }
  }

  /** What moved cannot be said then; that it did is certain all the same. */
  @Test
  void aNightIsJudgedThoughTheEvidenceOfTheOneBeforeIsGone() throws IOException {
    World world = new World(folder, 3);
    String plan = "latency: {forks: 1}\nkeep: {evidence: 1}\n";
    for (int n = 4; n < 6; n++) {
      world.night(n);
      run(world, plan, "");
    }
    List<NightFolder> nights = NightFolder.all(folder.resolve("nights"));
    assertEquals(List.of(), runs(nights.get(0).path()), "of forks as well");
    assertEquals(6, runs(nights.get(1).path()).size(), "three cells in two processes");
    Files.delete(firstCell(nights.get(1).path()).resolve("evidence/confusion.csv"));
    world.night(6);
    world.unstable.add("m02");
    Outcome outcome = run(world, plan, "");
    AccuracyFinding moved = outcome.verdict().accuracy().get(2);
    assertEquals(AccuracyFinding.State.DETERMINISM, moved.state(), moved.toString());
    assertTrue(moved.difference().isEmpty());
    assertEquals(1, outcome.exitCode(FailOn.CONFIRMED));
  }

  private static List<Path> runs(Path night) throws IOException {
    try (Stream<Path> all = Files.walk(night)) {
      return all.filter(f -> f.getFileName().toString().equals("latency.csv")).toList();
    }
  }

  @Test
  void aPinnedNightThatIsNotThereIsSaidBeforeAnythingIsMeasured() {
    World world = seventh();
    long before = world.happened;
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(world, PLAN + "pinned: v1.4\n", ""));
    assertTrue(
        e.getMessage()
            .startsWith(
                folder.resolve("night.yaml")
                    + ": pinned: night 'v1.4': there is none in the store"),
        e.getMessage());
    assertEquals(before, world.happened);
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
