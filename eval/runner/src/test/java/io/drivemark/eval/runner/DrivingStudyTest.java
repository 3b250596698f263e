package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.derive.driving.Drivings;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Danger;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that asks what late answers are worth, on two drives of 12 pictures. */
class DrivingStudyTest {
  private static final String DRIVES =
      "{name: synthdrive, count: 24, size: 32x48, split: test, options: {rate: 30, sequence: 12}}";
  private static final String DRIVING = "{warm-up: 0.1, delays: 4, between: 2}";

  private static final String NO_LATENCY = "latency: off";

  @TempDir static Path folder;
  private static StudyResult usual;

  @BeforeAll
  static void runOnce() {
    usual = run(study(DRIVES, DRIVING, "latency: {runs: 10}"), "out");
  }

  private static Study study(String dataset, String driving, String rest) {
    try {
      Path file = folder.resolve("study.yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets: [%s]
          models: [tiny]
          engines: [{name: onnxruntime, threads: 1}]
          size: 32x48
          driving: %s
          %s
          """
              .formatted(dataset, driving, rest));
      return Study.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Sources sources(Function<String, Engine> engines) {
    return new Sources(Datasets::open, name -> TinyStudy.tiny(), engines, new StepClock());
  }

  private static StudyResult run(Study study, String out) {
    return run(study, out, Engines::named);
  }

  private static StudyResult run(Study study, String out, Function<String, Engine> engines) {
    return new Runner(study, folder.resolve(out), Progress.NONE, sources(engines)).run();
  }

  private static ConfusionMatrix confusion(LabelMap truth, LabelMap prediction) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(truth.space());
    accumulator.add(truth, prediction);
    return accumulator.matrix();
  }

  private static DelayEvidence evidence(String out, Entry entry) {
    return DelayEvidence.read(folder.resolve(out).resolve(entry.folder()), dataset().labels());
  }

  private static Dataset dataset() {
    return Datasets.open(study(DRIVES, DRIVING, "").datasets().get(0).request());
  }

  @Test
  void countsByDelayAreThoseOfPairsOfFrames() {
    Entry entry = usual.entries().get(0);
    DelayEvidence evidence = evidence("out", entry);
    Map<String, ConfusionMatrix> onTime =
        Evidence.readCounts(
            folder.resolve("out").resolve(entry.folder()).resolve(Evidence.CONFUSION),
            dataset().labels());
    assertEquals(2, evidence.sheet().clips().size());
    assertEquals(30, evidence.sheet().rate());
    for (int clip = 0; clip < 2; clip++) {
      DelayCounts counts = evidence.network().get(clip);
      DelayCounts perfect = evidence.perfect().get(clip);
      assertEquals(24, counts.instants().size());
      for (int i = 0; i < 12; i++) {
        LabelMap truth = dataset().frame(12 * clip + i).truth();
        assertEquals(
            onTime.get(dataset().ids().get(12 * clip + i)),
            counts.at(new Instant(i, 0), 0).orElseThrow());
        for (int d = 0; d <= 4; d++) {
          assertEquals(i >= d, counts.at(new Instant(i, 1), d).isPresent());
          if (i >= d) {
            LabelMap earlier = dataset().frame(12 * clip + i - d).truth();
            assertEquals(confusion(truth, earlier), perfect.at(new Instant(i, 0), d).orElseThrow());
          }
        }
        LabelMap halfway = dataset().frame(12 * clip + i).truthAfter(16_666_666).orElseThrow();
        assertEquals(
            confusion(halfway, halfway).pixels(),
            counts.at(new Instant(i, 1), 0).orElseThrow().pixels());
      }
    }
    assertTrue(evidence.hasObjects());
  }

  /** People and the way ahead are counted by the rules of the gauges that judge frames on time. */
  @Test
  void whatOldAnswersMeanForPeopleAndTheWayAhead() {
    Entry entry = usual.entries().get(0);
    DelayEvidence evidence = evidence("out", entry);
    Drivable drivable = Drivable.of(dataset()).orElseThrow();
    for (int clip = 0; clip < 2; clip++) {
      for (int i = 0; i < 12; i++) {
        LabelMap truth = dataset().frame(12 * clip + i).truth();
        for (int d = 0; d <= Math.min(4, i); d++) {
          LabelMap earlier = dataset().frame(12 * clip + i - d).truth();
          VulnerableRecall.Counts people = VulnerableRecall.defaults().count(truth, earlier);
          Drivable.Counts ground = drivable.count(ImageRegion.egoCorridor().count(truth, earlier));
          assertEquals(
              new Danger(
                  people.regions(), people.found(), ground.obstacles(), ground.falselyDrivable()),
              evidence.perfectDangers().get(clip).byPicture().get(i).get(d));
        }
        assertEquals(
            evidence.perfectDangers().get(clip).byPicture().get(i).get(0).obstacles(),
            evidence.dangers().get(clip).byPicture().get(i).get(0).obstacles());
      }
    }
    Driving driving = entry.driving().orElseThrow();
    Danger onTime = driving.curve().get(0).perfectDanger().orElseThrow();
    assertEquals(0, onTime.asRoad(), "the truth of the picture itself takes nothing for road");
    assertEquals(onTime.people(), onTime.peopleFound());
    Danger late = driving.curve().get(3).perfectDanger().orElseThrow();
    assertTrue(late.asRoad() > 0 || late.peopleFound() < late.people(), "three pictures later");
    assertEquals(onTime.obstacles(), late.obstacles(), "of the same truths");
    for (Driving.Delay delay : driving.curve()) {
      // picture 3 is judged and has no answer of four pictures before
      assertEquals(delay.miou().isPresent(), delay.danger().isPresent());
    }
  }

  /** Cells of programs that did not count it yet: no file, no digest of one. */
  @Test
  void cellsWithoutItAreRead() throws IOException {
    StudyResult result = run(study(DRIVES, DRIVING, NO_LATENCY), "older");
    Path cell = folder.resolve("older").resolve(result.entries().get(0).folder());
    Files.delete(cell.resolve(DelayEvidence.DANGERS));
    Path record = cell.resolve("record.json");
    Files.writeString(
        record,
        Files.readString(record)
            .replaceFirst("\\s*\"evidence/delays-danger.csv\" : \"\\w+\",", ""));
    Path results = folder.resolve("older/results.json");
    Files.writeString(
        results,
        Files.readString(results)
            .replaceAll(",\\s*\"(perfectD|d)anger\" : \\{[^}]*\\}", "")
            .replaceFirst(
                "\"driving\" : \\{\\s*\"version\" : 3", "\"driving\" : {\"version\" : 1"));
    Driving read = RunStore.read(folder.resolve("older")).entries().get(0).driving().orElseThrow();
    assertTrue(read.curve().stream().allMatch(c -> c.danger().isEmpty()));
    Driving whole = result.entries().get(0).driving().orElseThrow();
    assertEquals(
        whole.curve().stream().map(Driving.Delay::miou).toList(),
        read.curve().stream().map(Driving.Delay::miou).toList());
  }

  @Test
  void aNetworkThatKeepsPaceIsOnePictureLateAtPictures() {
    Study study = study(DRIVES, "{warm-up: 0.1, delays: 1, between: 1}", NO_LATENCY);
    StudyResult result = run(study, "less");
    DelayEvidence less = evidence("less", result.entries().get(0));
    DelayEvidence more = evidence("out", usual.entries().get(0));
    for (int i = 1; i < 12; i++) {
      Instant truth = new Instant(i, 0);
      assertEquals(more.network().get(1).at(truth, 1), less.network().get(1).at(truth, 1));
    }
    long[] nanos = new long[10];
    Arrays.fill(nanos, 20_000_000);
    int[] orders = IntStream.range(0, 10).toArray();
    LatencySamples samples = new LatencySamples(nanos, new int[10], orders);
    TimedRuns runs = new TimedRuns(samples, samples, List.of());
    Driving driving =
        Drivings.of(
            less,
            Optional.of(runs),
            0.1,
            Protocols.named("cityscapes"),
            study.driving().orElseThrow());
    Driving.Road road = driving.first().orElseThrow();
    assertEquals(driving.curve().get(0).miou(), road.onTime());
    assertEquals(driving.curve().get(1).miou(), road.miou());
    assertEquals(road.miou(), road.tieLow());
    assertEquals(road.miou(), road.tieHigh());
    assertEquals(1000.0 / 30, road.age().orElseThrow().seenMs().orElseThrow(), 1e-4);
    assertEquals(1000.0 / 30 + 20, road.age().orElseThrow().peakMaxMs(), 1e-4);
    assertEquals(8 * 2 * 9, road.queries()); // pictures 3 to 11 of two drives, 8 times
    assertEquals(0, road.deadline().misses());
    assertEquals(100 / 3.6 * (1 / 30.0 + 0.02), driving.blindMetres(road).orElseThrow(), 1e-6);
    assertEquals(result, RunStore.read(folder.resolve("less")));
    Arrays.fill(nanos, 0);
    samples = new LatencySamples(nanos, new int[10], orders);
    road =
        Drivings.of(
                less,
                Optional.of(new TimedRuns(samples, samples, List.of())),
                0,
                Protocols.named("cityscapes"),
                study.driving().orElseThrow())
            .first()
            .orElseThrow();
    assertEquals(road.onTime(), road.miou(), "no latency is on time, to the bit");
  }

  @Test
  void othersCamerasSpeedsAndHardwareRunNoInference() {
    StudyResult one = usual;
    Yard.Watched second = new Yard.Watched(i -> {});
    String other =
        "{warm-up: 0.1, delays: 4, between: 2, camera: [30, 15, 10], policy: [latest, wait-next,"
            + " shrinking-tail, queue], hardware: [1, 2], speeds: [20], capture-ms: 5, cameras: 2,"
            + " dropped: [0.2], frozen: [0.2], deadline-ms: 20, brake: 5, actuation: 0.1}";
    Study study = study(DRIVES, other, "latency: {runs: 10}");
    StudyResult two = run(study, "out", name -> second);
    assertEquals(0, second.inferences.get());
    assertEquals(one.entries().get(0).speed(), two.entries().get(0).speed());
    Driving driving = two.entries().get(0).driving().orElseThrow();
    assertEquals(24, driving.roads().size());
    assertEquals(2, driving.first().orElseThrow().faults().size());
    assertEquals(one.entries().get(0).driving().orElseThrow().curve(), driving.curve());
    assertEquals(two, RunStore.read(folder.resolve("out")));
  }

  @Test
  void oneAndFourThreadsGiveTheSameBytes() throws IOException {
    Entry one = usual.entries().get(0);
    Study four =
        study(DRIVES, DRIVING, NO_LATENCY)
            .withEngines(List.of(new EngineSpec("onnxruntime", OptionalInt.of(4))));
    Entry other = run(four, "four").entries().get(0);
    for (String file : DelayEvidence.FILES) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("out").resolve(one.folder()).resolve(file)),
          Files.readAllBytes(folder.resolve("four").resolve(other.folder()).resolve(file)),
          file);
    }
  }

  /** Stands for a process that is killed. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aRunKilledInTheMiddleContinuesWithTheSameBits() throws IOException {
    Study study = study(DRIVES, DRIVING, NO_LATENCY);
    Yard.Watched killed =
        new Yard.Watched(
            i -> {
              if (i == 15) {
                throw new Killed();
              }
            });
    assertThrows(Killed.class, () -> run(study, "killed", name -> killed));
    StudyResult continued = run(study, "killed");
    for (String file : DelayEvidence.FILES) {
      assertArrayEquals(
          Files.readAllBytes(
              folder.resolve("killed").resolve(continued.entries().get(0).folder()).resolve(file)),
          Files.readAllBytes(
              folder.resolve("out").resolve(usual.entries().get(0).folder()).resolve(file)),
          file);
    }
  }

  @Test
  void aStudyWithoutDrivingIsAsItWas() throws IOException {
    Study with = study(DRIVES, DRIVING, NO_LATENCY);
    Path file = folder.resolve("plain.yaml");
    Files.writeString(
        file, Files.readString(folder.resolve("study.yaml")).replaceAll("(?m)^driving:.*$", ""));
    StudyResult result = run(Study.read(file), "plain");
    Entry entry = result.entries().get(0);
    assertTrue(entry.driving().isEmpty());
    Path cell = folder.resolve("plain").resolve(entry.folder());
    assertFalse(DelayEvidence.isThere(cell));
    assertFalse(Files.readString(folder.resolve("plain/results.json")).contains("driving"));
    assertFalse(Study.read(file).toYaml().contains("driving"));
    assertEquals(with, Study.parse("text", with.toYaml()));
  }

  @Test
  void changedEvidenceAndChangedRecordsAreRefused() throws IOException {
    StudyResult result = run(study(DRIVES, DRIVING, NO_LATENCY), "damaged");
    Path cell = folder.resolve("damaged").resolve(result.entries().get(0).folder());
    Path results = folder.resolve("damaged/results.json");
    String text = Files.readString(results);
    Files.writeString(results, text.replaceFirst("\"perfect\" : 0\\.\\d", "\"perfect\" : 0.9"));
    assertNotEquals(text, Files.readString(results));
    assertEquals(
        results
            + ": what entry tiny says of late answers is not what its counts and its latency give;"
            + " run the study again to write it anew",
        assertThrows(BadInputException.class, () -> RunStore.read(folder.resolve("damaged")))
            .getMessage());
    Files.writeString(results, text);
    Files.writeString(
        cell.resolve(DelayEvidence.DELAYS),
        Files.readString(cell.resolve(DelayEvidence.DELAYS)) + "0,0,0,0\n");
    assertEquals(
        cell.resolve("record.json")
            + ": this record cannot be trusted: evidence/delays.csv has been changed since; remove"
            + " the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(folder.resolve("damaged")))
            .getMessage());
  }

  private static String refusal(String dataset, String driving) {
    return assertThrows(BadInputException.class, () -> run(study(dataset, driving, ""), "no"))
        .getMessage();
  }

  @Test
  void datasetsThatCannotBeDrivenThroughSayWhatIsMissing() {
    assertEquals(
        "driving: late answers cannot be judged on synthdrive/val: frames with labels of sequence"
            + " val_000000 are 0.5 s apart, at most 0.2 s can be judged; declare layout.stream with"
            + " the pictures that the camera took before each of them, for example stream:"
            + " 'video/{id}.png' (synthdrive: options: {sequence: 60, rate: 30})",
        refusal("{name: synthdrive, count: 4, size: 32x48}", "{}"));
    assertEquals(
        "driving: late answers cannot be judged on synthdrive/test: clip test_000000 of 12 pictures"
            + " at 30 a second is over before the warm-up of 1 s; clip test_000001 of 12 pictures"
            + " at 30 a second is over before the warm-up of 1 s; take longer sequences"
            + " (synthdrive: options: {sequence: 60, rate: 30}), or a shorter warm-up",
        refusal(DRIVES, "{}"));
    assertEquals(
        "camera rate 20: the sequence has 30 pictures a second, which is no multiple of it;"
            + " expected 30, or a half, a third, ... of it",
        refusal(DRIVES, "{camera: 20, warm-up: 0.1}"));
    Path yard = Yard.write(folder.resolve("data"));
    assertEquals(
        "driving: late answers cannot be judged on yard/val: it does not say which drive its frame"
            + " frame0 is of; declare sequence: with the part of an id that names the drive",
        assertThrows(
                BadInputException.class,
                () ->
                    new Runner(
                            study(
                                    "{name: '"
                                        + yard
                                        + "', split: val, root: '"
                                        + yard.getParent()
                                        + "'}",
                                    "{}",
                                    "")
                                .withModels(Study.named(List.of("plain"))),
                            folder.resolve("no"),
                            Progress.NONE,
                            Yard.sources())
                        .run())
            .getMessage());
  }

  @Test
  void boundsOnLateAnswers() {
    StudyResult result =
        run(
            study(
                DRIVES,
                DRIVING,
                "latency: {runs: 10}\nrequire: {streamingMiou: '>=0.999', blindMetres: '<=10000',"
                    + " deadlineMisses: '<=1'}"),
            "out");
    assertEquals(1, result.findings().size());
    assertTrue(
        result.findings().get(0).contains("streamingMiou is 0."), result.findings().toString());
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> {
              Path file = folder.resolve("plain.yaml");
              Files.writeString(
                  file,
                  Files.readString(folder.resolve("study.yaml"))
                      .replaceAll("(?m)^driving:.*$", ""));
              Study.read(file);
            });
    assertTrue(
        e.getMessage()
            .contains(
                "streamingMiou is measured only where the study asks what late answers are worth;"
                    + " add driving: {}"),
        e.getMessage());
  }

  @Test
  void aLargerDelayThanCountedIsSaid() {
    String late = "{warm-up: 0.2, delays: 4, between: 2, capture-ms: 150}";
    StudyResult result = run(study(DRIVES, late, "latency: {runs: 10}"), "out");
    Driving.Road road = result.entries().get(0).driving().orElseThrow().first().orElseThrow();
    assertTrue(road.miou().isEmpty());
    assertTrue(road.tooOld() > 0);
    assertEquals(
        road.tooOld()
            + " of "
            + road.queries()
            + " answers are more than 4 pictures late, or of pictures that were not judged; say a"
            + " larger driving: delays:",
        road.reason().orElseThrow());
  }
}
