package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.op.Shape;

/**
 * A tensor of a file whose values have not been read: checked to lie within what holds it. Holds
 * arrays that are not copied.
 *
 * @param type how its numbers are stored
 * @param shape its extents
 * @param place where its values are
 */
record StoredTensor(ElementType type, Shape shape, Place place) {
  /** Where values are. */
  sealed interface Place permits View, Inline, Range {}

  /** A view on a storage of the file, offset and strides in elements. */
  record View(StorageRef storage, long offset, long[] stride) implements Place {}

  /** Bytes that stood in the pickle itself, as of a NumPy array. */
  record Inline(byte[] bytes, long[] stride, boolean bigEndian) implements Place {}

  /** Bytes of the file from here on, row-major. */
  record Range(long begin) implements Place {}

  /** A run of numbers that stands elsewhere in the file. */
  record StorageRef(ElementType type, String key, long elements) {
    long bytes() {
      return elements * type.width();
    }
  }

  long elements() {
    return shape.elements();
  }

  /** Strides of an array without gaps: of rows, or with the first extent running fastest. */
  static long[] dense(int[] extents, boolean firstFastest) {
    long[] stride = new long[extents.length];
    long step = 1;
    for (int i = 0; i < extents.length; i++) {
      int d = firstFastest ? i : extents.length - 1 - i;
      stride[d] = step;
      step *= Math.max(1, extents[d]);
    }
    return stride;
  }
}
