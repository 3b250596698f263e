package io.drivemark.eval.runner;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.runner.FrameJudge.Borders;
import io.drivemark.eval.runner.FrameJudge.Judged;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scores prediction files that any tool made. Reads labels, not images; files are read in parallel
 * and counted apart, so the result does not depend on the number of threads. Stateless.
 */
public final class Scorer {
  private static final int MOST_PROBLEMS = 20;

  private Scorer() {}

  /** As {@link #score(Dataset, Path, PredictionEncoding, Protocol, boolean, Progress)}. */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionEncoding encoding,
      Protocol protocol,
      Progress progress) {
    return score(dataset, predictions, encoding, protocol, false, progress);
  }

  /**
   * Scores a folder of predictions.
   *
   * @param dataset whose truth counts; opened for its labels alone is enough
   * @param predictions where the files lie, found recursively, exactly one a sample
   * @param boundaries whether boundaries are judged too
   * @throws BadInputException if predictions are missing, duplicate, of no sample, damaged or of
   *     another size than their truth (all of them are named at once), or the protocol weighs
   *     pixels by a confidence that the dataset does not have, or refuses a prediction
   */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionEncoding encoding,
      Protocol protocol,
      boolean boundaries,
      Progress progress) {
    boolean weighed = Confidences.weigh(protocol, dataset);
    PredictionFiles files =
        PredictionFiles.find(predictions, dataset.ids(), dataset.predictionsMayHaveSuffix());
    PredictionCodec codec = new PredictionCodec(encoding, dataset.coding());
    List<String> problems = new ArrayList<>();
    try {
      files.requireExact();
    } catch (BadInputException e) {
      problems.add(e.getMessage());
    }
    FrameJudge judge = new FrameJudge(dataset, boundaries ? Borders.IOU_AND_TRIMAP : Borders.NONE);
    List<Judged> frames = read(dataset, files, codec, judge, weighed, progress, problems);
    if (!problems.isEmpty()) {
      throw new BadInputException(together(predictions, problems));
    }
    return Scoring.of(dataset, protocol, judge, frames);
  }

  private static List<Judged> read(
      Dataset dataset,
      PredictionFiles files,
      PredictionCodec codec,
      FrameJudge judge,
      boolean weighed,
      Progress progress,
      List<String> problems) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ThreadLocal<PixelArrays> arrays = ThreadLocal.withInitial(PixelArrays::new);
    List<Judged> out = new ArrayList<>();
    try {
      List<Future<Judged>> futures = new ArrayList<>();
      for (int i = 0; i < dataset.ids().size(); i++) {
        Path file = files.files().get(dataset.ids().get(i));
        if (file != null) {
          int index = i;
          Callable<Judged> task =
              () -> frame(dataset, index, file, codec, judge, weighed, arrays.get());
          futures.add(pool.submit(task));
        }
      }
      progress.begin("score", futures.size());
      for (int i = 0; i < futures.size(); i++) {
        result(futures.get(i), problems).ifPresent(out::add);
        progress.step(i + 1, dataset.name() + "/" + dataset.split());
      }
      progress.end();
    } finally {
      pool.shutdownNow();
    }
    return out;
  }

  private static Judged frame(
      Dataset dataset,
      int index,
      Path file,
      PredictionCodec codec,
      FrameJudge judge,
      boolean weighed,
      PixelArrays arrays) {
    arrays.next();
    LabelMap truth = dataset.loadTruth(index, arrays);
    PredictionCodec.Prediction prediction = codec.read(file, truth.height(), truth.width(), arrays);
    Judged judged = judge.judge(index, truth, prediction.map(), prediction.foreignPixels());
    return weighed
        ? judged.withCounts(Confidences.count(dataset, index, truth, prediction.map()))
        : judged;
  }

  private static Optional<Judged> result(Future<Judged> future, List<String> problems) {
    try {
      return Optional.of(future.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BadInputException problem) {
        problems.add(problem.getMessage());
        return Optional.empty();
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String together(Path predictions, List<String> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    StringBuilder out = new StringBuilder(predictions + ": " + problems.size() + " problems");
    problems.stream().limit(MOST_PROBLEMS).forEach(p -> out.append("\n  ").append(p));
    if (problems.size() > MOST_PROBLEMS) {
      out.append("\n  and ").append(problems.size() - MOST_PROBLEMS).append(" more");
    }
    return out.toString();
  }
}
