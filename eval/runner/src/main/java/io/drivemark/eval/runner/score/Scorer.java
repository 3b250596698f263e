package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.coding.PredictionReader;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.datasets.files.FilePattern;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.judge.FlickerPairs;
import io.drivemark.eval.runner.judge.Flickering;
import io.drivemark.eval.runner.judge.FrameJudge;
import io.drivemark.eval.runner.judge.FrameJudge.Judged;
import io.drivemark.eval.runner.judge.ScoreMetric;
import io.drivemark.eval.runner.judge.ScoreOptions;
import io.drivemark.eval.runner.tasks.FrameTasks;
import io.drivemark.eval.runner.tasks.Problems;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Scores prediction files that any tool made. Reads labels, not images; files are read in parallel
 * and counted apart, so the result does not depend on the number of threads. Stateless.
 */
public final class Scorer {
  private Scorer() {}

  /** As {@link #score(Dataset, Path, PredictionReading, Protocol, ScoreOptions, Progress)}. */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionEncoding encoding,
      Protocol protocol,
      Progress progress) {
    return score(dataset, predictions, encoding, protocol, ScoreOptions.none(), progress);
  }

  /** As {@link #score(Dataset, Path, PredictionReading, Protocol, ScoreOptions, Progress)}. */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionEncoding encoding,
      Protocol protocol,
      ScoreOptions options,
      Progress progress) {
    PredictionReading reading = PredictionReading.of(encoding);
    return score(dataset, predictions, reading, protocol, options, progress);
  }

  /**
   * Scores a folder of predictions.
   *
   * @param dataset whose truth counts; opened for its labels alone is enough
   * @param predictions where the files lie, found recursively, exactly one a sample
   * @param reading how the files are read
   * @param options what else is wanted
   * @throws BadInputException if predictions or confidences are missing, duplicate, of no sample,
   *     damaged or of another size than their truth (all of them are named at once), the protocol
   *     weighs pixels by a confidence that the dataset does not have or refuses a prediction, or
   *     flicker is asked for and no two frames follow each other
   */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionReading reading,
      Protocol protocol,
      ScoreOptions options,
      Progress progress) {
    boolean weighed = Confidences.weigh(protocol, dataset);
    List<String> problems = new ArrayList<>();
    ScoreFiles files =
        new ScoreFiles(
            dataset,
            new PredictionReader(reading, dataset.coding()),
            exact(
                predictions,
                PredictionFiles.PREDICTION,
                reading.files().map(text -> FilePattern.of("--files", text)),
                dataset,
                problems),
            options
                .confidences()
                .map(
                    folder ->
                        exact(folder, "confidence file", Optional.empty(), dataset, problems)));
    ReadingDoubts doubts = new ReadingDoubts(dataset, files.reader());
    FrameJudge judge = new FrameJudge(dataset, options);
    Optional<FlickerPairs> pairs =
        options.wants(ScoreMetric.FLICKER)
            ? Optional.of(FlickerPairs.of(dataset))
            : Optional.empty();
    List<Frame> frames = read(files, judge, weighed, pairs, doubts, progress, problems);
    Optional<Flickering> flicker = pairs.flatMap(p -> p.sum(problems));
    requireNone(predictions, problems);
    return Scoring.of(
        dataset,
        reading,
        doubts,
        protocol,
        judge,
        frames.stream().map(Frame::judged).toList(),
        flicker,
        calibration(frames));
  }

  /** A frame's counts. */
  private record Frame(Judged judged, Optional<Calibration> calibration) {}

  private static Map<String, Path> exact(
      Path folder,
      String noun,
      Optional<FilePattern> pattern,
      Dataset dataset,
      List<String> problems) {
    PredictionFiles files =
        PredictionFiles.find(
                folder,
                dataset.idsOfSplit(),
                dataset.facts().predictionsMayHaveSuffix(),
                noun,
                pattern)
            .of(dataset.ids());
    try {
      files.requireExact(noun);
    } catch (BadInputException e) {
      problems.add(e.getMessage());
    }
    return files.files();
  }

  private static List<Frame> read(
      ScoreFiles files,
      FrameJudge judge,
      boolean weighed,
      Optional<FlickerPairs> pairs,
      ReadingDoubts doubts,
      Progress progress,
      List<String> problems) {
    ThreadLocal<PixelArrays> arrays = ThreadLocal.withInitial(PixelArrays::new);
    Dataset dataset = files.dataset();
    List<Callable<Frame>> pieces = new ArrayList<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      if (files.isWhole(i)) {
        int index = i;
        pieces.add(() -> frame(files, index, judge, weighed, pairs, doubts, arrays.get()));
      }
    }
    String subject = dataset.name() + "/" + dataset.split();
    return FrameTasks.run(pieces, "score", subject, progress, problems);
  }

  private static Frame frame(
      ScoreFiles files,
      int index,
      FrameJudge judge,
      boolean weighed,
      Optional<FlickerPairs> pairs,
      ReadingDoubts doubts,
      PixelArrays arrays) {
    arrays.next();
    ScoreFiles.Pair pair = files.read(index, arrays);
    doubts.add(index, pair.file(), pair.read(), pair.truth());
    pairs.ifPresent(p -> p.add(index, pair.truth(), pair.prediction()));
    Judged judged =
        judge.judge(index, pair.truth(), pair.prediction(), pair.read().foreignPixels(), arrays);
    if (weighed) {
      judged =
          judged.withCounts(
              Confidences.count(files.dataset(), index, pair.truth(), pair.prediction()));
    }
    return new Frame(
        judged,
        files
            .confidences(index)
            .map(
                file ->
                    PredictedConfidence.count(
                        file, files.dataset().coding(), pair.truth(), pair.prediction(), arrays)));
  }

  private static Optional<Calibration> calibration(List<Frame> frames) {
    Calibration sum = new Calibration();
    frames.forEach(frame -> frame.calibration().ifPresent(sum::add));
    return frames.stream().allMatch(frame -> frame.calibration().isPresent())
        ? Optional.of(sum)
        : Optional.empty();
  }

  private static void requireNone(Path predictions, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new BadInputException(Problems.together(predictions, problems));
    }
  }
}
