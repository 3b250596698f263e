package io.drivemark.architectures.head;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.CameraPair;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Turns one output of an opened network into what it means, on a frame's own grid. Safe to call
 * from several threads.
 *
 * @param <V> what it is decoded to: a {@link io.drivemark.datasets.LabelMap}, a {@link
 *     io.drivemark.datasets.Depth}, {@link LiveUnits}
 */
public interface HeadDecoder<V> {
  /** The type of what it is decoded to. */
  Class<V> decodesTo();

  /** The shape of the buffer that the session fills: the output's, or more behind it. */
  Shape buffer();

  /** Writes into a new buffer what must stand in it behind the output; usually nothing. */
  default void prepare(FloatBuffer buffer) {}

  /**
   * Decodes one frame.
   *
   * @param output a buffer of shape {@link #buffer()} that was {@link #prepare}d and that the
   *     session has filled from index 0; it is not kept
   * @param height of the frame's grid
   * @param width of the frame's grid
   * @param threads how many threads may share the work; the value does not depend on it
   * @throws io.drivemark.problem.BadInputException if the output holds what its kind cannot hold
   */
  V decode(FloatBuffer output, int height, int width, int threads);

  /** Whether a frame's cameras must be known to decode it: {@link #decode} without them refuses. */
  default boolean needsCameras() {
    return false;
  }

  /**
   * Decodes one frame whose cameras are known.
   *
   * @param cameras of the frame, in pixels of its grid; empty where they are not known
   * @throws io.drivemark.problem.BadInputException if the output holds what its kind cannot hold,
   *     or the cameras are needed and not known
   */
  default V decode(
      FloatBuffer output, int height, int width, Optional<CameraPair> cameras, int threads) {
    return decode(output, height, width, threads);
  }
}
