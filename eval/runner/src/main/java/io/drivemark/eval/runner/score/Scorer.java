package io.drivemark.eval.runner.score;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.coding.PredictionReader;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.datasets.files.FilePattern;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.Subject.Given;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.tasks.FrameTasks;
import io.drivemark.eval.runner.tasks.Problems;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    Set<Given> given =
        options.confidences().isPresent()
            ? Set.of(Given.LABELS, Given.CONFIDENCE)
            : Set.of(Given.LABELS);
    GaugePass pass =
        new GaugePass(
            Gauges.installed().on(Gauge.Occasion.SCORE, options.metrics()),
            new Subject(dataset, given));
    List<Frame> frames = read(files, pass, weighed, doubts, progress, problems);
    problems.addAll(pass.problems());
    requireNone(predictions, problems);
    return Scoring.of(dataset, reading, doubts, protocol, pass, frames);
  }

  /**
   * A frame's counts.
   *
   * @param index its position in the split
   * @param counts of all pixels, weighed where the protocol weighs them
   * @param foreign pixels whose stored value has no meaning
   */
  record Frame(int index, ConfusionMatrix counts, long foreign) {}

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
      GaugePass pass,
      boolean weighed,
      ReadingDoubts doubts,
      Progress progress,
      List<String> problems) {
    ThreadLocal<PixelArrays> arrays = ThreadLocal.withInitial(PixelArrays::new);
    Dataset dataset = files.dataset();
    List<Callable<Frame>> pieces = new ArrayList<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      if (files.isWhole(i)) {
        int index = i;
        pieces.add(() -> frame(files, index, pass, weighed, doubts, arrays.get()));
      }
    }
    String subject = dataset.name() + "/" + dataset.split();
    return FrameTasks.run(pieces, "score", subject, progress, problems);
  }

  private static Frame frame(
      ScoreFiles files,
      int index,
      GaugePass pass,
      boolean weighed,
      ReadingDoubts doubts,
      PixelArrays arrays) {
    arrays.next();
    Dataset dataset = files.dataset();
    ScoreFiles.Pair pair = files.read(index, arrays);
    doubts.add(index, pair.file(), pair.read(), pair.truth());
    JudgedFrame judged = new JudgedFrame(dataset, index, pair.truth(), pair.prediction(), arrays);
    files
        .confidences(index)
        .ifPresent(
            file ->
                judged.withCalibration(
                    PredictedConfidence.count(
                        file, dataset.coding(), pair.truth(), pair.prediction(), arrays)));
    pass.count(judged);
    ConfusionMatrix counts =
        weighed
            ? Confidences.count(dataset, index, pair.truth(), pair.prediction())
            : ConfusionGauge.matrix(
                dataset.labels(), pass.counts(ConfusionGauge.NAME, index).orElseThrow());
    return new Frame(index, counts, pair.read().foreignPixels());
  }

  private static void requireNone(Path predictions, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new BadInputException(Problems.together(predictions, problems));
    }
  }
}
