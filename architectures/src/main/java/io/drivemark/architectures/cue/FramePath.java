package io.drivemark.architectures.cue;

import java.util.Optional;

/**
 * The way of a frame to its labels: a network alone, or with cues around it. A path remembers what
 * it saw of a sequence, so frames are given to it one after the other, in their order. For one
 * thread; closing twice is harmless.
 */
public interface FramePath extends AutoCloseable {
  /** What messages call it: {@code model enet-camvid}, {@code smooth around model enet-camvid}. */
  String title();

  /** How its answers' scores lie; empty where it answers with labels alone. */
  Optional<ScoreSite> scores();

  /** Begins a sequence: whatever was seen before is forgotten. */
  void begin();

  /**
   * Answers for the next frame of the sequence, on the photograph's grid.
   *
   * @return the answer; its scores hold until the next call, its labels for good once they were
   *     asked for
   * @throws io.drivemark.problem.BadInputException if the network's output cannot be used
   * @throws io.drivemark.architectures.engine.EngineFailure if the engine fails
   * @throws IllegalStateException before {@link #begin}, and after a failure until the next one
   */
  FrameAnswer next(PathFrame frame);

  /** Closes what it runs. */
  @Override
  void close();
}
