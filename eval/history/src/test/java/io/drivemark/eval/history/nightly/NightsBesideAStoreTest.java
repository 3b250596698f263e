package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.judge.method.Judge;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.ResultStore;
import io.drivemark.eval.history.store.Retention;
import io.drivemark.eval.history.store.StoreUrl;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights whose store is new, or was lost, or is another one's too; runner, store, judge are real.
 */
class NightsBesideAStoreTest {
  private static final int CELLS = 2;
  private static final int BEFORE = 6;
  private static final String PLAN =
      "latency: {forks: 0}\njudge: {nights: {least: 5}, confirm: {forks: 1}}\n";
  private static final String UNCHANGED = PLAN + "accuracy: {again: changed, every: 2}\n";

  @TempDir(factory = MemoryFolder.class)
  static Path shared;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private static World ordinary;

  private World world;
  private Path nights;
  private String url;

  @BeforeAll
  static void sixNights() {
    ordinary = new World(shared, CELLS);
    for (int n = 0; n < BEFORE; n++) {
      ordinary.night(n);
      nightly(ordinary, PLAN).run();
    }
  }

  /** Six nights lie there, and the seventh is about to begin. */
  @BeforeEach
  void aCopy() {
    lieIn(ordinary.copied(folder.resolve("a")), "a");
    world.night(BEFORE);
  }

  private void lieIn(World in, String name) {
    world = in;
    nights = folder.resolve(name).resolve("nights");
    url = "sqlite:" + folder.resolve(name).resolve("history.db");
  }

  private static Nightly nightly(World world, String plan) {
    return new Nightly(
        world.plan(plan),
        true,
        world.parts(
            StoredHistory.opener(Optional.empty(), Judge::judge),
            (night, verdict, formats) ->
                DurableFiles.write(night.verdict(), VerdictJson.write(verdict))));
  }

  private Outcome run() {
    return nightly(world, PLAN).run();
  }

  private DryRun dryRun() {
    return nightly(world, PLAN).dryRun();
  }

  private Path night(int number) {
    return nights.resolve("2026-01-0" + (1 + number) + "T02-00-00Z");
  }

  private Path store() {
    return StoreUrl.parse(url).file().orElseThrow();
  }

