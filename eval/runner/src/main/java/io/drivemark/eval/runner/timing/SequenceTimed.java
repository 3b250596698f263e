package io.drivemark.eval.runner.timing;

import io.drivemark.architectures.cue.PathFrame;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.latency.Timed;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.inference.cue.StageClock;
import io.drivemark.eval.runner.timing.Footage.Shot;
import java.util.OptionalInt;

/**
 * A network with cues, one picture of a sequence after another and again from the first. What is
 * neither preparation nor an engine's own time counts as decoding: cues' own work and labels. For
 * one thread.
 */
final class SequenceTimed implements Timed {
  private final CuedPipeline path;
  private final Footage footage;
  private final NanoClock clock;
  private final long[] nanos = new long[3];
  private int last = -1;

  SequenceTimed(CuedPipeline path, Footage footage, NanoClock clock) {
    this.path = path;
    this.footage = footage;
    this.clock = clock;
  }

  @Override
  public OptionalInt frame() {
    return OptionalInt.of(last);
  }

  @Override
  public void restart() {
    last = -1;
  }

  @Override
  public long[] run() {
    last = (last + 1) % footage.shots().size();
    Shot shot = footage.shots().get(last);
    if (shot.begins()) {
      path.begin();
    }
    StageClock stages = path.stages();
    stages.reset();
    PathFrame frame = new PathFrame(shot.number(), shot.image(), shot.seconds());
    long start = clock.nanos();
    path.next(frame).labels();
    long all = clock.nanos() - start;
    nanos[0] = stages.prepareNanos();
    nanos[1] = stages.engineNanos();
    nanos[2] = all - nanos[0] - nanos[1];
    return nanos;
  }
}
