package io.drivemark.eval.runner.inference.cue;

import io.drivemark.architectures.cue.FrameAnswer;
import io.drivemark.architectures.cue.FramePath;
import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.architectures.cue.ScoreSite;
import io.drivemark.architectures.cue.Scores;
import io.drivemark.eval.runner.inference.InferencePipeline;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** A network as cues see it. It owns the pipeline. For one thread. */
final class PipelinePath implements FramePath {
  private final String title;
  private final InferencePipeline pipeline;
  private final Optional<ScoreSite> site;
  private final StageClock clock;
  private final int threads;
  private final FloatBuffer input;
  private final List<FloatBuffer> outputs;

  /**
   * @param threads how many may turn scores into labels
   */
  PipelinePath(String model, InferencePipeline pipeline, StageClock clock, int threads) {
    this.title = "model " + model;
    this.pipeline = pipeline;
    this.site = pipeline.scores(threads);
    this.clock = clock;
    this.threads = threads;
    this.input = pipeline.newInput();
    this.outputs = pipeline.newOutputs();
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Optional<ScoreSite> scores() {
    return site;
  }

  @Override
  public void begin() {
    // a network remembers nothing
  }

  @Override
  public FrameAnswer next(PathFrame frame) {
    clock.prepare(() -> pipeline.preprocess(frame.image(), input));
    clock.infer(() -> pipeline.infer(input, outputs));
    if (site.isPresent()) {
      return FrameAnswer.of(new Scores(site.get(), outputs.get(0)), frame, 1);
    }
    int height = frame.image().height();
    int width = frame.image().width();
    return FrameAnswer.of(
        pipeline.decode(outputs, height, width, threads).labels(), frame.number(), 1);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