  private void loseTheStore() throws IOException {
    for (String more : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(store() + more));
    }
  }

  private <T> T stored(Function<ResultStore, T> work) {
    try (ResultStore open = ResultStore.openOrInit(StoreUrl.parse(url), Optional.empty())) {
      return work.apply(open);
    }
  }

  private Set<String> names() {
    return stored(ResultStore::nights).stream()
        .map(line -> Path.of(line.folder()).getFileName().toString())
        .collect(Collectors.toSet());
  }

  /** A store that has these alone. */
  private void remember(int... numbers) throws IOException {
    loseTheStore();
    for (int number : numbers) {
      stored(open -> open.add(night(number)));
    }
  }

  private static List<String> firstSteps(DryRun dry) {
    return dry.steps().stream().map(DryRun.Step::what).limit(1).toList();
  }

  private String takes(int count) {
    return count
        + (count == 1 ? " night that lies in " : " nights that lie in ")
        + nights
        + " and "
        + url
        + " lacks "
        + (count == 1 ? "is" : "are")
        + " taken in";
  }

  private String took(int count) {
    return count
        + (count == 1 ? " night that lies in " : " nights that lie in ")
        + nights
        + (count == 1 ? " was" : " were")
        + " not in "
        + url
        + (count == 1 ? " and was" : " and were")
        + " taken in";
  }

  private String command() {
    return "; 'drivemark store import "
        + nights
        + " --store "
        + url
        + "' takes all in that lie there";
  }

  private static void replace(Path file, String what, String by) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst(what, by);
    assertFalse(text.equals(changed), file + " has no " + what);
    Files.writeString(file, changed);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void aLostStoreGetsItsNightsBackBeforeOneIsJudged() throws IOException {
    World whole = ordinary.copied(folder.resolve("whole"));
    whole.night(BEFORE);
    assertEquals(BEFORE, nightly(whole, PLAN).dryRun().history(), "they are known there");
    Outcome expected = nightly(whole, PLAN).run();
    assertEquals(List.of(), expected.notes());

    loseTheStore();
    DryRun dry = dryRun();
    assertEquals(BEFORE, dry.history());
    assertEquals(List.of(takes(BEFORE)), firstSteps(dry));
    assertEquals(List.of(), dry.notes());
    assertFalse(Files.exists(store()), "nothing was made");
    Outcome outcome = run();
    assertEquals(List.of(took(BEFORE)), outcome.notes());
    assertEquals(expected.verdict(), outcome.verdict());
    assertEquals(0, outcome.exitCode(FailOn.CONFIRMED), outcome.verdict().sentence());

    world.night(BEFORE + 1);
    assertEquals(BEFORE + 1, dryRun().history());
    assertEquals(List.of("fixed work is timed"), firstSteps(dryRun()));
    assertEquals(List.of(), run().notes());
  }

  @Test
  void nightsThatAreMissingBetweenOthersAreTakenIn() throws IOException {
    remember(0, 4);
    assertEquals(BEFORE, dryRun().history());
    assertEquals(List.of(takes(4)), firstSteps(dryRun()));
    assertEquals(List.of(took(4)), run().notes());
    assertEquals(BEFORE + 1, names().size());
  }

  @Test
  void olderOnesThanAllOfTheStoreComeBackByNobodyButAPerson() throws IOException {
    remember(3, 4, 5);
    DryRun dry = dryRun();
    String older =
        "3 nights in "
            + nights
            + " are older than all that "
            + url
            + " has of this machine, and stay out as if pruned"
            + command();
    assertEquals(3, dry.history());
    assertEquals(List.of("fixed work is timed"), firstSteps(dry));
    assertEquals(List.of(older), dry.notes());
    assertEquals(List.of(older), run().notes());
    assertEquals(4, names().size());
    stored(open -> open.add(night(0)));
    stored(open -> open.add(night(1)));
    assertEquals(List.of(took(1)), run().notes(), "what lies between is no pruned one");
  }

  @Test
  void whatWasPrunedStaysPruned() {
    stored(
        open -> {
          Retention keep =
              new Retention(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(2));
          open.rebuild(Stream.of(0, 1, 2, 3, 4, 5).map(this::night).toList());
          Retention.apply(open, keep.plan(open), Optional.of(folder.resolve("dump")));
          return 0;
        });
    assertEquals(2, dryRun().history());
    assertEquals(List.of(), run().notes());
    assertEquals(3, names().size());
  }

  @Test
  void aNightThatNeverEndedStaysOut() throws IOException {
    loseTheStore();
    Path file = new NightFolder(night(2)).record();
    NightRecord record = NightJson.read(file);
    NightJson.write(
        file,
        new NightRecord(
            record.id(),
            record.started(),
            record.order(),
            record.plan(),
            record.unquiet(),
            record.looked(),
            record.rulers(),
            record.notes(),
            record.seconds(),
            Optional.empty()));
    assertEquals(BEFORE - 1, dryRun().history());
    assertEquals(List.of(took(BEFORE - 1)), run().notes());
    assertFalse(names().contains(night(2).getFileName().toString()));
  }

  @Test
  void anExcludedNightComesBackExcluded() throws IOException {
    remember(0, 1, 2, 3, 4, 5);
    exclude(night(2));
    assertEquals(BEFORE - 1, dryRun().history(), "from the store");
    loseTheStore();
    assertEquals(BEFORE - 1, dryRun().history(), "from its folder");
    assertEquals(List.of(took(BEFORE)), run().notes());
    assertEquals(
        List.of(night(2).toString()),
        stored(ResultStore::nights).stream()
            .filter(line -> line.excluded().isPresent())
            .map(NightLine::folder)
            .toList());
  }

  private void exclude(Path which) {
    stored(
        open -> {
          String uid = open.add(which).uid();
          return open.decide(
              new Decision(Decision.Kind.EXCLUDE, uid, "the fan was broken", "Ada", Instant.EPOCH));
        });
  }

  @Test
  void aNightOfAnotherMachineStaysOutAndIsSaid() throws IOException {
    loseTheStore();
    replace(
        night(1).resolve("results.json"), "\"processor\" : \"[^\"]*\"", "\"processor\" : \"x\"");
    String elsewhere = "1 night in " + nights + " is of another machine, and stays out" + command();
    assertEquals(BEFORE - 1, dryRun().history());
    assertEquals(List.of(elsewhere), dryRun().notes());
    assertEquals(List.of(took(BEFORE - 1), elsewhere), run().notes());
    stored(open -> open.add(night(1)));
    assertEquals(List.of(), dryRun().notes(), "a store that has it lacks none");
    assertEquals(BEFORE, dryRun().history(), "and nothing is judged against it");
  }

  @Test
  void aDamagedNightIsLeftOutAndNamed() throws IOException {
    loseTheStore();
    Files.writeString(night(0).resolve("results.json"), "{");
    Path cell = firstCell(night(1));
    Files.writeString(cell.resolve("evidence/confusion.csv"), "changed\n");
    Outcome outcome = run();
    assertEquals(3, outcome.notes().size(), outcome.notes().toString());
    assertEquals(took(BEFORE - 2), outcome.notes().get(0));
    assertTrue(
        outcome
            .notes()
            .get(1)
            .startsWith(
                "a night is not taken in: "
                    + cell.resolve("record.json")
                    + ": this record cannot be trusted: evidence/confusion.csv was changed"),
        outcome.notes().get(1));
    assertTrue(
        outcome
            .notes()
            .get(2)
            .startsWith("a night is not taken in: " + night(0).resolve("results.json")),
        outcome.notes().get(2));
  }

  private static Path firstCell(Path night) throws IOException {
    try (Stream<Path> cells = Files.list(night.resolve("cells"))) {
      return cells.sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void nightsThatMovedAreTheSameNights() throws IOException {
    remember(0, 1, 2, 3, 4, 5);
    Files.move(folder.resolve("a"), folder.resolve("b"));
    lieIn(new World(folder.resolve("b"), CELLS), "b");
    world.night(BEFORE);
    assertEquals(BEFORE, dryRun().history());
    assertEquals(List.of(), run().notes());
    assertEquals(BEFORE + 1, names().size());
    assertTrue(
        stored(ResultStore::nights).stream().allMatch(n -> n.folder().startsWith(nights + "/")));
  }

  @Test
  void aPinnedNightIsFoundThoughTheStoreWasLost() throws IOException {
    loseTheStore();
    String pinned = PLAN + "pinned: '" + night(0).getFileName() + "'\n";
    assertEquals(0, nightly(world, pinned).run().exitCode(FailOn.CONFIRMED));
    String other = PLAN + "pinned: v1.4\n";
    String message =
        assertThrows(BadInputException.class, () -> nightly(world, other).run()).getMessage();
    assertTrue(message.contains("night.yaml: pinned: night 'v1.4': there is none"), message);
  }

  @Test
  void pruningIsOfThisMachineAndLeavesThePinnedNight() throws IOException {
    remember(0, 1, 2, 3, 4, 5);
    List<Path> others = new ArrayList<>();
    for (int n = 0; n < BEFORE; n++) {
      Path copy = folder.resolve("others").resolve(night(n).getFileName());
      copy(night(n), copy);
      replace(copy.resolve("results.json"), "\"processor\" : \"[^\"]*\"", "\"processor\" : \"x\"");
      stored(open -> open.add(copy));
      others.add(copy);
    }
    String plan = PLAN + "keep: {nights: 3}\npinned: '" + night(1) + "'\n";
    String tonight = nightly(world, plan).run().night().id();
    assertEquals(
        List.of(night(1), night(4), night(5), nights.resolve(tonight)),
        NightFolder.all(nights).stream().map(NightFolder::path).toList());
    assertEquals(4 + BEFORE, stored(ResultStore::nights).size());
    assertTrue(others.stream().allMatch(Files::exists));
  }

  /** Of a decided event only nights know: without one it would creep against the pinned night. */
  @Test
  void whatWasAcceptedIsNoCreepingThoughItsNightsAreOld() throws IOException {
    remember(0, 1, 2, 3, 4, 5);
    String plan = PLAN + "keep: {nights: 1}\npinned: '" + night(1) + "'\n";
    world.biases.put("m01", 100f);
    Outcome worse = nightly(world, PLAN).run();
    assertEquals(1, worse.exitCode(FailOn.CONFIRMED), worse.verdict().sentence());
    String event = worse.verdict().events().get(0).uid();
    stored(
        open ->
            open.decide(new Decision(Decision.Kind.ACCEPT, event, "meant", "Ada", Instant.EPOCH)));
    Outcome last = worse;
    for (int n = 1; n <= 2; n++) {
      world.night(BEFORE + n);
      last = nightly(world, plan).run();
      assertEquals(List.of(), last.verdict().alarms(), "night " + n);
    }
    assertEquals(
        List.of(night(1), worse.night().path()),
        NightFolder.all(nights).stream().map(NightFolder::path).limit(2).toList());
    assertEquals(3, NightFolder.all(nights).size());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static Set<AccuracyFinding.State> states(Outcome outcome) {
    return outcome.verdict().accuracy().stream()
        .map(AccuracyFinding::state)
        .collect(Collectors.toSet());
  }

  /** By its name it would be the newest for years, and nothing would be measured anew. */
  @Test
  void aNightOfAClockThatRanAheadIsNotTheNewestForEver() throws IOException {
    delete(nights);
    loseTheStore();
    world.night(400);
    nightly(world, UNCHANGED).run();
    world.night(1);
    assertEquals(Set.of(AccuracyFinding.State.TAKEN), states(nightly(world, UNCHANGED).run()));
    world.night(2);
    assertEquals(Set.of(AccuracyFinding.State.SAME), states(nightly(world, UNCHANGED).run()));
  }

  @Test
  void whatWasTakenOverFromAnExcludedNightIsMeasuredAnew() throws IOException {
    String plan = PLAN + "accuracy: {again: changed, every: 7}\n";
    delete(nights);
    loseTheStore();
    world.night(1);
    NightFolder first = nightly(world, plan).run().night();
    world.night(2);
    assertEquals(Set.of(AccuracyFinding.State.TAKEN), states(nightly(world, plan).run()));
    exclude(first.path());
    world.night(3);
    Outcome outcome = nightly(world, plan).run();
    assertEquals(Set.of(AccuracyFinding.State.SAME), states(outcome));
    assertEquals(Verdict.State.NOT_JUDGED, outcome.verdict().state(), "too few nights");
  }
}
