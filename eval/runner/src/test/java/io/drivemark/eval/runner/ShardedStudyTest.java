package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.shard.ShardWorker;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose accuracy several workers measured are as if one machine had. */
class ShardedStudyTest {
  private static final String DRIVES =
      "{name: synthdrive, split: test, options: {count: 20, size: 24x32, sequence: 10, rate: 30}}";

  @TempDir Path folder;
  private static Map<String, String> drivesAlone;

  private Study study(String models, String more) {
    try {
      return Study.read(
          Files.writeString(
              folder.resolve("study.yaml"),
              """
              schema: drivemark-study/1
              datasets: [%s]
              models: [%s]
              engines: [{name: onnxruntime, threads: 1}]
              latency: off
              """
                      .formatted(DRIVES, models)
                  + more));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Sources sources(Function<String, Engine> engines) {
    Map<String, Model> models =
        Map.of(
            "tiny", TinyStudy.tiny(),
            "far", TinyStudy.far(),
            "plain", Yard.model("plain", 0),
            "biased", Yard.model("biased", 40),
            "parent", GatedYard.parent(),
            "dynamic", GatedYard.model("dynamic"));
    return new Sources(Datasets::open, models::get, engines, NanoClock.SYSTEM);
  }

  private static Sources sources() {
    return sources(Engines::named);
  }

  private Map<String, String> alone(Study study) {
    return Sharded.alone(study, folder.resolve("alone"), sources());
  }

  /** What one machine finds on the drives, measured once. */
  private Map<String, String> drivesAlone(Study study) {
    if (drivesAlone == null) {
      drivesAlone = alone(study);
    }
    return drivesAlone;
  }

  private static void share(Study study, Path out, int shards) {
    Sharded.share(study, out, shards, sources());
  }

  private static ShardWorker.Result work(Path out, String name) {
    return Sharded.work(out, name, sources());
  }

  private static StudyResult merge(Path out) {
    return Sharded.merge(out, sources());
  }

  /** Several workers at once. */
  private static int workTogether(Path out, int workers) {
    int finished = 0;
    try (WorkerPool pool = new WorkerPool("workers", workers)) {
      List<Future<ShardWorker.Result>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        String name = "w" + i;
        all.add(pool.submit(() -> work(out, name)));
      }
      for (Future<ShardWorker.Result> one : all) {
        ShardWorker.Result result = WorkerPool.result(one);
        assertEquals(List.of(), result.failures());
        assertEquals(List.of(), result.refusals());
        finished += result.finished();
      }
    }
    return finished;
  }

  /** Labels and distances. */
  @Test
  void severalWorkersGiveTheBytesOfOneMachine() {
    spread(5);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 2, 7, 64})
  void anyNumberOfRangesAndWorkersGivesTheBytesOfOneMachine(int shards) {
    spread(shards);
  }

  private void spread(int shards) {
    Study study = study("tiny, far", "");
    Path out = folder.resolve("spread");
    share(study, out, shards);
    WorkList list = WorkList.read(out);
    assertEquals(2 * Math.min(20, shards), list.units());
    assertEquals(list.units(), workTogether(out, 3));
    StudyResult merged = merge(out);
    assertEquals(drivesAlone(study), CellTrees.of(out));
    assertEquals(merged, RunStore.read(out));
    assertEquals(0, merged.exitCode());
  }

  @Test
  void shardsOfOtherCutsAndDuplicatesChangeNothing() throws IOException {
    Study study = Yard.study(Yard.write(folder.resolve("data")), List.of("plain", "biased"));
    Path out = folder.resolve("three");
    share(study, out, 3);
    work(out, "a");
    Path five = folder.resolve("five");
    share(study, five, 5);
    work(five, "b");
    Path again = folder.resolve("again");
    share(study, again, 3);
    work(again, "c");
    copyShards(five, out);
    copyShards(again, out);
    for (String cell : cells(out)) {
      try (Stream<Path> all = Files.list(out.resolve("shards").resolve(cell))) {
        List<String> names = all.map(path -> path.getFileName().toString()).toList();
        long shards = names.stream().filter(name -> name.matches("[0-9]+-[0-9]+-.*")).count();
        assertEquals(3 + 5 - 1, shards, () -> "the last two frames meet in one name: " + names);
      }
    }
    merge(out);
    assertEquals(alone(study), CellTrees.of(out));
  }

  private static List<String> cells(Path out) {
    return WorkList.read(out).cells().stream().map(cell -> cell.folder()).toList();
  }

  private static void copyShards(Path from, Path to) throws IOException {
    for (String cell : cells(to)) {
      Path shards = from.resolve("shards").resolve(cell);
      List<Path> all;
      try (Stream<Path> walk = Files.walk(shards)) {
        all = walk.toList();
      }
      for (Path path : all) {
        Path copy = to.resolve("shards").resolve(cell).resolve(shards.relativize(path).toString());
        boolean ofShard = shards.relativize(path).toString().matches("[0-9]+-[0-9]+-.*");
        if (ofShard && !Files.exists(copy)) {
          Files.copy(path, copy);
        }
      }
    }
  }

  @Test
  void gatesFlickerAndFramesThatAreLeftOutAreAsOfOneMachine() throws IOException {
    gatesAndFlicker(4);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {2, 6})
  void gatesFlickerAndFramesThatAreLeftOutInAnyCut(int shards) throws IOException {
    gatesAndFlicker(shards);
  }

