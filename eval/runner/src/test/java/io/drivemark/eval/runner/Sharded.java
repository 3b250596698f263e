package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.shard.ShardWorker;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of a study that is spread over workers of this process. */
final class Sharded {
  private Sharded() {}

  static WorkList share(Study study, Path out, int shards, Sources sources) {
    return share(study, out, shards, ShardedRun.SILENCE, sources);
  }

  static WorkList share(Study study, Path out, int shards, Duration silence, Sources sources) {
    return ShardedRun.share(study, out, shards, silence, Progress.NONE, sources);
  }

  /** Works on what is free. */
  static ShardWorker.Result work(Path out, String name, Sources sources) {
    return work(out, name, false, sources);
  }

  /** Works on what is free, and waits for what dead workers hold. */
  static ShardWorker.Result workOn(Path out, String name, Sources sources) {
    return work(out, name, true, sources);
  }

  private static ShardWorker.Result work(Path out, String name, boolean waits, Sources sources) {
    return ShardedRun.worker(
            out, Optional.empty(), name, Optional.empty(), waits, Progress.NONE, sources)
        .run();
  }

  static StudyResult merge(Path out, Sources sources) {
    MergedRun merged = ShardedRun.merge(out, Optional.empty(), Progress.NONE, sources);
    assertEquals(List.of(), merged.outcome().disagreements());
    return merged.result().orElseThrow();
  }

  /** What one machine writes. */
  static Map<String, String> alone(Study study, Path out, Sources sources) {
    new Runner(study, out, Progress.NONE, sources).run();
    return CellTrees.of(out);
  }
}
