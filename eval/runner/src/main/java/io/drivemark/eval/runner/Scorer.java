package io.drivemark.eval.runner;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

  private record Frame(
      ConfusionMatrix counts, long foreign, Iterable<InstanceTally.ObjectCount> objects) {}

  /**
   * Scores a folder of predictions.
   *
   * @param dataset whose truth counts; opened for its labels alone is enough
   * @param predictions where the files lie, found recursively, exactly one a sample
   * @throws BadInputException if predictions are missing, duplicate, of no sample, damaged or of
   *     another size than their truth (all of them are named at once), or the protocol weighs
   *     pixels by a confidence or refuses a prediction
   */
  public static Score score(
      Dataset dataset,
      Path predictions,
      PredictionEncoding encoding,
      Protocol protocol,
      Progress progress) {
    protocol.requirePixels("dataset " + dataset.name());
    PredictionFiles files =
        PredictionFiles.find(predictions, dataset.ids(), dataset.predictionsMayHaveSuffix());
    PredictionCodec codec = new PredictionCodec(encoding, dataset.coding());
    List<String> problems = new ArrayList<>();
    try {
      files.requireExact();
    } catch (BadInputException e) {
      problems.add(e.getMessage());
    }
    List<Frame> frames = read(dataset, files, codec, progress, problems);
    if (!problems.isEmpty()) {
      throw new BadInputException(together(predictions, problems));
    }
    Scores scores = protocol.evaluate(frames.stream().map(Frame::counts).toList());
    return new Score(
        scores,
        frames.stream().mapToLong(Frame::foreign).sum(),
        categoryMiou(dataset, scores.matrix()),
        iiou(dataset, frames, scores.matrix()));
  }

  private static List<Frame> read(
      Dataset dataset,
      PredictionFiles files,
      PredictionCodec codec,
      Progress progress,
      List<String> problems) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Frame> out = new ArrayList<>();
    try {
      List<Future<Frame>> futures = new ArrayList<>();
      for (int i = 0; i < dataset.ids().size(); i++) {
        Path file = files.files().get(dataset.ids().get(i));
        if (file != null) {
          int index = i;
          Callable<Frame> task = () -> frame(dataset, index, file, codec);
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

  private static Frame frame(Dataset dataset, int index, Path file, PredictionCodec codec) {
    LabelMap truth = dataset.loadTruth(index);
    PredictionCodec.Prediction prediction = codec.read(file, truth.height(), truth.width());
    ConfusionAccumulator accumulator = new ConfusionAccumulator(truth.space());
    accumulator.add(truth, prediction.map());
    Optional<Instances> instances =
        dataset.meanInstancePixels().isEmpty() ? Optional.empty() : dataset.loadInstances(index);
    return new Frame(
        accumulator.matrix(),
        prediction.foreignPixels(),
        instances
            .map(objects -> InstanceTally.count(truth, prediction.map(), objects))
            .orElse(List.of()));
  }

  private static Optional<Frame> result(Future<Frame> future, List<String> problems) {
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

  private static OptionalDouble categoryMiou(Dataset dataset, ConfusionMatrix pooled) {
    List<LabelClass> classes = dataset.labels().classes();
    long categories = classes.stream().map(LabelClass::category).distinct().count();
    return categories > 1 && categories < classes.size()
        ? Metrics.categoryMiou(pooled).value()
        : OptionalDouble.empty();
  }

  private static OptionalDouble iiou(Dataset dataset, List<Frame> frames, ConfusionMatrix pooled) {
    if (dataset.meanInstancePixels().isEmpty()) {
      return OptionalDouble.empty();
    }
    InstanceTally tally = new InstanceTally(dataset.labels(), dataset.meanInstancePixels());
    frames.forEach(frame -> tally.add(frame.objects()));
    return tally.mean(pooled);
  }
}
