package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions of a network that has gates besides. */
class GatedPredictTest {
  @TempDir Path folder;

  @Test
  void itsLabelsAreWrittenAndItsGatesLeftAside() throws IOException {
    Path yaml = Yard.write(folder.resolve("data"));
    Map<String, Model> models =
        Map.of("plain", Yard.model("plain", 0), "dynamic", GatedYard.model("dynamic"));
    for (String name : List.of("plain", "dynamic")) {
      Predictor.Outcome outcome =
          Predictor.predict(
              Yard.study(yaml, List.of(name)),
              PredictionEncoding.TRAIN_IDS,
              folder.resolve(name),
              Progress.NONE,
              new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM));
      assertEquals(List.of(), outcome.issues());
      assertEquals(Yard.FRAMES, outcome.files());
    }
    for (int frame = 0; frame < Yard.FRAMES; frame++) {
      String file = "frame" + frame + ".png";
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("plain").resolve(file)),
          Files.readAllBytes(folder.resolve("dynamic").resolve(file)),
          file);
    }
  }
}
