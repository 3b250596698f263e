package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.files.ReadPlaces;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a model's predictions as {@code <sample id>.png}, by the same path of inference as {@link
 * Runner}. Stateless.
 */
public final class Predictor {
  private Predictor() {}

  /**
   * What was written.
   *
   * @param files how many predictions
   * @param issues one a frame left out: why
   */
  public record Outcome(int files, List<String> issues) {
    public Outcome {
      issues = List.copyOf(issues);
    }

    /** What the command line exits with: 1 if a frame was left out, else 0. */
    public int exitCode() {
      return issues.isEmpty() ? 0 : 1;
    }
  }

  /**
   * Predicts every frame of a split.
   *
   * @param study one dataset, one model, one engine; its latency and requirements do not matter
   * @param out where the files go; earlier predictions of ours are replaced, nothing else is
   * @throws BadInputException if something the study names cannot be used, or a file would replace
   *     one that is no prediction of ours, or lie where the dataset is read from; then nothing is
   *     written
   * @throws UnavailableException if the engine cannot run here or files cannot be written
   */
  public static Outcome predict(
      Study study, PredictionEncoding encoding, Path out, Progress progress) {
    return predict(study, encoding, out, progress, Sources.installed());
  }

  static Outcome predict(
      Study study, PredictionEncoding encoding, Path out, Progress progress, Sources sources) {
    List<Cell> cells = Plan.of(study, List.of(), sources).cells();
    if (cells.size() != 1) {
      throw new IllegalArgumentException(
          "one dataset, model and engine expected, found " + cells.size() + " combinations");
    }
    Cell cell = cells.get(0);
    if (cell.availability() instanceof Availability.Missing missing) {
      throw new UnavailableException(
          "engine "
              + cell.engine().name()
              + " cannot run here: "
              + missing.reason()
              + "; "
              + missing.remedy());
    }
    ReadPlaces places = OutputPlaces.of(study);
    for (String id : cell.dataset().ids()) {
      Path file = PredictionFiles.file(out, id);
      places.requireFile(OutputPlaces.OUT, file);
      PredictionFiles.requireReplaceable(file);
    }
    PredictionCodec codec = new PredictionCodec(encoding, cell.dataset().coding());
    progress.begin("predict", cell.frames().count());
    try (InferencePipeline pipeline = cell.open()) {
      AccuracyPass.Result result =
          AccuracyPass.forEach(
              pipeline,
              cell.frames(),
              (judged, counts) -> {
                Path file = PredictionFiles.file(out, judged.sample().id());
                places.requireFile(OutputPlaces.OUT, file);
                codec.write(file, judged.prediction());
              },
              done -> progress.step(done, cell.title()));
      progress.end();
      return new Outcome(result.counts().size(), result.issues());
    }
  }
}
