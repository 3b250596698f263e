package io.drivemark.eval.runner.accuracy;

import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.Sample;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.runner.accuracy.cue.SequencePass;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.inference.HeadValues;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.inference.OutputUse;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.plan.GatedWork;
import io.drivemark.eval.runner.plan.driving.Drives;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Runs a network of labels over all frames and counts them, see {@link FramePass}. */
public final class AccuracyPass {
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
   * @param prints of the judged frames by sample id; empty where frames are only handed on
   */
  public record Result(
      Map<String, ConfusionMatrix> counts,
      List<String> issues,
      List<Integer> frames,
      Optional<PassTime> time,
      OutputUse use,
      OpenedReading reading,
      List<String> notes,
      Map<String, Print> prints) {}

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

    /** How often they are right, by how sure they are; absent where that was not asked for. */
    public Optional<Calibration> calibration() {
      return values
          .confidences()
          .map(levels -> Sureness.count(levels, sample.truth(), prediction()));
    }
  }

  /** Takes every judged frame; called in sample order from one thread. */
  public interface Sink {
    void take(Judged judged, ConfusionMatrix counts);
  }

  /**
   * What a pass along sequences found.
   *
   * @param runs of the pictures seen, in their order
   */
  record Along(Result result, List<PathRuns.Run> runs) {}

  private record Counted(Judged judged, ConfusionMatrix counts, Optional<Print> print) {}

  private final InferencePipeline pipeline;
  private final FrameCache frames;
  private final FrameRange range;
  private final Optional<GaugePass> gauges;
  private final Optional<GatedWork> work;
  private final Map<String, ConfusionMatrix> counts = new LinkedHashMap<>();
  private final Map<String, Print> prints = new LinkedHashMap<>();
  private final List<Integer> judged = new ArrayList<>();
  private OutputUse use = OutputUse.NONE;

  private AccuracyPass(
      InferencePipeline pipeline,
      FrameCache frames,
      FrameRange range,
      Optional<GaugePass> gauges,
      Optional<GatedWork> work) {
    this.pipeline = pipeline;
    this.frames = frames;
    this.range = range;
    this.gauges = gauges;
    this.work = work;
  }

  /**
   * Judges every frame of a range by all gauges.
   *
   * @param range of the frames
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
      FrameRange range,
      GaugePass gauges,
      Optional<GatedWork> work,
      Sink kept,
      IntConsumer done) {
    return new AccuracyPass(pipeline, frames, range, Optional.of(gauges), work).run(kept, done);
  }

  /**
   * Judges every frame by all gauges, seen along sequences by a network with cues.
   *
   * @param drives the order in which pictures are seen
   * @param gauges count every frame; the confusion gauge is among them
   * @param kept receives each frame with its prediction
   * @param done receives the number of frames that were seen
   * @throws BadInputException if a network's output cannot be used
   * @throws EngineFailure if the engine fails; the message names the frame
   */
  static Along along(
      CuedPipeline cued,
      Drives drives,
      FrameCache frames,
      GaugePass gauges,
      Sink kept,
      IntConsumer done) {
    AccuracyPass pass =
        new AccuracyPass(
            cued.network(),
            frames,
            FrameRange.all(frames.count()),
            Optional.of(gauges),
            Optional.empty());
    SequencePass.Outcome outcome =
        new SequencePass<>(
                cued,
                drives,
                frames,
                (index, sample, labels) -> pass.count(index, sample, HeadValues.ofLabels(labels)))
            .run(counted -> pass.collect(counted, kept), done);
    return new Along(
        pass.result(outcome.issues(), new PassTime(outcome.wallMs(), outcome.engineMs())),
        outcome.runs());
  }

  /** Hands every frame with its prediction on, in sample order; counts confusions alone. */
  public static Result forEach(
      InferencePipeline pipeline, FrameCache frames, Sink sink, IntConsumer done) {
    FrameRange all = FrameRange.all(frames.count());
    return new AccuracyPass(pipeline, frames, all, Optional.empty(), Optional.empty())
        .run(sink, done);
  }

  private Result run(Sink sink, IntConsumer done) {
    FramePass.Outcome outcome =
        new FramePass<>(pipeline, frames, range, this::count)
            .run(counted -> collect(counted, sink), done);
    return result(outcome.issues(), new PassTime(outcome.wallMs(), outcome.engineMs()));
  }

  private Result result(List<String> leftOut, PassTime time) {
    List<String> issues = new ArrayList<>(leftOut);
    gauges.ifPresent(pass -> issues.addAll(pass.problems()));
    return new Result(
        counts,
        List.copyOf(issues),
        List.copyOf(judged),
        counts.isEmpty() ? Optional.empty() : Optional.of(time),
        use,
        pipeline.reading(),
        pipeline.notes(),
        prints);
  }

  private Counted count(int index, Sample sample, HeadValues values) {
    Judged frame = new Judged(index, sample, values, work.flatMap(w -> values.gates().map(w::of)));
    if (gauges.isPresent()) {
      gauges.get().count(judged(frame));
      return new Counted(
          frame,
          confusion(gauges.get(), index),
          Optional.of(FramePrints.of(frame.prediction(), values.fragile())));
    }
    ConfusionAccumulator accumulator = new ConfusionAccumulator(sample.truth().space());
    accumulator.add(sample.truth(), frame.prediction());
    return new Counted(frame, accumulator.matrix(), Optional.empty());
  }

  private JudgedFrame judged(Judged frame) {
    JudgedFrame judged =
        new JudgedFrame(
            frames.dataset(),
            frame.index(),
            frame.sample().truth(),
            frame.prediction(),
            new PixelArrays());
    judged.withTrueDepth(frame.sample().depth()).withTrueObjects(frame.sample().instances());
    frame.values().depth().ifPresent(judged::withDepth);
    frame.values().gates().ifPresent(live -> judged.withGates(live.gates()));
    frame.macs().ifPresent(judged::withGatedMacs);
    frame.calibration().ifPresent(judged::withCalibration);
    return judged;
  }

  private ConfusionMatrix confusion(GaugePass pass, int index) {
    return ConfusionGauge.matrix(
        frames.dataset().labels(), pass.counts(ConfusionGauge.NAME, index).orElseThrow());
  }

  private void collect(Counted counted, Sink sink) {
    String id = counted.judged().sample().id();
    counts.put(id, counted.counts());
    counted.print().ifPresent(print -> prints.put(id, print));
    use = use.plus(counted.judged().values().use());
    judged.add(counted.judged().index());
    sink.take(counted.judged(), counted.counts());
  }
}
