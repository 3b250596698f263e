package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.runner.inference.FirstLook;
import io.drivemark.eval.runner.inference.HeadValues;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Takes all frames through a pipeline. Frames are read and prepared ahead on other threads while
 * the network runs, and decoded and judged behind it, so that the whole takes little longer than
 * the engine's own time. Results come in sample order whatever the threads do. For one use.
 *
 * @param <J> what is made of a judged frame
 */
final class FramePass<J> {
  private static final int AHEAD = 4;
  private static final int LOADERS = 2;
  private static final int LABELLERS = 2;

  /** Judges a frame; called on several threads. */
  interface Judge<J> {
    /**
     * What is made of a frame.
     *
     * @param index its place among the frames
     * @param values what the network answered for it
     */
    J of(int index, Sample sample, HeadValues values);
  }

  /** Takes what was made of each frame, in sample order, on one thread. */
  interface Sink<J> {
    void take(J judged);
  }

  /**
   * What a pass took.
   *
   * @param issues one a frame left out: why
   */
  record Outcome(List<String> issues, double wallMs, double engineMs) {}

  private record Loaded(Sample sample, FloatBuffer input, String problem) {}

  private final InferencePipeline pipeline;
  private final FrameCache frames;
  private final FrameRange range;
  private final Judge<J> judge;
  private final BlockingQueue<FloatBuffer> freeInputs;
  private final BlockingQueue<List<FloatBuffer>> freeOutputs;
  private final List<String> issues = new ArrayList<>();
  private final Deque<Future<Loaded>> loading = new ArrayDeque<>();
  private final Deque<Future<J>> judging = new ArrayDeque<>();
  private long engineNanos;
  private int inferred;

  /** Takes all frames. */
  FramePass(InferencePipeline pipeline, FrameCache frames, Judge<J> judge) {
    this(pipeline, frames, FrameRange.all(frames.count()), judge);
  }

  /** Takes a range of the frames. */
  FramePass(InferencePipeline pipeline, FrameCache frames, FrameRange range, Judge<J> judge) {
    this.pipeline = pipeline;
    this.frames = frames;
    this.range = range;
    this.judge = judge;
    this.freeInputs = new ArrayBlockingQueue<>(AHEAD + 1);
    this.freeOutputs = new ArrayBlockingQueue<>(LABELLERS + 1);
    for (int i = 0; i <= AHEAD; i++) {
      freeInputs.add(pipeline.newInput());
    }
    for (int i = 0; i <= LABELLERS; i++) {
      freeOutputs.add(pipeline.newOutputs());
    }
  }

  /**
   * Goes through the frames.
   *
   * @param done receives the number of frames the network has seen
   * @throws BadInputException if the network's output cannot be used
   * @throws EngineFailure if the engine fails; the message names the frame
   */
  Outcome run(Sink<J> sink, IntConsumer done) {
    long start = System.nanoTime();
    try (WorkerPool loaders = new WorkerPool("frames", LOADERS);
        WorkerPool labellers = new WorkerPool("labels", LABELLERS)) {
      int submitted = range.first();
      for (int i = range.first(); i < range.last(); i++) {
        for (; submitted < range.last() && submitted < i + AHEAD; submitted++) {
          int index = submitted;
          loading.add(loaders.submit(() -> load(index)));
        }
        Loaded loaded = WorkerPool.result(loading.remove());
        if (loaded.problem() == null) {
          infer(i, loaded, labellers);
        } else {
          issues.add(loaded.problem());
        }
        while (!judging.isEmpty() && judging.peek().isDone()) {
          sink.take(WorkerPool.result(judging.remove()));
        }
        done.accept(i + 1 - range.first());
      }
      while (!judging.isEmpty()) {
        sink.take(WorkerPool.result(judging.remove()));
      }
      lookFurther(loaders);
    }
    return new Outcome(issues, (System.nanoTime() - start) / 1e6, engineNanos / 1e6);
  }

  private Loaded load(int index) throws InterruptedException {
    FloatBuffer input = freeInputs.take();
    try {
      Sample sample = frames.load(index);
      pipeline.preprocess(sample.image(), input);
      return new Loaded(sample, input, null);
    } catch (BadInputException e) {
      freeInputs.add(input);
      String id = frames.dataset().ids().get(index);
      return new Loaded(null, null, "frame " + id + " left out: " + e.getMessage());
    }
  }

  private void infer(int index, Loaded loaded, WorkerPool labellers) {
    List<FloatBuffer> outputs = answered(loaded);
    boolean look = range.first() == 0 && inferred++ < FirstLook.FRAMES;
    judging.add(
        labellers.submit(
            () ->
                judge.of(index, loaded.sample(), decoded(index, loaded.sample(), outputs, look))));
  }

  /** A range with the split's first frame looks at the first frames, even beyond its own. */
  private void lookFurther(WorkerPool loaders) {
    boolean first = range.first() == 0;
    for (int i = range.last(); first && inferred < FirstLook.FRAMES && i < frames.count(); i++) {
      int index = i;
      Loaded loaded = WorkerPool.result(loaders.submit(() -> load(index)));
      if (loaded.problem() == null) {
        inferred++;
        decoded(index, loaded.sample(), answered(loaded), true);
      }
    }
  }

  private List<FloatBuffer> answered(Loaded loaded) {
    List<FloatBuffer> outputs = take(freeOutputs);
    long before = System.nanoTime();
    try {
      pipeline.infer(loaded.input(), outputs);
    } catch (EngineFailure e) {
      throw e.at("frame " + loaded.sample().id());
    }
    engineNanos += System.nanoTime() - before;
    freeInputs.add(loaded.input());
    return outputs;
  }

  private HeadValues decoded(int index, Sample sample, List<FloatBuffer> outputs, boolean look) {
    try {
      Optional<CameraPair> cameras =
          pipeline.needsCameras() ? frames.dataset().frame(index).cameras() : Optional.empty();
      HeadValues values =
          pipeline.decodeCounting(
              outputs, sample.truth().height(), sample.truth().width(), cameras);
      if (look) {
        pipeline.look(index, outputs, values);
      }
      return values;
    } finally {
      freeOutputs.add(outputs);
    }
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
