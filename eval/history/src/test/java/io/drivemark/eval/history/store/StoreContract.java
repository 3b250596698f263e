package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.history.store.Imported.Outcome;
import io.drivemark.eval.history.store.folder.DecisionFiles;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a store does, whatever keeps it. */
abstract class StoreContract {
  private static final Set<String> METRICS = Set.of("miou", "iou");
  private static final Instant NOW = Instant.parse("2026-02-01T08:30:00.123Z");

  @TempDir Path folder;
  private StoreUrl url;

  /** The address of an empty store. */
  abstract StoreUrl empty() throws Exception;

  @BeforeEach
  void anEmptyStore() throws Exception {
    url = empty();
  }

  private ResultStore store() {
    return ResultStore.openOrInit(url, Optional.empty());
  }

  private String dump(ResultStore store) throws IOException {
    Path file = folder.resolve("dump");
    store.dump(file);
    return Files.readString(file);
  }

  @Test
  void whatIsTakenInTwiceIsThereOnce() throws IOException {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 3);
    try (ResultStore store = store()) {
      nights.forEach(night -> assertEquals(Outcome.ADDED, store.add(night).outcome()));
      String once = dump(store);
      nights.forEach(night -> assertEquals(Outcome.KNOWN, store.add(night).outcome()));
      assertEquals(once, dump(store));
      assertEquals(3, store.nights().size());
    }
  }

  @Test
  void theOrderOfTakingInDoesNotShow() throws Exception {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 3);
    String forwards;
    try (ResultStore store = store()) {
      nights.forEach(store::add);
      forwards = dump(store);
    }
    url = empty();
    try (ResultStore store = store()) {
      for (int night = 2; night >= 0; night--) {
        store.add(nights.get(night));
      }
      assertEquals(forwards, dump(store));
    }
  }

  @Test
  void theJudgeGetsWhatWasMeasured() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      store.add(night);
      Night found = store.history(METRICS).get(0);
      assertEquals(Scenes.FIRST, found.ref().start());
      assertEquals(Scenes.FIRST.toEpochMilli(), found.ref().order());
      assertEquals("Debian 17.0.15", found.conditions().get(Night.JAVA));
      assertEquals("1.29.0", found.conditions().get(Night.ENGINE + "onnxruntime"));
      assertEquals(3, found.series().size());
      Night.Rotation rotation = found.rotations().get(0);
      assertEquals(0.01, rotation.band(), 1e-15);
      assertEquals(List.of("control"), rotation.others().stream().map(Night.Other::role).toList());
      SeriesNight second = found.series().get(1);
      assertEquals("model-01", second.series().model());
      assertEquals(
          List.of("latencyMs", "latencyP95Ms", "modelLatencyMs"),
          second.timings().stream().map(Timing::metric).toList());
      assertEquals(Math.log(11), second.timings().get(0).log(), 0.02);
      assertEquals(
          List.of("iou:class 0", "iou:class 1", "miou:"),
          second.accuracy().orElseThrow().values().stream()
              .map(m -> m.metric() + ":" + m.ofClass().orElse(""))
              .toList());
      assertTrue(second.accuracy().orElseThrow().values().get(1).value().isEmpty(), "undefined");
      assertEquals("digest of model-01", second.accuracy().orElseThrow().model());
    }
  }

  @Test
  void aFolderThatIsMeasuredAnewReplacesItselfAndKeepsWhatPeopleSaid() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      String before = store.add(night).uid();
      store.decide(decision(Decision.Kind.EXCLUDE, before, "the fan was broken"));
      Scenes.small().night(night, 7);
      Imported again = store.add(night);
      assertEquals(Outcome.REPLACED, again.outcome());
      assertNotEquals(before, again.uid());
      List<Night> nights = store.history(METRICS);
      assertEquals(1, nights.size());
      assertEquals(Optional.of("the fan was broken"), nights.get(0).excluded());
    }
  }

  /** A team's machines begin their nights in one second, in folders of one name. */
  @Test
  void foldersOfOneNameOnTwoMachinesAreTwoNights() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      String first = store.add(night).uid();
      Path results = night.resolve("results.json");
      String text = Files.readString(results);
      Files.writeString(results, text.replace("Processor 9000", "Processor 9001"));
      Imported other = store.add(night);
      assertEquals(Outcome.ADDED, other.outcome());
      assertNotEquals(first, other.uid());
      assertEquals(2, store.nights().size());
      assertEquals(
          Optional.empty(),
          store.decide(decision(Decision.Kind.EXCLUDE, first, "the fan was broken")),
          "its folder is not at hand");
      assertEquals(List.of(), DecisionFiles.read(night));
      assertTrue(
          store.decide(decision(Decision.Kind.ANNOTATE, other.uid(), "new fan")).isPresent());
      Verified verified = store.verify(false);
      assertEquals(1, verified.nights());
      assertEquals(List.of(), verified.differences());
      assertEquals(
          List.of(
              night
                  + ": the folder of this name is another machine's here; look from the machine that"
                  + " has the night of "
                  + Scenes.FIRST),
          verified.notes());
    }
  }

  @Test
  void aLaterSchemaIsRefusedByNameAndItsStepKeepsWhatIsThere() throws Exception {
    String before;
    try (ResultStore store = store()) {
      Scenes.small().nights(folder.resolve("nights"), 2).forEach(store::add);
      before = dump(store);
    }
    Dialect dialect =
        url.file().isPresent() ? new Sqlite(url) : new Postgres(url, Optional.empty());
    Migrations later =
        new Migrations(
            List.of(
                new Migrations.Script("1-nights", shipped()),
                new Migrations.Script("2-later", "ALTER TABLE run ADD COLUMN later TEXT;\n")));
    try (Connection connection = dialect.connect(false)) {
      Sql sql = new Sql(connection, url.text());
      assertEquals(1, later.migrate(dialect, sql, url.text()), "one step, the first was had");
      StringBuilder after = new StringBuilder();
      Transaction.reading(
          dialect,
          sql,
          () -> {
            new Dump(sql).write(after::append);
            return 0;
          });
      assertEquals(before, after.toString());
    }
    String message =
        "store "
            + url
            + ": its schema is version 2 (2-later), this Drivemark knows versions up to 1 (1-nights);"
            + " use the newer Drivemark that made it";
    for (Executable open :
        List.<Executable>of(
            () -> ResultStore.open(url, Optional.empty()).close(),
            () -> ResultStore.openOrInit(url, Optional.empty()).close(),
            () -> ResultStore.migrate(url, Optional.empty()))) {
      assertEquals(message, assertThrows(BadInputException.class, open).getMessage());
    }
  }

  private static String shipped() throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream("1-nights.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }

  @Test
  void aRunThatIsRepeatedAndMeasuresNothingIsTheSame() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      store.add(night);
      Path results = night.resolve("results.json");
      String text = Files.readString(results);
      Files.writeString(
          results, text.replace("\"started\":\"2026-01-01", "\"started\":\"2026-01-05"));
      assertEquals(Outcome.KNOWN, store.add(night).outcome());
      assertEquals(1, store.nights().size());
    }
  }

  @Test
  void aFolderThatMovedIsTheSameNight() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      store.add(night);
      Path elsewhere = folder.resolve("elsewhere");
      Files.move(night, elsewhere);
      assertEquals(Outcome.MOVED, store.add(elsewhere).outcome());
      assertEquals(elsewhere.toString(), store.nights().get(0).folder());
    }
  }

  @Test
  void rebuildingGivesTheSameAndKeepsWhatHasNoFolderAnyMore() throws IOException {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 3);
    try (ResultStore store = store()) {
      nights.forEach(store::add);
      String uid = store.nights().get(1).ref().uid();
      store.decide(decision(Decision.Kind.ANNOTATE, uid, "new fan"));
      String before = dump(store);
      store.rebuild(nights);
      assertEquals(before, dump(store));
      store.rebuild(nights.subList(1, 3));
      assertEquals(before, dump(store));
    }
  }

  @Test
  void aLostStoreIsMadeAgainFromFoldersWithWhatPeopleSaid() throws Exception {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 2);
    String before;
    try (ResultStore store = store()) {
      nights.forEach(store::add);
      String uid = store.nights().get(0).ref().uid();
      Path file = store.decide(decision(Decision.Kind.ANNOTATE, uid, "new\nfan")).orElseThrow();
      assertTrue(file.startsWith(nights.get(0)), file.toString());
      before = dump(store);
    }
    url = empty();
    try (ResultStore store = store()) {
      store.rebuild(nights);
      assertEquals(before, dump(store));
    }
  }

  @Test
  void evidenceThatIsNoMoreIsNamedAndChangesNothing() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      store.add(night);
      String before = dump(store);
      String gone = "cells/model-00_camvid-val_onnxruntime_360x480-00000000/latency.csv";
      Files.delete(night.resolve(gone));
      assertEquals(List.of(gone), store.rebuild(List.of(night)).get(0).missing());
      assertEquals(before, dump(store));
      assertEquals(
          List.of(
              night + ": 1 file of evidence is no more, so its numbers cannot be derived again"),
          store.verify(false).notes());
    }
  }

  @Test
  void verifyingFindsWhatIsNotAsInTheFolder() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    try (ResultStore store = store()) {
      store.add(night);
      assertEquals(new Verified(1, List.of(), List.of()), store.verify(false));
      tamper(store, "UPDATE cell SET frames = 100 WHERE id = 1");
      List<String> found = store.verify(false).differences();
      assertEquals(1, found.size());
      assertTrue(found.get(0).startsWith(night + ": the store has [\"cell\","), found.get(0));
      assertTrue(
          found.get(0).endsWith("; 'drivemark store rebuild' takes it in anew"), found.get(0));
      store.rebuild(List.of(night));
      assertEquals(List.of(), store.verify(false).differences());
    }
  }

  @Test
  void whatContradictsItselfStaysOutWhole() throws IOException {
    Path night = Scenes.small().nights(folder.resolve("nights"), 1).get(0);
    Path cell = night.resolve("cells/model-02_camvid-val_onnxruntime_360x480-00000002");
    Files.writeString(cell.resolve("latency.csv"), "changed\n");
    try (ResultStore store = store()) {
      BadInputException thrown = assertThrows(BadInputException.class, () -> store.add(night));
      assertEquals(
          cell.resolve("record.json")
              + ": this record cannot be trusted: latency.csv was changed: its digest is not the one"
              + " in the record; remove the folder "
              + cell
              + " to measure it again",
          thrown.getMessage());
      assertEquals(List.of(), store.nights());
    }
  }

  @Test
  void nightsHaveNames() throws IOException {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 2);
    try (ResultStore store = store()) {
      BadInputException none = assertThrows(BadInputException.class, () -> store.night("last"));
      assertEquals("night 'last': there is none in the store, which is empty", none.getMessage());
      nights.forEach(store::add);
      String uid = store.nights().get(0).ref().uid();
      assertEquals(nights.get(1).toString(), store.night("last").folder());
      assertEquals(uid, store.night(uid.substring(0, 6)).ref().uid());
      assertEquals(uid, store.night("2026-01-01T02-00-00Z").ref().uid());
      store.decide(decision(Decision.Kind.ANNOTATE, uid, "v1.4"));
      assertEquals(uid, store.night("v1.4").ref().uid());
      BadInputException thrown =
          assertThrows(BadInputException.class, () -> store.night("last-good"));
      assertEquals(
          "night 'last-good': there is none in the store; the last ones are 2026-01-01T02-00-00Z,"
              + " 2026-01-02T02-00-00Z",
          thrown.getMessage());
    }
  }

  @Test
  void decisionsNeedWhatTheyAreAbout() {
    try (ResultStore store = store()) {
      BadInputException thrown =
          assertThrows(
              BadInputException.class,
              () -> store.decide(decision(Decision.Kind.ACCEPT, "abc", "meant")));
      assertEquals(
          "event 'abc': there is none in the store, which has no events", thrown.getMessage());
      thrown =
          assertThrows(
              BadInputException.class,
              () -> store.decide(decision(Decision.Kind.EXCLUDE, "abc", "meant")));
      assertEquals("there is no night with the uid abc in the store", thrown.getMessage());
      assertEquals(List.of(), store.decisions());
    }
  }

  @Test
  void thePageGetsLinesOfNights() throws IOException {
    List<Path> nights = Scenes.small().nights(folder.resolve("nights"), 3);
    try (ResultStore store = store()) {
      nights.forEach(store::add);
      HistoryView view = store.view(Set.of("latencyMs", "iou"));
      assertEquals(3, view.nights().size());
      assertEquals(9, view.lines().size()); // 3 series, each a latency and two classes
      HistoryView.SeriesLine line = view.lines().get(2);
      assertEquals("latencyMs", line.metric());
      assertEquals(List.of(0, 1, 2), line.points().stream().map(HistoryView.Point::night).toList());
      assertTrue(line.points().get(0).low().isPresent(), "an interval");
      assertEquals(16, view.nights().get(0).machine().memoryGib());
    }
  }

  /** Changes a row behind the store's back. */
  private static void tamper(ResultStore store, String statement) {
    ((JdbcStore) store).tamper(statement);
  }

  static Decision decision(Decision.Kind kind, String subject, String text) {
    return new Decision(kind, subject, text, "Ada", NOW);
  }
}
