package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.ruler.Ruler;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights with further processes, what the judge and people said of them, and what is kept. */
abstract class StoredVerdictContract {
  private static final Instant NOW = Instant.parse("2026-02-01T08:30:00Z");
  private static final String EVENT = "e0123456789abcde";

  @TempDir Path folder;

  /** The address of an empty store. */
  abstract StoreUrl empty() throws Exception;

  private Path night(int number) throws IOException {
    Path path = Scenes.small().night(folder.resolve("nights").resolve(Scenes.name(number)), number);
    NightRecord record =
        NightRecord.begun(
                Scenes.name(number),
                Scenes.started(number),
                Scenes.started(number).toEpochMilli(),
                "plan")
            .looked(number == 2 ? Optional.of("the load was 3.1") : Optional.empty())
            .with(ruler(10, 20))
            .with(ruler(30, 40));
    NightJson.write(
        new NightFolder(path).record(), number == 1 ? record.with(ruler(50, 60)) : record);
    return path;
  }

  private static RulerTimes ruler(long java, long engine) {
    return new RulerTimes(
        Ruler.VERSION,
        List.of(1_000_000 * java),
        "onnxruntime",
        Optional.of("1.29.0"),
        "bytes",
        List.of(1_000_000 * engine));
  }

  /** A further process that timed the first cell and found it slower. */
  private static void process(Path night, Path process, double factor) {
    StudyResult study = ResultsJson.read(night.resolve("results.json"));
    Entry entry = study.entries().get(0);
    ForkJson.write(
        process.resolve("times.json"),
        new ForkTimes(
            study.started().plusSeconds(60),
            study.finished().plusSeconds(60),
            study.environment(),
            List.of(
                new ForkTimes.CellTimes(
                    entry.folder(), entry.speed().orElseThrow().scaled(factor, factor))),
            List.of()));
  }

  private String dump(ResultStore store) throws IOException {
    Path file = folder.resolve("dump");
    store.dump(file);
    return Files.readString(file);
  }

  private static Verdict verdict(Night.Ref night, Event.State state, List<Night.Ref> all) {
    Series series = new Series("series", "label", "model", "camvid/val", "onnxruntime");
    Night.Ref first = all.get(1);
    Event event =
        new Event(
            EVENT,
            "machine",
            state,
            true,
            Cause.MODEL,
            List.of(
                new Event.Change(
                    series, "iou", Optional.of("Pole"), Alarm.Kind.ACCURACY, 0.5, 0.25, -0.25),
                new Event.Change(
                    Series.ALL, "latencyMs", Optional.empty(), Alarm.Kind.LEVEL, 1, 1.5, 0.5)),
            new Onset(all.get(0), first, first, night),
            first,
            Optional.empty(),
            List.of("kernel: a\nb -> c\\d", "java: 17 -> 21"),
            Optional.empty());
    return new Verdict(
        night,
        "machine",
        Verdict.State.WORSE,
        "One thing is worse.",
        new Verdict.Coverage(3, 1, 1, 0.9),
        List.of(),
        List.of(
            new Census(series, "miou", Census.State.JUDGED, ""),
            new Census(series, "iou", Census.State.NOT_JUDGED, "3 nights, 10 needed"),
            new Census(Series.ALL, "latencyMs", Census.State.GONE, "not in the study any more")),
        List.of(),
        List.of(),
        List.of(event),
        List.of(EVENT),
        Optional.empty());
  }

  @Test
  void processesRulersAndVerdictsComeFromTheFolderAgain() throws Exception {
    StoreUrl url = empty();
    List<Path> nights = List.of(night(0), night(1), night(2));
    process(nights.get(1), nights.get(1).resolve("forks/1"), 1.5);
    process(nights.get(1), nights.get(1).resolve("confirm/1"), 2);
    process(nights.get(2), nights.get(2).resolve("confirm/1"), 2);
    String before;
    try (ResultStore store = ResultStore.openOrInit(url, Optional.empty())) {
      nights.forEach(store::add);
      List<Night> found = store.history(Set.of("miou"));
      Night second = found.get(1);
      assertEquals(3, found.size());
      assertEquals(Optional.of("the load was 3.1"), found.get(2).unquiet());
      assertEquals(List.of("java " + Math.log(20), "onnxruntime " + Math.log(30)), rulers(second));
      assertEquals(2, second.rotations().size());
      List<Double> logs =
          second.series().get(0).timings().stream()
              .filter(t -> t.metric().equals("latencyMs"))
              .map(t -> t.log())
              .toList();
      assertEquals(2, logs.size());
      assertEquals(Math.log(1.5), logs.get(1) - logs.get(0), 1e-9);
      Night again = store.confirmation(second.ref().uid()).orElseThrow();
      assertEquals(List.of("java " + Math.log(50), "onnxruntime " + Math.log(60)), rulers(again));
      Night older = store.confirmation(found.get(2).ref().uid()).orElseThrow();
      assertEquals(
          List.of("java " + Math.log(20), "onnxruntime " + Math.log(30)),
          rulers(older),
          "where none was timed again it is the night's");
      assertEquals(1, again.series().size());
      assertEquals(logs.get(0) + Math.log(2), again.series().get(0).timings().get(0).log(), 1e-9);
      assertEquals(Optional.empty(), store.confirmation(found.get(0).ref().uid()));

      List<Night.Ref> refs = found.stream().map(Night::ref).toList();
      Verdict said = verdict(refs.get(2), Event.State.CONFIRMED, refs);
      Files.writeString(nights.get(2).resolve("verdict.json"), VerdictJson.write(said));
      store.keep(said);
      before = dump(store);
      store.add(nights.get(2));
      assertEquals(before, dump(store));
      assertEquals(List.of(), store.verify(false).differences());
      store.rebuild(nights);
      assertEquals(before, dump(store));
    }
    try (ResultStore store = ResultStore.openOrInit(other(), Optional.empty())) {
      nights.forEach(store::add);
      assertEquals(before, dump(store), "whatever keeps it");
    }
  }

