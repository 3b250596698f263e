package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.runner.inference.FirstLook;
import io.drivemark.eval.runner.inference.HeadValues;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.inference.OutputUse;
import io.drivemark.eval.runner.plan.GatedWork;
import io.drivemark.eval.runner.record.Entry.PassTime;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs a pipeline over all frames. Frames are read and prepared ahead on other threads while the
 * network runs, and labelled and counted behind it, so that the whole takes little longer than the
 * engine's own time. Results come in sample order whatever the threads do.
 */
public final class AccuracyPass {
  private static final int AHEAD = 4;
  private static final int LOADERS = 2;
  private static final int LABELLERS = 2;

  /**
   * What a pass found. Immutable but for the label maps in it.
   *
   * @param counts confusion counts by sample id, in sample order; frames left out are missing
   * @param issues one a frame left out, and one a frame that a gauge cannot judge: why
   * @param frames positions in the split of the frames that are not left out, in order
   * @param time what it took; absent if no frame was judged
   * @param use what the outputs of all pixels were used for
   * @param reading how the opened model is used
   * @param notes what looks wrong on the first frames
   */
  public record Result(
      Map<String, ConfusionMatrix> counts,
      List<String> issues,
      List<Integer> frames,
      Optional<PassTime> time,
      OutputUse use,
      OpenedReading reading,
      List<String> notes) {}

  /**
   * A frame with what the network's heads answered for it.
   *
   * @param index its place among the frames
   * @param macs what a gated network computed for it; absent where that is not known
   */
  public record Judged(int index, Sample sample, HeadValues values, Optional<GatedMacs> macs) {
    /** The labels. */
    public LabelMap prediction() {
      return values.labels();
    }
  }

  /** Takes every judged frame; called in sample order from one thread. */
  public interface Sink {
    void take(Judged judged, ConfusionMatrix counts);
  }

  private record Loaded(Sample sample, FloatBuffer input, String problem) {}

  private record Counted(Judged judged, ConfusionMatrix counts) {}

  private final InferencePipeline pipeline;
  private final FrameCache frames;
  private final Optional<GaugePass> gauges;
  private final Optional<GatedWork> work;
  private final BlockingQueue<FloatBuffer> freeInputs;
  private final BlockingQueue<List<FloatBuffer>> freeOutputs;
  private final Map<String, ConfusionMatrix> counts = new LinkedHashMap<>();
  private final List<Integer> judged = new ArrayList<>();
  private final List<String> issues = new ArrayList<>();
  private final Deque<Future<Loaded>> loading = new ArrayDeque<>();
  private final Deque<Future<Counted>> counting = new ArrayDeque<>();
  private OutputUse use = OutputUse.NONE;
  private long engineNanos;
  private int inferred;

  private AccuracyPass(
      InferencePipeline pipeline,
      FrameCache frames,
      Optional<GaugePass> gauges,
      Optional<GatedWork> work) {
    this.pipeline = pipeline;
    this.frames = frames;
    this.gauges = gauges;
    this.work = work;
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
   * Judges every frame by all gauges.
   *
   * @param gauges count every frame; the confusion gauge is among them
   * @param work says what a gated network computes
   * @param kept receives each frame with its prediction
   * @param done receives the number of frames the network has seen
   * @throws BadInputException if the network's output cannot be used
   * @throws EngineFailure if the engine fails; the message names the frame
   */
  static Result run(
      InferencePipeline pipeline,
      FrameCache frames,
      GaugePass gauges,
      Optional<GatedWork> work,
      Sink kept,
      IntConsumer done) {
    return new AccuracyPass(pipeline, frames, Optional.of(gauges), work).run(kept, done);
  }

  /** Hands every frame with its prediction on, in sample order; counts confusions alone. */
  public static Result forEach(
      InferencePipeline pipeline, FrameCache frames, Sink sink, IntConsumer done) {
    return new AccuracyPass(pipeline, frames, Optional.empty(), Optional.empty()).run(sink, done);
  }

  private Result run(Sink sink, IntConsumer done) {
    long start = System.nanoTime();
    try (WorkerPool loaders = new WorkerPool("frames", LOADERS);
        WorkerPool labellers = new WorkerPool("labels", LABELLERS)) {
      int submitted = 0;
      for (int i = 0; i < frames.count(); i++) {
        for (; submitted < frames.count() && submitted < i + AHEAD; submitted++) {
          int index = submitted;
          loading.add(loaders.submit(() -> load(index)));
        }
        Loaded loaded = WorkerPool.result(loading.remove());
        if (loaded.problem() == null) {
          infer(i, loaded, labellers);
        } else {
          issues.add(loaded.problem());
        }
        while (!counting.isEmpty() && counting.peek().isDone()) {
          collect(sink);
        }
        done.accept(i + 1);
      }
      while (!counting.isEmpty()) {
        collect(sink);
      }
    }
    gauges.ifPresent(pass -> issues.addAll(pass.problems()));
    double wallMs = (System.nanoTime() - start) / 1e6;
    return new Result(
        counts,
        List.copyOf(issues),
        List.copyOf(judged),
        counts.isEmpty() ? Optional.empty() : Optional.of(new PassTime(wallMs, engineNanos / 1e6)),
        use,
        pipeline.reading(),
        pipeline.notes());
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
    List<FloatBuffer> outputs = take(freeOutputs);
    long before = System.nanoTime();
    try {
      pipeline.infer(loaded.input(), outputs);
    } catch (EngineFailure e) {
      throw e.at("frame " + loaded.sample().id());
    }
    engineNanos += System.nanoTime() - before;
    freeInputs.add(loaded.input());
    boolean look = inferred++ < FirstLook.FRAMES;
    counting.add(labellers.submit(() -> count(index, loaded.sample(), outputs, look)));
  }

  private Counted count(int index, Sample sample, List<FloatBuffer> outputs, boolean look) {
    HeadValues values;
    try {
      values = pipeline.decodeCounting(outputs, sample.truth().height(), sample.truth().width());
      if (look) {
        pipeline.look(index, outputs, values);
      }
    } finally {
      freeOutputs.add(outputs);
    }
    Judged frame = new Judged(index, sample, values, work.flatMap(w -> values.gates().map(w::of)));
    if (gauges.isPresent()) {
      gauges.get().count(judged(frame));
      return new Counted(frame, confusion(gauges.get(), index));
    }
    ConfusionAccumulator accumulator = new ConfusionAccumulator(sample.truth().space());
    accumulator.add(sample.truth(), frame.prediction());
    return new Counted(frame, accumulator.matrix());
  }

  private JudgedFrame judged(Judged frame) {
    JudgedFrame judged =
        new JudgedFrame(
            frames.dataset(),
            frame.index(),
            frame.sample().truth(),
            frame.prediction(),
            new PixelArrays());
    frame.values().depth().ifPresent(judged::withDepth);
    frame.values().gates().ifPresent(live -> judged.withGates(live.gates()));
    frame.macs().ifPresent(judged::withGatedMacs);
    return judged;
  }

  private ConfusionMatrix confusion(GaugePass pass, int index) {
    return ConfusionGauge.matrix(
        frames.dataset().labels(), pass.counts(ConfusionGauge.NAME, index).orElseThrow());
  }

  private void collect(Sink sink) {
    Counted counted = WorkerPool.result(counting.remove());
    String id = counted.judged().sample().id();
    counts.put(id, counted.counts());
    use = use.plus(counted.judged().values().use());
    judged.add(counted.judged().index());
    sink.take(counted.judged(), counted.counts());
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
