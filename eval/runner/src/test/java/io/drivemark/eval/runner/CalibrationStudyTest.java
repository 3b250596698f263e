package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that asks how sure networks are. */
class CalibrationStudyTest {
  @TempDir static Path folder;

  private static Study study(String more) {
    try {
      Path file = folder.resolve("study.yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets: [{name: synthdrive, count: 4, size: 32x48, split: test}]
          models: [tiny]
          engines: [{name: onnxruntime, threads: 1}]
          size: 32x48
          latency: off
          gauges: [calibration]
          """
              + more);
      return Study.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sources sources() {
    return new Sources(Datasets::open, name -> TinyStudy.tiny(), Engines::named, NanoClock.SYSTEM);
  }

  private static double figure(Entry entry, String id) {
    return entry.readings().stream()
        .filter(r -> r.gauge().equals("calibration"))
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.id().equals(id))
        .map(GaugeReading.Figure::value)
        .findFirst()
        .orElseThrow()
        .orElseThrow();
  }

  /** The network answers at half size: scores are upsampled and turned into chances here anew. */
  @Test
  void theErrorIsThatOfProbabilitiesCountedAnew() {
    StudyResult result =
        new Runner(study(""), folder.resolve("out"), Progress.NONE, sources()).run();
    Entry entry = result.entries().get(0);
    Cell cell = Plan.of(study(""), List.of(), sources()).cells().get(0);
    Calibration expected = new Calibration();
    try (InferencePipeline pipeline = cell.open()) {
      Dataset dataset = cell.dataset();
      for (int i = 0; i < dataset.ids().size(); i++) {
        FloatBuffer input = pipeline.newInput();
        List<FloatBuffer> outputs = pipeline.newOutputs();
        pipeline.preprocess(dataset.frame(i).image(), input);
        pipeline.infer(input, outputs);
        LabelMap truth = dataset.frame(i).truth();
        LabelMap labels = pipeline.decode(outputs, 32, 48, 1).labels();
        for (int p = 0; p < 32 * 48; p++) {
          int t = truth.pixels()[p] & 0xFF;
          if (t != LabelSpace.VOID) {
            int label = labels.pixels()[p] & 0xFF;
            double chance = chance(outputs.get(0), p / 48, p % 48, label);
            expected.add(Math.round(65535 * chance) / 65535.0, t == label);
          }
        }
      }
    }
    double ece = expected.expectedError().value().orElseThrow();
    assertTrue(ece > 0, "a network of random weights is not calibrated");
    // in float32 a few pixels lie on the other side of a bin's border
    assertEquals(ece, figure(entry, "calibrationError"), 5e-4);
    assertEquals(result, RunStore.read(folder.resolve("out")));
  }

  /** Scores of 11 classes at 16 x 24, bilinear between pixel centres. */
  private static double chance(FloatBuffer scores, int row, int column, int label) {
    double y = Math.max(0, Math.min(15, (row + 0.5) / 2 - 0.5));
    double x = Math.max(0, Math.min(23, (column + 0.5) / 2 - 0.5));
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(15, top + 1);
    int right = Math.min(23, left + 1);
    double all = 0;
    double own = 0;
    for (int k = 0; k < 11; k++) {
      int plane = k * 16 * 24;
      double upper =
          (1 - (x - left)) * scores.get(plane + top * 24 + left)
              + (x - left) * scores.get(plane + top * 24 + right);
      double lower =
          (1 - (x - left)) * scores.get(plane + bottom * 24 + left)
              + (x - left) * scores.get(plane + bottom * 24 + right);
      double chance = Math.exp((1 - (y - top)) * upper + (y - top) * lower);
      all += chance;
      own += k == label ? chance : 0;
    }
    return own / all;
  }

  @Test
  void repeatedLabelsAreRefusedBeforeAnythingRuns() {
    assertEquals(
        "calibration is judged by how sure predictions are: give the folder with a confidence PNG"
            + " for each sample (--confidences DIR); in a study, ask for it where all networks give"
            + " scores of classes, under grid: logits-bilinear",
        assertThrows(
                BadInputException.class,
                () -> Plan.of(study("grid: labels-nearest\n"), List.of(), sources()))
            .getMessage());
  }
}
