package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night from its beginning to its end, with a history that judges nothing. */
class NightlyTest {
  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private Parts parts(World world, MarkHistory history) {
    return world.parts(
        history.opener(),
        (night, verdict, formats) -> {
          world.happen();
          write(night.verdict(), verdict.sentence());
        });
  }

  private static void write(Path file, String text) {
    io.drivemark.files.DurableFiles.write(file, text);
  }

  private Outcome run(World world, MarkHistory history, String more) {
    return new Nightly(world.plan(more), true, parts(world, history)).run();
  }

  @Test
  void aNightMeasuresRemembersJudgesConfirmsAndTells() {
    World world = new World(folder, 3);
    world.night(1);
    MarkHistory history = new MarkHistory(world::happen);
    Outcome outcome =
        run(world, history, "notify: [{on: [always], command: [tell, me]}]\nkeep: {nights: 9}\n");
    assertEquals(
        List.of("add", "judge 0", "add", "judge 2", "keep", "prune", "close"), history.calls);
    NightFolder night = outcome.night();
    assertEquals("2026-01-02T02-00-00Z", night.id());
    assertEquals(List.of(night.fork(1), night.fork(2)), night.finished(NightFolder.FORKS));
    assertEquals(2, night.finished(NightFolder.CONFIRM).size());
    NightRecord record = NightJson.read(night.record());
    assertEquals(2, record.rulersOfNight().size());
    assertEquals(1, record.rulersOfConfirmation().size(), "once more before it is confirmed");
    assertEquals(Optional.empty(), record.unquiet());
    assertEquals(
        List.of("study", "fork 1", "fork 2", "confirmation 1", "confirmation 2"),
        List.copyOf(record.seconds().keySet()));
    assertTrue(record.finished().isPresent());
    assertEquals(1, world.sleeps.size());
    Duration pause = world.sleeps.get(0);
    assertTrue(pause.toSeconds() >= 599 && pause.toSeconds() <= 600, pause.toString());
    assertEquals(List.of("tell me"), world.told);
    assertEquals(List.of(), outcome.notes());
    assertEquals(0, outcome.exitCode(FailOn.CONFIRMED));
    StudyResult study = RunStore.read(night.path());
    assertEquals(3, study.entries().size());
    assertTrue(study.entries().stream().allMatch(Entry::complete));
  }

  @Test
  void theNextNightMeasuresAnewInAFolderOfItsOwn() {
    World world = new World(folder, 2);
    world.night(1);
    Outcome first = run(world, new MarkHistory(world::happen), "latency: {forks: 0}\n");
    long before = world.happened;
    world.night(2);
    Outcome second = run(world, new MarkHistory(world::happen), "latency: {forks: 0}\n");
    assertEquals("2026-01-03T02-00-00Z", second.night().id());
    assertEquals(before, world.happened - before, "the second does as much as the first");
    assertFalse(first.verdict().sentence().equals(second.verdict().sentence()));
  }

  @Test
  void withoutConfirmingCandidatesStay() {
    World world = new World(folder, 2);
    MarkHistory history = new MarkHistory(world::happen);
    Outcome outcome =
        new Nightly(world.plan("latency: {forks: 0}\n"), false, parts(world, history)).run();
    assertEquals(List.of("add", "judge 0", "keep", "close"), history.calls);
    assertTrue(outcome.verdict().confirm().isPresent());
    assertEquals(List.of(), world.sleeps);
  }

  @Test
  void onABusyMachineAccuracyIsMeasuredAndNothingIsTimed() {
    World world = new World(folder, 2);
    world.busy = List.of(new MachineState.Busy(77, "backup", 0.5));
    Outcome outcome =
        run(world, new MarkHistory(world::happen), "latency: {quiet: {wait: 50 s}}\n");
    String why = "backup (process 77) uses 0.50 processor cores, at most 0.20 are quiet";
    assertEquals(Optional.of(why), NightJson.read(outcome.night().record()).unquiet());
    assertEquals(List.of(Duration.ofSeconds(30), Duration.ofSeconds(20)), world.sleeps);
    StudyResult study = RunStore.read(outcome.night().path());
    assertTrue(study.entries().stream().allMatch(e -> e.accuracy().isPresent()));
    assertTrue(study.entries().stream().allMatch(e -> e.speed().isEmpty()));
    assertEquals(List.of(), outcome.night().finished(NightFolder.FORKS));
  }

