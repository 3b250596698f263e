package io.drivemark.eval.runner.shard;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.eval.runner.CellTrees;
import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.shard.ShardWorker.Settings;
import io.drivemark.eval.runner.shard.ShardWorker.Watch;
import io.drivemark.eval.runner.shard.lease.WorkerClock;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A study of the yard, spread over workers of this process. */
final class Spread {
  static final Watch NOBODY = (step, unit) -> {};
  static final String PLAIN = "plain on yard/val with onnxruntime at 12x20";

  private final Path folder;
  private final Study study;

  /**
   * @param frames of the yard, of which every sixth is the same
   */
  Spread(Path folder, int frames, List<String> models) {
    this.folder = folder;
    Path data = folder.resolve("data");
    this.study = Yard.study(Yard.write(data), models);
    try {
      for (int i = Yard.FRAMES; i < frames; i++) {
        for (String of : List.of("val", "valannot")) {
          Path from = data.resolve(of).resolve("frame" + i % Yard.FRAMES + ".png");
          Files.copy(from, from.resolveSibling("frame" + i + ".png"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path out(String name) {
    return folder.resolve(name);
  }

  static Sources sources(Engine engine) {
    return Yard.sources(name -> engine);
  }

  static Engine real() {
    return Engines.named("onnxruntime");
  }

  /** What one machine finds. */
  Map<String, String> alone() {
    Path out = out("alone");
    new Runner(study, out, Progress.NONE, sources(real())).run();
    return CellTrees.of(out);
  }

  WorkList share(String name, int shards) {
    return ShardedRun.share(
        study, out(name), shards, ShardedRun.SILENCE, Progress.NONE, sources(real()));
  }

  ShardWorker worker(String out, String name, Engine engine, WorkerClock clock, Watch watch) {
    WorkList list = WorkList.read(out(out));
    return new ShardWorker(
        out(out),
        list,
        Plan.of(list.parsed(), List.of(), sources(engine)).cells(),
        new Settings(
            name,
            Machine.environment(Map.of()),
            ShardWorker.leases(out(out), list, name, clock),
            clock,
            true,
            watch),
        Progress.NONE);
  }

  MergedRun merge(String out) {
    return ShardedRun.merge(out(out), Optional.empty(), Progress.NONE, sources(real()));
  }

  /** The folders of all finished shards, sorted. */
  List<Path> shards(String out) {
    ShardFolder shards = new ShardFolder(out(out));
    return WorkList.read(out(out)).cells().stream()
        .flatMap(cell -> shards.shards(cell.folder()).stream())
        .toList();
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Copies a folder with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /** All files below the shards' folder, but for leases and who failed at what. */
  List<String> files(String out) {
    Path shards = out(out).resolve(ShardFolder.FOLDER);
    try (Stream<Path> all = Files.walk(shards)) {
      return all.map(path -> shards.relativize(path).toString())
          .filter(path -> !path.contains("leases"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
