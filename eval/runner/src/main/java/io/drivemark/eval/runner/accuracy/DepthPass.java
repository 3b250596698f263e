package io.drivemark.eval.runner.accuracy;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.inference.HeadValues;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.OutputUse;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.record.detail.PassTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Runs a network of depth over all frames and judges its distances as files hold them, see {@link
 * StoredDepth}. Stateless.
 */
public final class DepthPass {
  private DepthPass() {}

  /**
   * A frame with its distances.
   *
   * @param index its place among the frames
   * @param prediction metres, as a file holds them
   * @param truth metres; empty where the dataset has none for the frame
   * @param scores its errors; empty where it has no judged pixel
   */
  public record Judged(
      int index,
      Sample sample,
      Depth prediction,
      Optional<Depth> truth,
      Optional<DepthScores> scores) {}

  private record Printed(Judged judged, Print print) {}

  /**
   * What a pass found. Its {@code result} has no counts of labels.
   *
   * @param frames the errors of each frame that has distances, in sample order
   */
  public record Result(Map<String, Optional<DepthScores>> frames, AccuracyPass.Result result) {}

  /**
   * Judges every frame of a range that has distances; one without is an issue.
   *
   * @param range of the frames
   * @param kept receives each frame, in sample order
   * @param done receives the number of frames the network has seen
   */
  static Result run(
      InferencePipeline pipeline,
      FrameCache frames,
      FrameRange range,
      DepthRule rule,
      Consumer<Judged> kept,
      IntConsumer done) {
    Map<String, Optional<DepthScores>> scores = new LinkedHashMap<>();
    List<Integer> indices = new ArrayList<>();
    List<String> untrue = new ArrayList<>();
    Map<String, Print> prints = new LinkedHashMap<>();
    FramePass<Printed> pass =
        new FramePass<>(
            pipeline,
            frames,
            range,
            (i, sample, values) -> printed(judged(frames, i, sample, values, rule)));
    FramePass.Outcome outcome =
        pass.run(
            printed -> {
              Judged judged = printed.judged();
              if (judged.truth().isEmpty()) {
                untrue.add(untrue(judged.sample().id()));
                return;
              }
              scores.put(judged.sample().id(), judged.scores());
              prints.put(judged.sample().id(), printed.print());
              indices.add(judged.index());
              kept.accept(judged);
            },
            done);
    List<String> issues = new ArrayList<>(outcome.issues());
    issues.addAll(untrue);
    return new Result(scores, result(pipeline, issues, indices, outcome, prints));
  }

  /** Why a frame without true distances is left out. */
  static String untrue(String id) {
    return "frame " + id + " left out: it has no distances; add its file, or take another dataset";
  }

  /** Hands every frame with its distances on, in sample order; needs no true ones. */
  public static AccuracyPass.Result forEach(
      InferencePipeline pipeline, FrameCache frames, Consumer<Judged> sink, IntConsumer done) {
    List<Integer> indices = new ArrayList<>();
    FramePass<Judged> pass =
        new FramePass<>(
            pipeline,
            frames,
            (i, sample, values) ->
                new Judged(i, sample, stored(values), Optional.empty(), Optional.empty()));
    FramePass.Outcome outcome =
        pass.run(
            judged -> {
              indices.add(judged.index());
              sink.accept(judged);
            },
            done);
    return result(pipeline, outcome.issues(), indices, outcome, Map.of());
  }

  private static AccuracyPass.Result result(
      InferencePipeline pipeline,
      List<String> issues,
      List<Integer> indices,
      FramePass.Outcome outcome,
      Map<String, Print> prints) {
    return new AccuracyPass.Result(
        Map.of(),
        List.copyOf(issues),
        List.copyOf(indices),
        indices.isEmpty()
            ? Optional.empty()
            : Optional.of(new PassTime(outcome.wallMs(), outcome.engineMs())),
        OutputUse.NONE,
        pipeline.reading(),
        pipeline.notes(),
        prints);
  }

  private static Printed printed(Judged judged) {
    return new Printed(judged, FramePrints.of(judged.prediction()));
  }

  private static Depth stored(HeadValues values) {
    return StoredDepth.rounded(values.depth().orElseThrow());
  }

  private static Judged judged(
      FrameCache frames, int index, Sample sample, HeadValues values, DepthRule rule) {
    Depth prediction = stored(values);
    Optional<Depth> truth =
        sample.depth().isPresent() ? sample.depth() : frames.dataset().frame(index).depth();
    return new Judged(
        index, sample, prediction, truth, truth.flatMap(t -> rule.judge(t, prediction)));
  }
}