  @Test
  void aProcessThatFailsIsANoteAndNothingIsConfirmedByHalf() {
    World world = new World(folder, 2);
    MarkHistory history = new MarkHistory(world::happen);
    Parts real = parts(world, history);
    Parts failing =
        new Parts(
            real.now(),
            real.sleep(),
            real.sources(),
            real.machine(),
            real.ruler(),
            fork -> {
              if (fork.endsWith("2")) {
                throw new UnavailableException("it ended with 134: out of memory");
              }
              real.children().time(fork);
            },
            real.histories(),
            real.views(),
            real.messenger(),
            real.progress());
    Outcome outcome = new Nightly(world.plan(""), true, failing).run();
    assertEquals(
        List.of(
            "fork 2 failed: it ended with 134: out of memory",
            "confirmation 2 failed: it ended with 134: out of memory",
            "candidates are not confirmed: 1 of 2 processes ended well"),
        outcome.notes());
    assertEquals(List.of("add", "judge 0", "keep", "close"), history.calls);
    assertEquals(List.of(outcome.night().fork(1)), outcome.night().finished(NightFolder.FORKS));
    assertEquals(List.of(), outcome.night().finished(NightFolder.CONFIRM));
  }

  @Test
  void whenTheTimeIsUsedUpNothingFurtherIsBegun() {
    World world = new World(folder, 3);
    Outcome outcome =
        run(
            world,
            new MarkHistory(world::happen),
            "budget: {time: 1 s, first: [m02]}\nlatency: {forks: 1}\n");
    StudyResult study = RunStore.read(outcome.night().path());
    assertEquals("m02", study.entries().get(0).model().name(), "what is to be first is");
    assertTrue(study.entries().stream().allMatch(e -> e.accuracy().isPresent()));
    assertTrue(
        outcome
            .notes()
            .get(0)
            .startsWith(
                "further processes from the first on were not run: the"
                    + " night's budget of 1 s leaves 0 s for further processes and what comes before, and"),
        outcome.notes().toString());
    assertTrue(
        outcome.notes().get(1).startsWith("candidates were not timed again: the night's budget"),
        outcome.notes().toString());
  }

  @Test
  void twoNightsDoNotRunAtOnce() {
    World world = new World(folder, 1);
    NightPlan plan = world.plan("");
    try (RunLock other = RunLock.take(plan.folder())) {
      assertTrue(other != null);
      UnavailableException e =
          assertThrows(
              UnavailableException.class,
              () -> new Nightly(plan, true, parts(world, new MarkHistory(world::happen))).run());
      assertEquals(
          plan.folder() + ": another night is running there; wait for it, or end it",
          e.getMessage());
    }
  }

  @Test
  void aFullDiskIsSaidBeforeAnythingIsMeasured() {
    World world = new World(folder, 1);
    world.free = 1 << 29;
    NightPlan plan = world.plan("");
    UnavailableException e =
        assertThrows(
            UnavailableException.class,
            () -> new Nightly(plan, true, parts(world, new MarkHistory(world::happen))).run());
    assertEquals(
        plan.folder()
            + ": 0.5 GiB are free, a night needs at least 1 GiB; remove old nights with 'drivemark"
            + " store prune', or say keep: in the night's file",
        e.getMessage());
    assertEquals(List.of(), NightFolder.all(plan.folder()));
  }

  @Test
  void aStoreThatCannotBeReachedIsSaidBeforeAnythingIsMeasured() {
    World world = new World(folder, 1);
    NightPlan plan = world.plan("");
    Parts parts =
        world.parts(
            MarkHistory.unreachable("postgresql://nowhere: cannot be reached"),
            (night, verdict, formats) -> {});
    assertThrows(UnavailableException.class, () -> new Nightly(plan, true, parts).run());
    assertEquals(List.of(), NightFolder.all(plan.folder()));
    assertEquals(0, world.happened);
  }

