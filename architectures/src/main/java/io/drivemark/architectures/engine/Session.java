package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A network opened by an engine at a fixed size. Tensors lie in row-major order. Not thread-safe.
 * Closing twice is harmless; use after close is an {@link IllegalStateException}.
 */
public interface Session extends AutoCloseable {
  /** What the runtime says its version is. */
  String runtimeVersion();

  /** The input's shape [1, C, H, W], float32. */
  Shape inputShape();

  /** The shapes of the outputs in the network's order, or the selected one, float32. */
  List<Shape> outputShapes();

  /** In which form the gates of its network run; empty if it has none. */
  default Optional<GateRun> gates() {
    return Optional.empty();
  }

  /**
   * Runs once and fills the caller's buffers; returns when all results are there. After a failure
   * the outputs hold anything, and the session can be run again and closed.
   *
   * @param input normalised pixels in the row-major order of {@link #inputShape}: channel by
   *     channel, row by row; a direct buffer, native order, of the input's element count, read from
   *     index 0
   * @param outputs one direct buffer an output, of at least its element count, filled from index 0
   *     in the row-major order of {@link #outputShapes}; positions and limits are left alone
   * @throws EngineFailure if the runtime fails, by whatever exception or for lack of memory; other
   *     sessions go on
   * @throws IllegalArgumentException if a buffer does not fit; nothing was run
   * @throws IllegalStateException after close
   */
  void run(FloatBuffer input, List<FloatBuffer> outputs);

  @Override
  void close();

  /** A direct buffer in native byte order for a tensor of this shape. */
  static FloatBuffer buffer(Shape shape) {
    return java.nio.ByteBuffer.allocateDirect(Math.toIntExact(4 * shape.elements()))
        .order(java.nio.ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
