package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.testkit.SharedData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CamVid's val split, measured by two workers of which the first one dies. */
@Tag("slow")
class ShardedCamvidTest {
  @TempDir Path folder;

  private static Sources sources(Engine engine) {
    return new Sources(Datasets::open, Models::load, name -> engine, NanoClock.SYSTEM);
  }

  @Test
  void theBytesAreThoseOfOneMachine() {
    Path root = SharedData.require("data/camvid");
    Study study =
        Study.of(
                new DatasetSpec("camvid", Optional.of(root), "val", OptionalInt.empty(), Map.of()),
                List.of("enet-camvid"),
                new EngineSpec("onnxruntime", OptionalInt.of(2)))
            .withLatency(Optional.empty());
    Sources real = sources(Engines.named("onnxruntime"));
    Path out = folder.resolve("spread");
    Sharded.share(study, out, 7, Duration.ofSeconds(1), real);
    Sources dying = sources(new CountingEngine(30));
    assertThrows(CountingEngine.Killed.class, () -> Sharded.workOn(out, "first", dying));
    Sharded.workOn(out, "second", real);
    Sharded.merge(out, real);
    assertEquals(Sharded.alone(study, folder.resolve("alone"), real), CellTrees.of(out));
  }
}
