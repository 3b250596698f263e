package io.drivemark.eval.runner.depth;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.catalog.DepthCoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.metrics.depth.DisparityOutliers;
import io.drivemark.eval.runner.tasks.FrameTasks;
import io.drivemark.eval.runner.tasks.Problems;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Scores folders of 16-bit PNGs that hold distances or disparities against folders of true ones, in
 * which 0 means unknown, or against the distances of a dataset. Files are read in parallel.
 * Immutable.
 */
public final class DepthScorer {
  private static final SortedSet<Integer> ZERO = new TreeSet<>(List.of(0));

  private final Map<String, Supplier<Depth>> truths;
  private final Map<String, Path> predictions;
  private final double perUnit;
  private final String subject;

  private DepthScorer(
      Map<String, Supplier<Depth>> truths,
      Map<String, Path> predictions,
      double perUnit,
      String subject) {
    this.truths = truths;
    this.predictions = predictions;
    this.perUnit = perUnit;
    this.subject = subject;
  }

  /**
   * Finds the files.
   *
   * @param truth the folder of true values; every PNG below it is a frame
   * @param predictions the folder of predictions, found recursively: exactly one a frame, called
   *     like it or lying in the same folders
   * @param units stored steps to a metre or to a pixel of disparity, 256 in KITTI's files
   * @throws BadInputException if a folder is not there, or predictions are missing, duplicate or of
   *     no frame
   */
  public static DepthScorer of(Path truth, Path predictions, double units) {
    DepthCoding coding = new DepthCoding(perUnit(units), ZERO);
    Map<String, Supplier<Depth>> frames = new LinkedHashMap<>();
    DepthFrames.below(truth)
        .forEach(
            (id, file) ->
                frames.put(
                    id,
                    () -> {
                      RawLabels raw = ImageCodec.readRaw(file);
                      return coding.decode(file, raw, raw.height(), raw.width());
                    }));
    Map<String, Path> found =
        PredictionFiles.find(predictions, frames.keySet(), false).requireExact().files();
    return new DepthScorer(frames, found, perUnit(units), truth.toString());
  }

  /**
   * Takes the distances that a dataset has.
   *
   * @param dataset opened for its labels alone is enough
   * @param predictions the folder of predictions, found recursively: exactly one {@code ID.png} a
   *     sample
   * @param units stored steps to a metre in the predictions
   * @throws BadInputException if the folder is not there, or predictions are missing, duplicate or
   *     of no sample
   */
  public static DepthScorer of(Dataset dataset, Path predictions, double units) {
    Map<String, Supplier<Depth>> frames = new LinkedHashMap<>();
    for (int i = 0; i < dataset.ids().size(); i++) {
      int index = i;
      frames.put(dataset.ids().get(i), () -> truth(dataset, index));
    }
    Map<String, Path> found =
        PredictionFiles.find(
                predictions, dataset.idsOfSplit(), dataset.facts().predictionsMayHaveSuffix())
            .of(dataset.ids())
            .requireExact()
            .files();
    return new DepthScorer(frames, found, perUnit(units), dataset.name() + "/" + dataset.split());
  }

  private static Depth truth(Dataset dataset, int index) {
    return dataset
        .frame(index)
        .depth()
        .orElseThrow(
            () ->
                new BadInputException(
                    "frame "
                        + dataset.ids().get(index)
                        + " of dataset "
                        + dataset.name()
                        + " has no file of distances; unpack it, or take another dataset"));
  }

  private static double perUnit(double units) {
    if (!(units > 0 && units < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(
          "distances: " + units + " steps to a metre; expected more than 0");
    }
    return 1 / units;
  }

  /**
   * Judges distances; a stored 0 of a prediction is 0 m.
   *
   * @throws BadInputException that names the files that are damaged, of another kind or size, or
   *     hold a distance that cannot be judged; or if no frame has a judged pixel
   */
  public DepthScore depth(DepthRule rule, Progress progress) {
    DepthCoding predicted = new DepthCoding(perUnit, new TreeSet<>());
    Map<String, Optional<DepthScores>> all =
        each(
            (file, truth, prediction) -> judge(rule, file, truth, prediction), predicted, progress);
    Map<String, DepthScores> judged = new LinkedHashMap<>();
    List<String> unjudged = new ArrayList<>();
    all.forEach(
        (id, scores) -> scores.ifPresentOrElse(s -> judged.put(id, s), () -> unjudged.add(id)));
    if (judged.isEmpty()) {
      throw new BadInputException(
          subject
              + ": no frame has a known distance within the crop and the limits; check --units,"
              + " --min and --max");
    }
    return new DepthScore(rule, judged, unjudged);
  }

  /**
   * Judges disparities; a stored 0 of a prediction is unknown and so an outlier.
   *
   * @throws BadInputException that names the files that are damaged or of another kind or size
   */
  public DisparityScore disparity(Progress progress) {
    DepthCoding predicted = new DepthCoding(perUnit, ZERO);
    return new DisparityScore(
        each(
            (file, truth, prediction) -> DisparityOutliers.of(truth.metres(), prediction.metres()),
            predicted,
            progress));
  }

  private static Optional<DepthScores> judge(
      DepthRule rule, Path file, Depth truth, Depth prediction) {
    try {
      return rule.judge(truth, prediction);
    } catch (BadInputException e) {
      throw new BadInputException(file + ": " + e.getMessage(), e);
    }
  }

  /** What is made of a frame. */
  private interface Judge<T> {
    T of(Path file, Depth truth, Depth prediction);
  }

  private <T> Map<String, T> each(Judge<T> judge, DepthCoding predicted, Progress progress) {
    List<String> ids = List.copyOf(truths.keySet());
    List<Callable<T>> pieces = new ArrayList<>();
    for (String id : ids) {
      pieces.add(
          () -> {
            Depth truth = truths.get(id).get();
            Path file = predictions.get(id);
            RawLabels raw = ImageCodec.readRaw(file);
            return judge.of(
                file, truth, predicted.decode(file, raw, truth.height(), truth.width()));
          });
    }
    List<String> problems = new ArrayList<>();
    List<T> results = FrameTasks.run(pieces, "score-depth", subject, progress, problems);
    if (!problems.isEmpty()) {
      throw new BadInputException(Problems.together(subject, problems));
    }
    Map<String, T> out = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      out.put(ids.get(i), results.get(i));
    }
    return out;
  }
}
