package io.drivemark.eval.runner.accuracy;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.runner.accuracy.driving.DelaySink;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.GatedCells;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Takes an opened cell through frames, and keeps what its record needs. Stateless. */
final class CellPass {
  private CellPass() {}

  /** What a gated network computed for a frame; absent for others. */
  static OptionalLong macs(AccuracyPass.Judged judged) {
    return judged.macs().map(GatedMacs::strict).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /**
   * Judges labels. Late answers and networks with cues are judged along sequences, so there frames
   * and those that count must be all.
   *
   * @param frames those that the network sees
   * @param kept those of them that count
   * @param each receives those that count, in sample order
   * @param done receives the number of frames the network has seen
   */
  static LabelFindings labels(
      Cell cell,
      OpenedCell opened,
      FrameRange frames,
      FrameRange kept,
      Consumer<AccuracyPass.Judged> each,
      IntConsumer done) {
    FrameRange all = FrameRange.all(cell.frames().count());
    boolean whole = frames.equals(all) && kept.equals(all);
    if (!whole && (cell.cues().isPresent() || cell.clips().isPresent())) {
      throw new IllegalArgumentException(
          cell.title() + " is judged along sequences, frames " + kept.words() + " cannot be alone");
    }
    KeptFrames<AccuracyPass.Judged> pictures =
        new KeptFrames<>(Gallery.choose(cell.frames().count()), Gallery::write);
    GaugePass pass = new GaugePass(cell.gauges(), cell.subject());
    AccuracyPass.Sink sink =
        (judged, counts) -> {
          if (kept.has(judged.index())) {
            pictures.take(
                judged.index(), judged, KeptFrames.merit(cell.protocol(), counts), macs(judged));
            each.accept(judged);
          }
        };
    return opened.cued().isPresent()
        ? along(cell, opened, pass, pictures, sink, done)
        : apart(cell, opened, frames, pass, pictures, sink, done);
  }

  /** The frames of a sequence one after the other. */
  private static LabelFindings along(
      Cell cell,
      OpenedCell opened,
      GaugePass pass,
      KeptFrames<AccuracyPass.Judged> pictures,
      AccuracyPass.Sink sink,
      IntConsumer done) {
    AccuracyPass.Along along =
        AccuracyPass.along(
            opened.cued().orElseThrow(),
            cell.cues().orElseThrow().drives(),
            cell.frames(),
            pass,
            sink,
            done);
    return new LabelFindings(
        along.result(),
        pass,
        pictures,
        opened.canary(),
        along.runs(),
        path -> PathRuns.write(path, along.runs()));
  }

  /** Frame by frame. */
  private static LabelFindings apart(
      Cell cell,
      OpenedCell opened,
      FrameRange frames,
      GaugePass pass,
      KeptFrames<AccuracyPass.Judged> pictures,
      AccuracyPass.Sink sink,
      IntConsumer done) {
    InferencePipeline network = opened.network();
    Optional<DelaySink> delays = cell.clips().map(clips -> new DelaySink(cell.dataset(), clips));
    AccuracyPass.Result result =
        AccuracyPass.run(
            network,
            cell.frames(),
            frames,
            pass,
            GatedCells.work(cell),
            (judged, counts) -> {
              sink.take(judged, counts);
              delays.ifPresent(late -> take(late, judged, network));
            },
            done);
    Consumer<Path> further =
        path -> delays.ifPresent(late -> late.evidence().write(path, cell.dataset().labels()));
    return new LabelFindings(result, pass, pictures, opened.canary(), List.of(), further);
  }

  private static void take(DelaySink late, AccuracyPass.Judged judged, InferencePipeline network) {
    LabelMap truth = judged.sample().truth();
    late.take(
        judged.index(),
        truth,
        judged.prediction(),
        picture -> {
          FloatBuffer input = network.newInput();
          List<FloatBuffer> outputs = network.newOutputs();
          network.preprocess(picture, input);
          network.infer(input, outputs);
          return network.decode(outputs, truth.height(), truth.width(), 1).labels();
        });
  }

  /**
   * Judges distances; every frame counts.
   *
   * @param done receives the number of frames the network has seen
   */
  static DepthFindings distances(
      Cell cell, OpenedCell opened, FrameRange frames, IntConsumer done) {
    KeptFrames<DepthPass.Judged> pictures =
        new KeptFrames<>(Gallery.choose(cell.frames().count()), DepthGallery::write);
    DepthPass.Result result =
        DepthPass.run(
            opened.network(),
            cell.frames(),
            frames,
            cell.depth().orElseThrow(),
            judged ->
                pictures.take(
                    judged.index(),
                    judged,
                    KeptFrames.merit(judged.scores()),
                    OptionalLong.empty()),
            done);
    return new DepthFindings(result, pictures, opened.canary(), path -> {});
  }
}
