package io.drivemark.eval.runner.timing.soak;

import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.streaming.Schedule;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A network that answers pictures in real time: it waits until a picture is to be taken and goes
 * the whole way from the decoded photograph to the labels. Pictures are those of the samples, over
 * and over. For one thread.
 */
final class PacedNetwork implements Schedule.Worker {
  private final InferencePipeline pipeline;
  private final int threads;
  private final List<Sample> samples;
  private final List<Optional<CameraPair>> cameras;
  private final int every;
  private final NanoClock clock;
  private final FloatBuffer input;
  private final List<FloatBuffer> outputs;
  private long start;

  /**
   * @param samples consecutive pictures, at least one
   * @param every how many of them lie from one picture of the camera to the next
   */
  PacedNetwork(
      InferencePipeline pipeline, Cell cell, List<Sample> samples, int every, NanoClock clock) {
    this.pipeline = pipeline;
    this.threads = cell.options().threads();
    this.samples = samples;
    this.cameras =
        samples.stream()
            .map(
                sample ->
                    pipeline.needsCameras()
                        ? cell.dataset().frame(cell.dataset().ids().indexOf(sample.id())).cameras()
                        : Optional.<CameraPair>empty())
            .toList();
    this.every = every;
    this.clock = clock;
    this.input = pipeline.newInput();
    this.outputs = pipeline.newOutputs();
  }

  /** Runs some pictures at once, so that the first that counts meets a network at work. */
  void warmUp(int runs) {
    for (int i = 0; i < runs; i++) {
      run(i);
    }
  }

  /** From now on the camera takes pictures. */
  void begin() {
    start = clock.nanos();
  }

  @Override
  public long answer(int camera, int picture, long time) {
    clock.waitUntil(start + time);
    run(picture);
    return clock.nanos() - start;
  }

  private void run(int picture) {
    int at = (int) ((long) picture * every % samples.size());
    Sample sample = samples.get(at);
    pipeline.preprocess(sample.image(), input);
    pipeline.infer(input, outputs);
    pipeline.decode(
        outputs, sample.truth().height(), sample.truth().width(), cameras.get(at), threads);
  }
}
