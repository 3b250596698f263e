package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.EarlierCells.Earlier;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with cues around them as rows of a study, on two drives of 12 pictures. */
class CueStudyTest {
  private static final int DRIVE = 12;
  private static final String DRIVES =
      "{name: synthdrive, count: 24, size: 32x48, split: test, options: {rate: 30, sequence: 12}}";
  private static final String SCENES = "{name: synthdrive, count: 3, size: 32x48}";
  private static final String MODELS =
      "[{of: tiny, cues: [{keyframes: {every: 2}}]}, tiny,"
          + " {of: tiny, cues: [{keyframes: {every: 1}}]},"
          + " {of: tiny, name: later, cues: [{keyframes: {every: 2, offset: 1}}]}]";
  private static final String NO_LATENCY = "latency: off";
  private static final List<String> FILES =
      List.of(Evidence.CONFUSION, PathRuns.FILE, FramePrints.FILE);

  @TempDir static Path folder;
  private static StudyResult usual;

  @BeforeAll
  static void runOnce() {
    usual =
        run(
            study(
                DRIVES,
                MODELS,
                "latency: {runs: 10}\ndriving: {warm-up: 0.1, delays: 4, between: 1}"),
            "out");
  }

  private static Study study(String dataset, String models, String rest) {
    try {
      Path file = folder.resolve("study.yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets: [%s]
          models: %s
          engines: [{name: onnxruntime, threads: 1}]
          size: 32x48
          %s
          """
              .formatted(dataset, models, rest));
      return Study.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Model model(String name) {
    return switch (name) {
      case "tiny" -> TinyStudy.tiny();
      case "deep" -> TinyStudy.deep();
      case "far" -> TinyStudy.far();
      default -> throw new BadInputException("no model " + name);
    };
  }

  private static StudyResult run(Study study, String out) {
    return run(study, out, Engines::named);
  }

  private static StudyResult run(Study study, String out, Function<String, Engine> engines) {
    Sources sources = new Sources(Datasets::open, CueStudyTest::model, engines, new StepClock());
    return new Runner(study, folder.resolve(out), Progress.NONE, sources).run();
  }

  private static Entry entry(StudyResult result, String model) {
    return result.entries().stream()
        .filter(e -> e.model().name().equals(model))
        .findFirst()
        .orElseThrow();
  }

  /** What was found, without words on how: an engine that is watched cannot tell operators. */
  private static List<Entry> found(StudyResult result) {
    return result.entries().stream().map(entry -> entry.withMethod(Map.of())).toList();
  }

  private static Path cell(String out, Entry entry) {
    return folder.resolve(out).resolve(entry.folder());
  }

  private static Map<String, ConfusionMatrix> counts(String out, Entry entry) {
    return Evidence.readCounts(cell(out, entry).resolve(Evidence.CONFUSION), dataset().labels());
  }

  private static Dataset dataset() {
    return Datasets.open(study(DRIVES, "[tiny]", "").datasets().get(0).request());
  }

  @Test
  void theNetworkInsideIsARowBeforeThoseWithCues() {
    assertEquals(
        List.of("tiny", "tiny-cue-keyframes2", "tiny-cue-keyframes1", "later"),
        usual.entries().stream().map(e -> e.model().name()).toList());
    Entry inside = entry(usual, "tiny");
    ModelFacts facts = entry(usual, "later").model();
    assertEquals(Cues.TECHNIQUE, facts.technique());
    assertTrue(facts.hasCues());
    assertEquals(Optional.of("tiny"), facts.parent());
    assertEquals(Optional.of("keyframes2-offset1"), facts.criterion());
    assertEquals(inside.model().digest(), facts.lineage().orElseThrow().parentDigest());
    assertTrue(facts.lineage().orElseThrow().layers().isEmpty());
    assertEquals("tiny", entry(usual, "later").differences().get(0).from());
    assertFalse(inside.model().hasCues());
    assertEquals(Optional.empty(), inside.cues());
    assertEquals(found(usual), found(RunStore.read(folder.resolve("out"))));
  }

  @Test
  void keyFramesOnEveryPictureAreTheNetworkAloneBitForBit() throws IOException {
    Entry inside = entry(usual, "tiny");
    Entry every = entry(usual, "tiny-cue-keyframes1");
    assertArrayEquals(
        Files.readAllBytes(cell("out", inside).resolve(Evidence.CONFUSION)),
        Files.readAllBytes(cell("out", every).resolve(Evidence.CONFUSION)));
    assertEquals(inside.prints().orElseThrow().frames(), every.prints().orElseThrow().frames());
    assertEquals(inside.prints().orElseThrow().canary(), every.prints().orElseThrow().canary());
    assertEquals(inside.accuracy(), every.accuracy());
    CueFacts cues = every.cues().orElseThrow();
    assertEquals(1, cues.runsPerPicture());
    assertEquals(0, cues.meanAge());
  }

  @Test
  void keyFramesAreTheMixOfDelayCountsExactly() {
    Entry inside = entry(usual, "tiny");
    DelayEvidence delays = DelayEvidence.read(cell("out", inside), dataset().labels());
    Map<String, ConfusionMatrix> second = counts("out", entry(usual, "tiny-cue-keyframes2"));
    Map<String, ConfusionMatrix> later = counts("out", entry(usual, "later"));
    for (int i = 0; i < 2 * DRIVE; i++) {
      String id = dataset().ids().get(i);
      int number = i % DRIVE;
      Instant truth = new Instant(number, 0);
      assertEquals(
          delays.network().get(i / DRIVE).at(truth, number % 2).orElseThrow(),
          second.get(id),
          "frame " + i);
      assertEquals(
          delays.network().get(i / DRIVE).at(truth, number == 0 ? 0 : 1 - number % 2).orElseThrow(),
          later.get(id),
          "frame " + i);
    }
    CueFacts.Mix mix = entry(usual, "tiny-cue-keyframes2").cues().orElseThrow().mix().orElseThrow();
    double[] measured = {
      entry(usual, "tiny-cue-keyframes2").accuracy().orElseThrow().miou().orElseThrow(),
      entry(usual, "later").accuracy().orElseThrow().miou().orElseThrow()
    };
    assertEquals(List.of(measured[0], measured[1]), mix.byOffset(), "without inference");
    assertEquals((measured[0] + measured[1]) / 2, mix.mean(), 1e-15);
    assertEquals(Math.min(measured[0], measured[1]), mix.worst());
    assertEquals(Optional.of(mix), entry(usual, "later").cues().orElseThrow().mix());
  }

  @Test
  void eachPictureSaysHowOftenANetworkRan() {
    Entry second = entry(usual, "tiny-cue-keyframes2");
    List<PathRuns.Run> runs = PathRuns.read(cell("out", second));
    assertEquals(2 * DRIVE, runs.size());
    for (int i = 0; i < runs.size(); i++) {
      int number = i % DRIVE;
      assertEquals(
          new PathRuns.Run(
              dataset().ids().get(i), number, number - number % 2, number % 2 == 0 ? 1 : 0),
          runs.get(i));
    }
    CueFacts cues = second.cues().orElseThrow();
    assertEquals(24, cues.pictures());
    assertEquals(12, cues.runs());
    assertEquals(24, cues.judged());
    assertEquals(12, cues.ages());
    assertEquals(1, cues.oldest());
    assertEquals(30, cues.rate().orElseThrow());
    assertEquals("keyframes (between repeat, every 2, offset 0)", cues.cues().get(0).words());
  }

  @Test
  void timedRunsGoAlongASequenceAndMeansAreOverPictures() {
    Entry second = entry(usual, "tiny-cue-keyframes2");
    TimedRuns runs = TimedRuns.read(cell("out", second).resolve(Evidence.LATENCY));
    assertTrue(runs.byPicture());
    assertEquals(dataset().ids().subList(3, 12), runs.frames().subList(0, 9), "3 are untimed");
    assertEquals(dataset().ids().get(0), runs.frames().get(9), "and again from the first");
    assertEquals(
        Speeds.byPicture(runs.endToEnd(), runs.frames()), second.speed().orElseThrow().endToEnd());
    CueFacts.Timing timing = second.cues().orElseThrow().timing().orElseThrow();
    assertEquals(10, timing.pictures());
    assertEquals(5, timing.withRun());
    assertTrue(timing.betweenMs().isPresent());
    CueFacts.Deadline deadline = timing.deadline().orElseThrow();
    assertEquals(33.333333, deadline.ms());
    assertEquals(10, deadline.runs());
    TimedRuns inside = TimedRuns.read(cell("out", entry(usual, "tiny")).resolve(Evidence.LATENCY));
    assertFalse(inside.byPicture());
    assertEquals(runs.frames(), inside.frames(), "the others of a rotation see the same");
  }

  @Test
  void lateAnswersAreJudgedOfTheNetworkAlone() {
    assertTrue(entry(usual, "tiny").driving().isPresent());
    Entry second = entry(usual, "tiny-cue-keyframes2");
    assertEquals(Optional.empty(), second.driving());
    assertTrue(
        second
            .notes()
            .contains(
                "its late answers are not judged: with cues it answers otherwise where pictures are"
                    + " dropped, so that counts by delay do not say what would come of it"),
        second.notes().toString());
    StudyResult bounded =
        run(
            study(
                DRIVES,
                MODELS,
                "latency: {runs: 10}\ndriving: {warm-up: 0.1, delays: 4, between: 1}\n"
                    + "require: {streamingMiou: '>=0'}"),
            "out");
    assertEquals(List.of(), bounded.findings(), "nor are they asked for");
  }

  @Test
  void whatWasMeasuredIsNotInferredAgain() {
    Yard.Watched again = new Yard.Watched(i -> {});
    StudyResult result =
        run(
            study(
                DRIVES,
                MODELS,
                "latency: {runs: 10}\ndriving: {warm-up: 0.1, delays: 4, between: 1}"),
            "out",
            name -> again);
    assertEquals(0, again.inferences.get());
    assertEquals(found(usual), found(result));
  }

  @Test
  void oneAndFourThreadsGiveTheSameBytes() throws IOException {
    Study one =
        study(
            DRIVES,
            "[{of: tiny, cues: [{smooth: {keep: 0.5}}]}, {of: tiny, cues: [skip-if-still]}]",
            NO_LATENCY);
    StudyResult single = run(one, "one");
    StudyResult four =
        run(one.withEngines(List.of(new EngineSpec("onnxruntime", OptionalInt.of(4)))), "four");
    for (int i = 1; i < 3; i++) {
      for (String file : FILES) {
        assertArrayEquals(
            Files.readAllBytes(cell("one", single.entries().get(i)).resolve(file)),
            Files.readAllBytes(cell("four", four.entries().get(i)).resolve(file)),
            single.entries().get(i).model().name() + " " + file);
      }
    }
    assertNotEquals(
        single.entries().get(0).prints().orElseThrow().frames(),
        single.entries().get(1).prints().orElseThrow().frames());
  }

  /** Stands for a process that is killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aRunKilledInTheMiddleContinuesWithTheSameBits() throws IOException {
    Study study = study(DRIVES, "[tiny, {of: tiny, cues: [{keyframes: {every: 2}}]}]", NO_LATENCY);
    Yard.Watched killed =
        new Yard.Watched(
            i -> {
              if (i == 30) { // 24 frames and the canary are the network's own
                throw new Killed();
              }
            });
    assertThrows(Killed.class, () -> run(study, "killed", name -> killed));
    Yard.Watched rest = new Yard.Watched(i -> {});
    StudyResult continued = run(study, "killed", name -> rest);
    assertEquals(13, rest.inferences.get(), "every second frame, and the canary");
    for (String file : FILES) {
      assertArrayEquals(
          Files.readAllBytes(cell("killed", continued.entries().get(1)).resolve(file)),
          Files.readAllBytes(cell("out", entry(usual, "tiny-cue-keyframes2")).resolve(file)),
          file);
    }
  }

  @Test
  void cuesThatRememberNothingNeedNoSequences() {
    StudyResult result =
        run(
            study(
                SCENES,
                "[{of: tiny, cues: [{location-prior: {strength: 0}}]},"
                    + " {of: tiny, cues: [{cascade: {below: 0, then: deep}}]},"
                    + " {of: tiny, cues: [{cascade: {below: 1, then: deep}}]},"
                    + " deep, {of: tiny, cues: [{ensemble: {with: [deep]}}]}]",
                "latency: {runs: 10}"),
            "apart");
    Entry tiny = entry(result, "tiny");
    Entry deep = entry(result, "deep");
    assertEquals(tiny.accuracy(), entry(result, "tiny-cue-prior0").accuracy());
    Entry never = entry(result, "tiny-cue-cascade0-deep");
    Entry always = entry(result, "tiny-cue-cascade1-deep");
    assertEquals(tiny.accuracy(), never.accuracy());
    assertEquals(deep.accuracy(), always.accuracy());
    assertEquals(3, never.cues().orElseThrow().runs());
    assertEquals(6, always.cues().orElseThrow().runs());
    assertEquals(Optional.empty(), always.cues().orElseThrow().timing().orElseThrow().deadline());
    Entry both = entry(result, "tiny-cue-ensemble-deep");
    assertEquals(6, both.cues().orElseThrow().runs());
    assertEquals(0, both.cues().orElseThrow().ages());
    assertEquals(
        tiny.cost().orElseThrow().params().orElseThrow()
            + deep.cost().orElseThrow().params().orElseThrow(),
        both.cost().orElseThrow().params().orElseThrow());
    assertTrue(both.cost().orElseThrow().macsPerFrame().isEmpty());
    assertNotEquals(tiny.prints().orElseThrow().canary(), both.prints().orElseThrow().canary());
    assertEquals(result, RunStore.read(folder.resolve("apart")));
  }

  @Test
  void earlierAccuracyIsTakenOverWhereAllNetworksAnswerAsTheyDid() {
    Study study = study(SCENES, "[{of: tiny, cues: [{cascade: {then: deep}}]}]", NO_LATENCY);
    Entry there = run(study, "earlier").entries().get(1);
    Yard.Watched engine = new Yard.Watched(i -> {});
    Sources sources =
        new Sources(Datasets::open, CueStudyTest::model, name -> engine, NanoClock.SYSTEM);
    Path cells = folder.resolve("earlier").resolve(CellStore.FOLDER);
    Entry taken =
        new Runner(study, folder.resolve("next"), Progress.NONE, sources)
            .takingOver((key, name) -> Optional.of(new Earlier(cells.resolve(name), "a night")))
            .run()
            .entries()
            .get(1);
    assertEquals(3, engine.inferences.get(), "a canary of tiny, one of each in the cascade");
    assertEquals(there.accuracy(), taken.accuracy());
    assertEquals(there.cues(), taken.cues());
    assertTrue(
        taken
            .notes()
            .contains(
                "its accuracy was not measured anew, it is that of a night: key, canary, machine"
                    + " and Drivemark are the same"),
        taken.notes().toString());
  }

  @Test
  void changedRunsAndChangedRecordsAreRefused() throws IOException {
    StudyResult result =
        run(study(DRIVES, "[{of: tiny, cues: [{keyframes: {every: 2}}]}]", NO_LATENCY), "damaged");
    Path out = folder.resolve("damaged");
    Path cell = cell("damaged", result.entries().get(1));
    Path results = out.resolve("results.json");
    String text = Files.readString(results);
    Files.writeString(results, text.replaceFirst("\"ages\" : 12", "\"ages\" : 11"));
    assertNotEquals(text, Files.readString(results));
    assertEquals(
        results
            + ": the cues of entry tiny-cue-keyframes2 is not what its cell "
            + result.entries().get(1).folder()
            + " says; run the study again to write it anew",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
    Files.writeString(results, text);
    Path record = cell.resolve("record.json");
    String recorded = Files.readString(record);
    Files.writeString(record, recorded.replaceFirst("\"ages\" : 12", "\"ages\" : 11"));
    assertEquals(
        record
            + ": this record cannot be trusted: what it says of cues is not what its runs give;"
            + " remove the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
    Files.writeString(record, recorded);
    Path runs = cell.resolve(PathRuns.FILE);
    Files.writeString(runs, Files.readString(runs).replaceFirst(",0,0,1\n", ",0,0,2\n"));
    assertEquals(
        record
            + ": this record cannot be trusted: evidence/runs.csv has been changed since; remove"
            + " the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }
}