  private static List<String> rulers(Night night) {
    return night.rulers().stream().map(r -> r.kind() + " " + r.logMs()).toList();
  }

  private StoreUrl other() {
    return StoreUrl.parse("sqlite:" + folder.resolve("other.db"));
  }

  @Test
  void theLatestNightSaysHowAnEventStandsAndPeopleHaveTheLastWord() throws Exception {
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      for (int i = 0; i < 3; i++) {
        store.add(night(i));
      }
      List<Night.Ref> refs = store.nights().stream().map(n -> n.ref()).toList();
      Verdict later = verdict(refs.get(2), Event.State.CONFIRMED, refs);
      store.keep(later);
      store.keep(verdict(refs.get(1), Event.State.CANDIDATE, refs));
      Event event = store.event("e01234");
      Event expected = later.events().get(0);
      assertEquals(
          expected.changes().get(1), event.changes().get(1), "what is of all is read back");
      assertEquals(expected.onset(), event.onset());
      assertEquals(expected.conditions(), event.conditions());
      assertEquals(Event.State.CONFIRMED, event.state());
      assertEquals(Event.State.CANDIDATE, store.events(Optional.of(refs.get(2))).get(0).state());
      assertEquals(List.of(), store.events(Optional.of(refs.get(1))));
      assertEquals("One thing is worse.", store.nights().get(2).verdict().orElseThrow().sentence());

      Optional<Path> file =
          store.decide(new Decision(Decision.Kind.ACCEPT, EVENT, "<b>meant</b>", "Ada", NOW));
      assertTrue(file.orElseThrow().startsWith(folder.resolve("nights")), file.toString());
      assertEquals(Event.State.ACCEPTED, store.event(EVENT).state());
      assertEquals(
          new Event.Decision("Ada", "<b>meant</b>", NOW),
          store.event(EVENT).decision().orElseThrow());
      store.decide(new Decision(Decision.Kind.DISMISS, EVENT, "noise", "Ada", NOW.plusSeconds(1)));
      assertEquals(Event.State.DISMISSED, store.event(EVENT).state());
      store.keep(verdict(refs.get(2), Event.State.FIXED, refs));
      assertEquals(Event.State.FIXED, store.event(EVENT).state());
    }
  }

  @Test
  void hostileTextsAreKeptAlikeByBoth() throws Exception {
    Path run = folder.resolve("run");
    Scenes.write(
        run,
        new StudyResult(
            Scenes.FIRST,
            Scenes.FIRST,
            "HOSTILE",
            new Environment(
                "HOSTILE",
                1,
                1,
                1,
                "x'; DROP TABLE run; -- amd64",
                "HOSTILE" + "%s".repeat(5000),
                Map.of("<i>%\n", "1", "a=b, c", "d"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "f"),
            List.of(),
            List.of()));
    Path results = run.resolve("results.json");
    Files.writeString(
        results,
        Files.readString(results)
            .replace("HOSTILE", "<b>\\ud800 \\u0000 \\n%0A\\\\n &\\uD83D\\uDE97"));
    Decision note =
        new Decision(Decision.Kind.ANNOTATE, "?", "<script>\n%".repeat(900), "Ada\t\"", NOW);
    String first;
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      store.decide(note.of(store.add(run).uid()));
      first = dump(store);
      Night night = store.history(Set.of()).get(0);
      assertEquals("d", night.conditions().get(Night.ENGINE + "a=b, c"));
      assertTrue(
          night.conditions().get(Night.JAVA).startsWith("<b>? \ufffd \n%0A\\n &\uD83D\uDE97"));
      assertEquals(note.text(), store.decisions().get(0).text());
      assertEquals(List.of(), store.verify(false).differences());
    }
    try (ResultStore store = ResultStore.openOrInit(other(), Optional.empty())) {
      store.add(run);
      assertEquals(first, dump(store));
    }
  }

  @Test
  void aVerdictNeedsItsNight() throws Exception {
    Night.Ref ref = new Night.Ref("nothing", 1, NOW);
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      Verdict verdict = verdict(ref, Event.State.CONFIRMED, List.of(ref, ref));
      BadInputException thrown = assertThrows(BadInputException.class, () -> store.keep(verdict));
      assertEquals(
          "verdict of night nothing: the night is not in the store; import its folder first",
          thrown.getMessage());
    }
  }

  @Test
  void picturesGoFirstThenEvidenceThenNightsAndRunsOfPeopleNever() throws Exception {
    List<Path> nights = new ArrayList<>();
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      Path own = Scenes.small().night(folder.resolve("own"), 9);
      store.add(own);
      for (int i = 0; i < 4; i++) {
        nights.add(night(i));
        Path pictures =
            nights
                .get(i)
                .resolve("cells/model-00_camvid-val_onnxruntime_360x480-00000000/pictures");
        Files.createDirectories(pictures);
        Files.writeString(pictures.resolve("a.png"), "a");
        store.add(nights.get(i));
      }
      String before = dump(store);
      Retention retention =
          new Retention(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.empty());
      Retention.apply(store, retention.plan(store), Optional.empty());
      assertEquals(
          List.of(
              List.of(false, false),
              List.of(false, false),
              List.of(false, true),
              List.of(true, true)),
          nights.stream().map(StoredVerdictContract::kept).toList());
      assertEquals(before, dump(store));
      store.rebuild(nights);
      assertEquals(before, dump(store), "records alone give the same");

      List<HistoryView.NightLine> all = store.nights();
      Retention three = new Retention(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3));
      assertEquals(
          List.of(), three.plan(all, Set.of(all.get(0).ref().uid())).nights(), "it is pinned");
      assertEquals(List.of(), three.plan(ofTwoMachines(all), Set.of()).nights(), "none has four");
      Retention.Plan whole =
          new Retention(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3)).plan(store);
      assertEquals(List.of(nights.get(0)), whole.paths());
      BadInputException thrown =
          assertThrows(
              BadInputException.class, () -> Retention.apply(store, whole, Optional.empty()));
      assertEquals(
          "prune: 1 night would go whole, and nothing else has their numbers; say by --dump FILE"
              + " where the store is written to before",
          thrown.getMessage());
      Path kept = folder.resolve("kept");
      Retention.apply(store, whole, Optional.of(kept));
      assertEquals(before, Files.readString(kept));
      assertEquals(4, store.nights().size());
      assertEquals(Kind.RUN.word(), store.nights().get(3).kind());
      assertTrue(Files.exists(own), "what a person ran stays");
      assertTrue(!Files.exists(nights.get(0)), "the oldest night is gone");
    }
  }

  /** A team's machines have folders of the same names; a store has the nights of all of them. */
  @Test
  void pruningTouchesNoFolderInWhichAnotherMachinesNightLies() throws Exception {
    List<Path> nights = new ArrayList<>();
    try (ResultStore store = ResultStore.openOrInit(empty(), Optional.empty())) {
      for (int i = 0; i < 3; i++) {
        nights.add(night(i));
        store.add(nights.get(i));
      }
      String first = store.nights().get(0).ref().uid();
      Path results = nights.get(0).resolve("results.json");
      Files.writeString(
          results, Files.readString(results).replace("Processor 9000", "Processor 9001"));
      OptionalInt all = OptionalInt.empty();
      Retention.Plan evidence = new Retention(all, OptionalInt.of(1), all).plan(store);
      assertTrue(evidence.paths().size() > 0, "that of the second night goes");
      assertTrue(
          evidence.paths().stream().allMatch(path -> path.startsWith(nights.get(1))),
          evidence.toString());
      assertEquals(Set.of(folder.resolve("nights")), evidence.homes());
      Retention.Plan whole = new Retention(all, all, OptionalInt.of(2)).plan(store);
      assertEquals(new Retention.Plan(List.of(), List.of(first), Set.of(), 1), whole);
      Files.writeString(results, "{");
      assertEquals(
          List.of(nights.get(0)),
          new Retention(all, all, OptionalInt.of(2)).plan(store).paths(),
          "what is damaged is whose it was");
    }
  }

  /** The same nights, each second one on another machine. */
  private static List<HistoryView.NightLine> ofTwoMachines(List<HistoryView.NightLine> nights) {
    List<HistoryView.NightLine> out = new ArrayList<>();
    for (HistoryView.NightLine night : nights) {
      MachineKey machine =
          out.size() % 2 == 0 ? night.machine() : new MachineKey("b", "c", 1, 1, 1);
      out.add(
          new HistoryView.NightLine(
              night.ref(),
              night.kind(),
              machine,
              night.conditions(),
              night.folder(),
              night.unquiet(),
              night.excluded(),
              night.verdict()));
    }
    return out;
  }

  private static List<Boolean> kept(Path night) {
    Path cell = night.resolve("cells/model-00_camvid-val_onnxruntime_360x480-00000000");
    return List.of(
        Files.exists(cell.resolve("pictures")),
        Files.exists(cell.resolve("evidence")) && Files.exists(cell.resolve("latency.csv")));
  }
}
