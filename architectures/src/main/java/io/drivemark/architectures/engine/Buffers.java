package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Checks that engines make of the buffers they are given. Stateless. */
public final class Buffers {
  private Buffers() {}

  /**
   * Checks all buffers of a run.
   *
   * @throws IllegalArgumentException if one is not direct, in another byte order or too small, or
   *     there are too few or too many
   */
  public static void check(
      FloatBuffer input, Shape inputShape, List<FloatBuffer> outputs, List<Shape> outputShapes) {
    check("input", input, inputShape);
    if (outputs.size() != outputShapes.size()) {
      throw new IllegalArgumentException(
          "output buffers: expected " + outputShapes.size() + ", found " + outputs.size());
    }
    for (int i = 0; i < outputShapes.size(); i++) {
      check("output " + i, outputs.get(i), outputShapes.get(i));
    }
  }

  private static void check(String what, FloatBuffer buffer, Shape shape) {
    if (!buffer.isDirect()
        || buffer.order() != ByteOrder.nativeOrder()
        || buffer.capacity() < shape.elements()) {
      throw new IllegalArgumentException(
          what
              + " buffer: expected a direct one in native byte order of at least "
              + shape.elements()
              + " floats for "
              + shape
              + ", found "
              + (buffer.isDirect() ? "a direct one" : "one on the heap")
              + (buffer.order() == ByteOrder.nativeOrder() ? "" : " in the other byte order")
              + " of "
              + buffer.capacity());
    }
  }
}
