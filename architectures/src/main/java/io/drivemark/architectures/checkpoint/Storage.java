package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.StorageRef;
import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A run of numbers of a checkpoint, of which tensors are views. */
final class Storage {
  private final StorageRef ref;
  private final ByteBuffer data;

  private Storage(StorageRef ref, ByteBuffer data) {
    this.ref = ref;
    this.data = data.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A storage that has bytes of its own. */
  static Storage read(String source, StorageRef ref, ByteBuffer data) {
    long wanted = bytes(source, ref);
    if (data.remaining() != wanted) {
      throw new BadInputException(
          source
              + ": storage "
              + ref.key()
              + " has "
              + data.remaining()
              + " bytes, expected "
              + wanted
              + "; copy the file again");
    }
    return new Storage(ref, data.slice());
  }

  /** The next storage of a legacy file: its number of elements, then these. */
  static Storage readLegacy(String source, StorageRef ref, ByteBuffer file) {
    long wanted = bytes(source, ref);
    if (file.remaining() < 8 + wanted) {
      throw new BadInputException(
          source
              + ": truncated: storage "
              + ref.key()
              + " needs "
              + (8 + wanted)
              + " bytes from byte "
              + file.position()
              + " on, the file ends at byte "
              + file.limit()
              + "; copy the file again");
    }
    long elements = file.getLong();
    if (elements != ref.elements()) {
      throw new BadInputException(
          source
              + ": damaged: storage "
              + ref.key()
              + " says "
              + elements
              + " elements, its tensor "
              + ref.elements());
    }
    ByteBuffer data = file.slice().limit((int) wanted);
    file.position(file.position() + (int) wanted);
    return new Storage(ref, data);
  }

  private static long bytes(String source, StorageRef ref) {
    if (ref.elements() > Integer.MAX_VALUE / ref.type().width()) {
      throw new BadInputException(
          source
              + ": storage "
              + ref.key()
              + " claims "
              + ref.elements()
              + " elements; damaged, or too large to be a network of this kind");
    }
    return ref.elements() * ref.type().width();
  }

  /** The tensor that a view describes, in row-major order whatever its strides. */
  Tensor view(String source, String name, TensorRef view) {
    if (!view.storage().type().equals(ref.type()) || view.storage().elements() != ref.elements()) {
      throw new BadInputException(
          source + ": damaged: tensor " + name + " and its storage differ in type or size");
    }
    long[] size = view.size();
    long[] stride = view.stride();
    long count = 1;
    long last = view.offset();
    boolean valid = size.length == stride.length && view.offset() >= 0;
    for (int i = 0; valid && i < size.length; i++) {
      valid = size[i] >= 0 && size[i] <= Integer.MAX_VALUE && stride[i] >= 0;
      count = valid ? saturated(count, size[i]) : 0;
      last = valid && size[i] > 0 ? saturatedSum(last, saturated(size[i] - 1, stride[i])) : last;
    }
    if (!valid || count > Integer.MAX_VALUE || (count > 0 && last >= ref.elements())) {
      throw new BadInputException(
          source + ": damaged: tensor " + name + " reaches beyond its storage");
    }
    int[] extents = new int[size.length];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = (int) size[i];
    }
    int[] positions = positions(extents, stride, view.offset(), (int) count);
    return isFloat() ? floats(extents, positions) : longs(extents, positions);
  }

  private static long saturated(long a, long b) {
    return a != 0 && b > Integer.MAX_VALUE * 4L / a ? Integer.MAX_VALUE * 4L : a * b;
  }

  private static long saturatedSum(long a, long b) {
    return Math.min(Integer.MAX_VALUE * 4L, a) + b;
  }

  private static int[] positions(int[] extents, long[] stride, long offset, int count) {
    int[] positions = new int[count];
    int[] index = new int[extents.length];
    long at = offset;
    for (int i = 0; i < count; i++) {
      positions[i] = (int) at;
      for (int d = extents.length - 1; d >= 0; d--) {
        at += stride[d];
        if (++index[d] < extents[d]) {
          break;
        }
        at -= stride[d] * extents[d];
        index[d] = 0;
      }
    }
    return positions;
  }

  private boolean isFloat() {
    return switch (ref.type()) {
      case FLOAT_STORAGE, DOUBLE_STORAGE, HALF_STORAGE, BFLOAT16_STORAGE -> true;
      default -> false;
    };
  }

  private Tensor floats(int[] extents, int[] positions) {
    float[] values = new float[positions.length];
    for (int i = 0; i < values.length; i++) {
      int at = positions[i];
      values[i] =
          switch (ref.type()) {
            case FLOAT_STORAGE -> data.getFloat(4 * at);
            case DOUBLE_STORAGE -> (float) data.getDouble(8 * at);
            case HALF_STORAGE -> half(data.getShort(2 * at));
            default -> Float.intBitsToFloat(data.getShort(2 * at) << 16);
          };
    }
    return Tensor.sharing(Shape.of(extents), values);
  }

  private Tensor longs(int[] extents, int[] positions) {
    long[] values = new long[positions.length];
    for (int i = 0; i < values.length; i++) {
      int at = positions[i];
      values[i] =
          switch (ref.type()) {
            case LONG_STORAGE -> data.getLong(8 * at);
            case INT_STORAGE -> data.getInt(4 * at);
            case SHORT_STORAGE -> data.getShort(2 * at);
            case CHAR_STORAGE -> data.get(at);
            default -> data.get(at) & 0xFF;
          };
    }
    return Tensor.ofLongs(Shape.of(extents), values);
  }

  /** IEEE 754 half precision. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 0x1F
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    return bits < 0 ? -magnitude : magnitude;
  }
}
