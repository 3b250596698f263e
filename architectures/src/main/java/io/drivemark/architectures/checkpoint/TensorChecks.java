package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.PickleValues.Array;
import io.drivemark.architectures.checkpoint.PickleValues.Dtype;
import io.drivemark.architectures.checkpoint.PickleValues.TensorRef;
import io.drivemark.architectures.checkpoint.PickleValues.Tuple;
import io.drivemark.architectures.checkpoint.StoredTensor.Inline;
import io.drivemark.architectures.checkpoint.StoredTensor.View;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;

/** What a pickle says of a tensor, checked: it has no more elements than what holds it. */
final class TensorChecks {
  private final String source;

  TensorChecks(String source) {
    this.source = source;
  }

  /**
   * A tensor or an array of numbers; nothing for other values.
   *
   * @throws BadInputException if it reaches beyond what holds it
   */
  Optional<StoredTensor> stored(String name, Object value) {
    if (value instanceof StoredTensor tensor) {
      return Optional.of(tensor);
    }
    if (value instanceof TensorRef ref) {
      return Optional.of(view(name, ref));
    }
    return value instanceof Array array ? array(name, array.state()) : Optional.empty();
  }

  private StoredTensor view(String name, TensorRef ref) {
    long[] size = ref.size();
    long[] stride = ref.stride();
    long held = ref.storage().elements();
    boolean fits = size.length == stride.length && ref.offset() >= 0;
    int[] extents = new int[size.length];
    long count = 1;
    for (int i = 0; fits && i < size.length; i++) {
      fits = size[i] >= 0 && size[i] <= held && stride[i] >= 0 && stride[i] <= held;
      extents[i] = fits ? (int) Math.min(Integer.MAX_VALUE, size[i]) : 0;
      fits &= extents[i] == size[i];
      count = fits ? Math.min(Integer.MAX_VALUE, count * extents[i]) : 0;
    }
    if (fits && count > held) {
      throw new BadInputException(
          source
              + ": tensor "
              + Shown.name(name)
              + " repeats its values (it was expanded): "
              + count
              + " elements on a storage of "
              + held
              + "; save a copy of it, or damaged");
    }
    if (!fits || count > 0 && !reaches(size, stride, ref.offset(), held)) {
      throw damaged(name, "reaches beyond its storage");
    }
    return new StoredTensor(
        ref.storage().type(), Shape.of(extents), new View(ref.storage(), ref.offset(), stride));
  }

  /** Whether the last element lies within the storage. */
  private static boolean reaches(long[] size, long[] stride, long offset, long held) {
    long last = offset;
    for (int i = 0; i < size.length; i++) {
      long room = held - 1 - last;
      if (room < 0 || size[i] > 1 && stride[i] > room / (size[i] - 1)) {
        return false;
      }
      last += (size[i] - 1) * stride[i];
    }
    return last < held;
  }

  /** NumPy's state: version, shape, element type, whether columns come first, bytes. */
  private Optional<StoredTensor> array(String name, List<Object> state) {
    if (state.size() != 5
        || !(state.get(1) instanceof Tuple shape)
        || !(state.get(2) instanceof Dtype dtype)
        || !(state.get(3) instanceof Boolean columns)
        || !(state.get(4) instanceof byte[] bytes)) {
      return Optional.empty();
    }
    String typeName = dtype.name().replaceFirst("^[<>|=]", "");
    Optional<ElementType> type = ElementType.ofNumpy(typeName);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    int[] extents = new int[shape.size()];
    long count = 1;
    for (int i = 0; i < extents.length; i++) {
      if (!(shape.get(i) instanceof Long extent) || extent < 0 || extent > bytes.length) {
        throw damaged(name, "reaches beyond its bytes");
      }
      extents[i] = extent.intValue();
      count = Math.min(Integer.MAX_VALUE, count * extents[i]);
    }
    if (count * type.get().width() != bytes.length || extents.length > 8) {
      throw damaged(name, "does not have the bytes of its shape");
    }
    boolean big = dtype.bigEndian() || dtype.name().startsWith(">");
    return Optional.of(
        new StoredTensor(
            type.get(),
            Shape.of(extents),
            new Inline(bytes, StoredTensor.dense(extents, columns), big)));
  }

  private BadInputException damaged(String name, String what) {
    return new BadInputException(source + ": damaged: tensor " + Shown.name(name) + " " + what);
  }
}
