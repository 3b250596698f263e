package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Shape;
import java.util.Arrays;

/**
 * Numbers with a shape: float32 or int64. Immutable: arrays are copied on the way in and out,
 * except through the {@code shared…} methods, whose arrays must not be written to.
 */
public final class Tensor {
  private final Shape shape;
  private final float[] floats;
  private final long[] longs;

  private Tensor(Shape shape, float[] floats, long[] longs) {
    int length = floats != null ? floats.length : longs.length;
    if (shape.elements() != length) {
      throw new IllegalArgumentException(
          "tensor: " + shape + " does not fit " + length + " values");
    }
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
  }

  /** Float32 values in row-major order; copied. */
  public static Tensor of(Shape shape, float[] values) {
    return new Tensor(shape, values.clone(), null);
  }

  /** Float32 values in row-major order; taken over, not to be written to afterwards. */
  public static Tensor sharing(Shape shape, float[] values) {
    return new Tensor(shape, values, null);
  }

  /** A vector of int64. */
  public static Tensor ofLongs(long... values) {
    return new Tensor(Shape.of(values.length), null, values.clone());
  }

  /** Int64 values in row-major order; copied. */
  public static Tensor ofLongs(Shape shape, long[] values) {
    return new Tensor(shape, null, values.clone());
  }

  /** A float32 tensor of one value everywhere. */
  public static Tensor filled(Shape shape, float value) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(values, value);
    return new Tensor(shape, values, null);
  }

  public Shape shape() {
    return shape;
  }

  /** Whether the values are float32; else they are int64. */
  public boolean isFloat() {
    return floats != null;
  }

  /** A copy of the float32 values. */
  public float[] floats() {
    return sharedFloats().clone();
  }

  /** The float32 values themselves; not to be written to. */
  public float[] sharedFloats() {
    if (floats == null) {
      throw new IllegalStateException("tensor " + shape + " holds int64 values, not float32");
    }
    return floats;
  }

  /** A copy of the int64 values. */
  public long[] longs() {
    if (longs == null) {
      throw new IllegalStateException("tensor " + shape + " holds float32 values, not int64");
    }
    return longs.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && shape.equals(tensor.shape)
        && Arrays.equals(floats, tensor.floats)
        && Arrays.equals(longs, tensor.longs);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(floats) + Arrays.hashCode(longs);
  }

  @Override
  public String toString() {
    return (isFloat() ? "float32" : "int64") + shape;
  }
}
