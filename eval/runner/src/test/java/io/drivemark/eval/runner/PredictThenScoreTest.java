package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictThenScoreTest {
  @TempDir Path folder;
  private Path yaml;
  private Path predictions;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    predictions = folder.resolve("predictions");
  }

  @Test
  void predictThenScoreEqualsRunToTheLastDigit() {
    Study study = Yard.study(yaml, List.of("biased"));
    Accuracy run =
        new Runner(study, folder.resolve("out"), Progress.NONE, Yard.sources())
            .run()
            .entries()
            .get(0)
            .accuracy()
            .orElseThrow();
    for (PredictionEncoding encoding :
        List.of(PredictionEncoding.TRAIN_IDS, PredictionEncoding.LABEL_IDS)) {
      Path to = folder.resolve(encoding.word());
      Predictor.Outcome outcome =
          Predictor.predict(study, encoding, to, Progress.NONE, Yard.sources());
      assertEquals(Yard.FRAMES, outcome.files());
      assertEquals(List.of(), outcome.issues());
      assertEquals(List.of(), outcome.notes());
      Score score = Scorer.score(labels(), to, encoding, Protocols.cityscapes(), Progress.NONE);
      assertEquals(run.miou(), score.scores().miou().value());
      assertEquals(run.pixelAccuracy(), score.scores().pixelAccuracy().value());
      long[][] counts = score.scores().matrix().counts();
      assertEquals(
          run.confusion(),
          Arrays.stream(counts).map(r -> Arrays.stream(r).boxed().toList()).toList());
    }
  }

  @Test
  void theJsonIsAsTheContractSays() {
    predict();
    Path file = folder.resolve("score.json");
    Score score = score();
    score.write(file);
    JsonNode json = ResultsJson.readNode(file);
    assertEquals(score.scores().miou().value().orElseThrow(), json.get("miou").doubleValue());
    assertEquals(Yard.FRAMES, json.get("images").intValue());
    assertEquals(3, json.get("iou").size());
    assertEquals(3, json.get("confusion").size());
    long sum = 0;
    for (JsonNode row : json.get("confusion")) {
      assertEquals(4, row.size());
      for (JsonNode count : row) {
        sum += count.longValue();
      }
    }
    assertEquals(sum, json.get("pixels").longValue());
    assertTrue(sum < Yard.FRAMES * Yard.HEIGHT * Yard.WIDTH, "void truth is not judged");
    assertTrue(json.path("iiou").isMissingNode());
    assertTrue(json.path("categoryMiou").isMissingNode());
  }

  @Test
  void missingForeignAndWrongSizePredictionsAreNamedAtOnce() throws IOException {
    predict();
    Files.delete(predictions.resolve("frame1.png"));
    Files.copy(predictions.resolve("frame2.png"), predictions.resolve("stranger.png"));
    Path small = predictions.resolve("frame4.png");
    ImageCodec.writeGray8(small, 2, 3, new byte[6]);
    BadInputException e = assertThrows(BadInputException.class, this::score);
    assertEquals(
        predictions
            + ": 2 problems\n  "
            + predictions
            + ": expected exactly one ID.png for each sample of the split; found 1 sample without a"
            + " prediction: frame1; 1 file of no sample: "
            + predictions.resolve("stranger.png")
            + "\n  "
            + small
            + ": the prediction is 2x3, expected 12x20 (height x width), the size of its truth; to score it"
            + " all the same, each pixel taking the nearest label, say --resize nearest",
        e.getMessage());
  }

  @Test
  void aForeignValueIsAMissAndCounted() throws IOException {
    predict();
    Score before = score();
    Path file = predictions.resolve("frame0.png");
    byte[] values = ImageCodec.readRaw(file).bytes().clone();
    byte[] truth = labels().frame(0).truth().pixels();
    int hit = 0;
    while (values[hit] != truth[hit]) {
      hit++;
    }
    values[hit] = 77;
    ImageCodec.writeGray8(file, Yard.HEIGHT, Yard.WIDTH, values);
    Score after = score();
    assertEquals(1, after.foreignPixels());
    assertEquals(before.scores().pixels(), after.scores().pixels());
    assertEquals(
        before.scores().matrix().count(truth[hit], truth[hit]) - 1,
        after.scores().matrix().count(truth[hit], truth[hit]));
    assertEquals(
        before.scores().matrix().count(truth[hit], 3) + 1,
        after.scores().matrix().count(truth[hit], 3));
  }

  private void predict() {
    Predictor.predict(
        Yard.study(yaml, List.of("plain")),
        PredictionEncoding.TRAIN_IDS,
        predictions,
        Progress.NONE,
        Yard.sources());
  }

  private Score score() {
    return Scorer.score(
        labels(), predictions, PredictionEncoding.TRAIN_IDS, Protocols.cityscapes(), Progress.NONE);
  }

  private Dataset labels() {
    return Datasets.open(
        DatasetRequest.of(yaml.toString(), "val").withRoot(yaml.getParent()).withLabelsOnly());
  }
}