  @Test
  void whatAStudyNamesIsOpenedOnceANight() {
    World world = new World(folder, 2);
    NightPlan plan = world.plan("latency: {forks: 0}\n");
    new Nightly(plan, false, parts(world, new MarkHistory(world::happen))).run();
    assertEquals(1, world.datasetsOpened);
    assertEquals(2, world.modelsOpened);
  }

  @Test
  void aModelThatIsToBeFirstMustBeThere() {
    World world = new World(folder, 2);
    NightPlan plan = world.plan("budget: {first: [m0]}\n");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> new Nightly(plan, true, parts(world, new MarkHistory(world::happen))).run());
    assertTrue(
        e.getMessage()
            .startsWith(
                folder.resolve("night.yaml")
                    + ": budget.first: m0 is no model of "
                    + folder.resolve("study.yaml")),
        e.getMessage());
    assertTrue(e.getMessage().endsWith("; there are m00, m01"), e.getMessage());
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndDoesNothing() throws IOException {
    World world = new World(folder, 2);
    MarkHistory history = new MarkHistory(world::happen);
    Nightly nightly = new Nightly(world.plan("latency: {forks: 1}\n"), true, parts(world, history));
    DryRun before = nightly.dryRun();
    assertEquals(Optional.empty(), before.goesOn());
    assertEquals("unknown", before.time());
    assertEquals(
        List.of(
            "fixed work is timed",
            "the study: 2 cells, accuracy anew, 20 timed runs each",
            "fork 1 times all cells again",
            "fixed work is timed again",
            "judged against the nights before",
            "where something is suspected: a pause of 10 min, then up to 2 further processes"),
        before.steps().stream().map(DryRun.Step::what).toList());
    assertFalse(Files.exists(folder.resolve("nights")));
    nightly.run();
    DryRun after = nightly.dryRun();
    assertEquals(1, after.history());
    assertTrue(after.lasts().isPresent());
  }

  @Test
  void anOldNightThatWasKilledIsLeftAndAnotherOneBegins() {
    World world = new World(folder, 1);
    world.night(1);
    world.fuse = 12;
    assertThrows(
        World.Killed.class,
        () -> run(world, new MarkHistory(world::happen), "latency: {forks: 0}\n"));
    world.fuse = Long.MAX_VALUE;
    world.night(2);
    Outcome outcome = run(world, new MarkHistory(world::happen), "latency: {forks: 0}\n");
    assertEquals("2026-01-03T02-00-00Z", outcome.night().id());
    assertEquals(2, NightFolder.all(folder.resolve("nights")).size());
    assertEquals(Verdict.State.FINE, outcome.verdict().state());
  }

  @Test
  void aKilledNightThatAnotherDrivemarkBeganIsLeftAndAnotherOneBegins() {
    World world = new World(folder, 1);
    world.night(1);
    NightPlan plan = world.plan("latency: {forks: 0}\n");
    MarkHistory history = new MarkHistory(world::happen);
    Parts parts = parts(world, history);
    world.fuse = 12;
    assertThrows(World.Killed.class, () -> new Nightly(plan, true, parts).run());
    world.fuse = Long.MAX_VALUE;
    Path file = NightFolder.all(plan.folder()).get(0).record();
    NightRecord killed = NightJson.read(file);
    Study study = NightStudy.open(plan, parts.sources()).study();
    String here = Machine.environment(Map.of()).conditions().orElseThrow().drivemark();
    assertEquals(NightStudy.digest(plan, study, here), killed.plan());
    NightJson.write(
        file,
        NightRecord.begun(
            killed.id(),
            killed.started(),
            killed.order(),
            NightStudy.digest(plan, study, "another Drivemark")));
    Outcome outcome = new Nightly(plan, true, parts).run();
    assertNotEquals(killed.id(), outcome.night().id());
    assertEquals(2, NightFolder.all(plan.folder()).size());
    assertEquals(Optional.empty(), NightJson.read(file).finished());
  }
}
