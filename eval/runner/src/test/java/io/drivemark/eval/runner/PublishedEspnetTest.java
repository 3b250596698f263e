package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published ESPNet over CamVid's 101 val frames, from a study file as a user writes it. */
class PublishedEspnetTest {
  @TempDir Path folder;

  @Test
  void itScoresWhatItsAuthorsCodeDoesAndPredictThenScoreAgrees() throws IOException {
    Path camvid = SharedData.require("data/camvid");
    Path weights = SharedData.require("weights/third-party/espnet_p_2_q_8_camvid.pth");
    Path theirs = SharedData.require("fixtures/camvid-espnet-val/predictions");
    Files.writeString(
        folder.resolve("espnet.yaml"),
        """
        name: espnet-camvid-published
        file: %s
        architecture: espnet
        options: {p: 2, q: 8, classes: 12}
        input: {size: 360x480, channels: bgr, mean: [110.33102643, 108.40886315, 105.03319369], \
        std: [18392.05608825, 18536.1400617, 17825.6087808]}
        labels: camvid-11
        output: logits
        """
            .formatted(weights));
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: camvid, root: %s, split: val, limit: 101}]
        models: [{file: espnet.yaml}]
        engines: [{name: onnxruntime, threads: 2}]
        latency: off
        require: {miou: ">=0.70"}
        """
            .formatted(camvid));
    Study study = Study.read(folder.resolve("study.yaml"));
    StudyResult result = Runner.run(study, folder.resolve("out"), Progress.NONE);
    Accuracy accuracy = result.entries().get(0).accuracy().orElseThrow();
    assertEquals(0.7010, accuracy.miou().orElseThrow(), 0.0005);
    assertEquals(0.9268, accuracy.pixelAccuracy().orElseThrow(), 0.0005);
    assertEquals(0, result.exitCode());

    Path predictions = folder.resolve("predictions");
    PredictionEncoding encoding = PredictionEncoding.TRAIN_IDS;
    Predictor.predict(study, encoding, predictions, Progress.NONE);
    Dataset labels =
        Datasets.open(DatasetRequest.of("camvid", "val").withRoot(camvid).withLabelsOnly());
    Score score =
        Scorer.score(labels, predictions, encoding, Protocols.cityscapes(), Progress.NONE);
    assertEquals(accuracy.miou(), score.scores().miou().value());

    PredictionCodec codec = new PredictionCodec(encoding, labels.coding());
    long equal = 0;
    long all = 0;
    for (String id : labels.ids()) {
      byte[] ours = codec.read(predictions.resolve(id + ".png"), 360, 480).map().pixels();
      byte[] known = codec.read(theirs.resolve(id + ".png"), 360, 480).map().pixels();
      for (int i = 0; i < ours.length; i++) {
        equal += ours[i] == known[i] ? 1 : 0;
      }
      all += ours.length;
    }
    assertTrue(equal >= 0.999 * all, equal + " of " + all + " pixels equal the authors' labels");
  }
}