  private void gatesAndFlicker(int shards) throws IOException {
    Path yaml = Yard.write(folder.resolve("data"));
    Files.writeString(yaml, Files.readString(yaml) + "sequence: '^(frame)'\n");
    Path bad = folder.resolve("data/valannot/frame1.png");
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
    ImageCodec.writeGray8(folder.resolve("data/valannot/frame4.png"), 6, 10, new byte[60]);
    ImageCodec.writeImage(folder.resolve("data/val/frame4.png"), RgbImage.of(6, 10, new byte[180]));
    Study study =
        Yard.study(yaml, List.of("parent", "dynamic", "biased")).withGauges(List.of("flicker"));
    Path out = folder.resolve("spread");
    share(study, out, shards);
    assertEquals(3 * shards, WorkList.read(out).units());
    workTogether(out, 2);
    StudyResult merged = merge(out);
    assertEquals(alone(study), CellTrees.of(out));
    Entry entry = merged.entries().get(0);
    assertEquals(Yard.FRAMES - 1, entry.dataset().images());
    assertTrue(
        entry.issues().get(0).startsWith("frame frame1 left out: "), entry.issues()::toString);
    assertTrue(entry.issues().size() > 1, "and what flicker cannot compare");
    assertEquals(merged, RunStore.read(out));
  }

  @Test
  void afterTheMergeARunMeasuresSpeedAloneAndNoFrameTwice() {
    Path yaml = Yard.write(folder.resolve("data"));
    Study study = Yard.study(yaml, List.of("plain", "biased"));
    Path out = folder.resolve("spread");
    share(study.withLatency(Optional.of(new LatencySpec(10))), out, 3);
    workTogether(out, 2);
    StudyResult merged = merge(out);
    assertTrue(merged.entries().stream().allMatch(entry -> entry.speed().isEmpty()));
    Yard.Watched counting = new Yard.Watched(i -> {});
    StudyResult again = new Runner(study, out, Progress.NONE, sources(name -> counting)).run();
    assertEquals(0, counting.inferences.get());
    assertEquals(
        merged.entries().stream().map(Entry::accuracy).toList(),
        again.entries().stream().map(Entry::accuracy).toList());
    Map<String, String> before = CellTrees.of(out);
    StudyResult timed =
        new Runner(
                study.withLatency(Optional.of(new LatencySpec(10))), out, Progress.NONE, sources())
            .run();
    assertTrue(timed.entries().stream().allMatch(entry -> entry.speed().isPresent()));
    assertEquals(timed, RunStore.read(out));
    Map<String, String> after = CellTrees.of(out);
    before.keySet().removeIf(name -> name.endsWith("record.json"));
    assertTrue(after.entrySet().containsAll(before.entrySet()), "evidence and pictures stay");
  }

  @Test
  void framesThatNobodyMeasuredAreNamedAndNothingIsWritten() throws IOException {
    Path yaml = Yard.write(folder.resolve("data"));
    Path out = folder.resolve("spread");
    share(Yard.study(yaml, List.of("plain")), out, 3);
    BadInputException none =
        assertThrows(
            BadInputException.class,
            () -> ShardedRun.merge(out, Optional.empty(), Progress.NONE, sources()));
    assertEquals(
        "plain on yard/val with onnxruntime at 12x20: frames 1 to 6 of 6 are missing; 'drivemark work "
            + out
            + "' measures them",
        none.getMessage());
    work(out, "a");
    Path shards = out.resolve("shards").resolve(cells(out).get(0));
    try (Stream<Path> all = Files.list(shards)) {
      for (Path path :
          all.filter(p -> p.getFileName().toString().startsWith("000002-000004-")).toList()) {
        delete(path);
      }
    }
    BadInputException hole =
        assertThrows(
            BadInputException.class,
            () -> ShardedRun.merge(out, Optional.empty(), Progress.NONE, sources()));
    assertEquals(
        "plain on yard/val with onnxruntime at 12x20: frames 3 to 4 of 6 are missing (worker a took 3"
            + " to 4); 'drivemark work "
            + out
            + "' measures them",
        hole.getMessage());
    assertFalse(Files.exists(out.resolve("results.json")));
    assertEquals(Map.of(), CellTrees.of(out));
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void aFolderKeepsItsWorkList() {
    Path yaml = Yard.write(folder.resolve("data"));
    Path out = folder.resolve("spread");
    Study study = Yard.study(yaml, List.of("plain"));
    share(study, out, 3);
    share(study, out, 3);
    BadInputException e = assertThrows(BadInputException.class, () -> share(study, out, 4));
    assertEquals(
        out.resolve("shards/work.json")
            + ": this folder has the work list of another study, number of shards, program or"
            + " machine; merge it ('drivemark merge "
            + out
            + "') or remove "
            + out.resolve("shards")
            + ", or choose another --out",
        e.getMessage());
  }

  @Test
  void aFolderWithoutAWorkListSaysHowToWriteOne() {
    Path out = folder.resolve("nothing");
    assertEquals(
        out.resolve("shards/work.json")
            + ": no such file; 'drivemark run STUDY.yaml --out "
            + out
            + " --shards N' writes what there is to measure",
        assertThrows(BadInputException.class, () -> work(out, "a")).getMessage());
  }
}
