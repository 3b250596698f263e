package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.PredictionReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a score: which prediction and which confidences belong to a sample, and how they are
 * read. Immutable, safe to share between threads; arrays are of the thread that reads.
 *
 * @param dataset whose truth counts
 * @param reader of the predictions
 * @param predictions by sample id; samples without one are left out
 * @param confidences by sample id, where given
 */
record ScoreFiles(
    Dataset dataset,
    PredictionReader reader,
    Map<String, Path> predictions,
    Optional<Map<String, Path>> confidences) {

  /** Truth and prediction of a sample, alive until its arrays go to the next frame. */
  record Pair(LabelMap truth, Path file, PredictionReader.Read read) {
    LabelMap prediction() {
      return read.map();
    }
  }

  /** Whether a sample has all the files it needs. */
  boolean isWhole(int index) {
    String id = dataset.ids().get(index);
    return predictions.containsKey(id) && confidences.map(all -> all.containsKey(id)).orElse(true);
  }

  /** Reads truth and prediction. */
  Pair read(int index, PixelArrays arrays) {
    LabelMap truth = dataset.frame(index).truth(arrays);
    Path file = predictions.get(dataset.ids().get(index));
    return new Pair(truth, file, reader.read(file, truth.height(), truth.width(), arrays));
  }

  /** Where a sample's confidences are, if they are asked for. */
  Optional<Path> confidences(int index) {
    return confidences.map(all -> all.get(dataset.ids().get(index)));
  }
}
