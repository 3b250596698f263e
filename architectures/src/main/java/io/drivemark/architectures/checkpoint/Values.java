package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.ByteBuffer;

/** Turns stored numbers into tensors: float32 or int64, row-major. Stateless. */
final class Values {
  private Values() {}

  /**
   * The tensor that a view describes.
   *
   * @param data the whole storage, in its byte order
   * @param offset of the first element, in elements
   * @param stride in elements; every element lies within the data
   */
  static Tensor of(StoredTensor tensor, ByteBuffer data, long offset, long[] stride) {
    int[] extents = tensor.shape().extents();
    int count = Math.toIntExact(tensor.elements());
    ElementType type = tensor.type();
    float[] floats = type.isFloat() ? new float[count] : new float[0];
    long[] longs = type.isFloat() ? new long[0] : new long[count];
    int[] index = new int[extents.length];
    long at = offset;
    for (int i = 0; i < count; i++) {
      int position = Math.toIntExact(at * type.width());
      if (type.isFloat()) {
        floats[i] = type.real(data, position);
      } else {
        longs[i] = type.whole(data, position);
      }
      for (int d = extents.length - 1; d >= 0; d--) {
        at += stride[d];
        if (++index[d] < extents[d]) {
          break;
        }
        at -= stride[d] * extents[d];
        index[d] = 0;
      }
    }
    Shape shape = tensor.shape();
    return type.isFloat() ? Tensor.sharing(shape, floats) : Tensor.ofLongs(shape, longs);
  }
}
