package io.drivemark.architectures.checkpoint;

import io.drivemark.architectures.checkpoint.StoredTensor.Inline;
import io.drivemark.architectures.checkpoint.StoredTensor.StorageRef;
import io.drivemark.architectures.checkpoint.StoredTensor.View;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wanted tensors of a pickle by the storage they view, so that a storage is held no longer than
 * while its tensors are made. Not thread-safe.
 */
final class StorageViews {
  private final Map<String, List<String>> namesByStorage = new LinkedHashMap<>();
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private final Map<String, StoredTensor> wanted;
  private final Map<String, Tensor> made = new HashMap<>();

  /**
   * @throws BadInputException if the tensors together claim far more than their storages hold
   */
  StorageViews(String source, Map<String, StoredTensor> wanted) {
    this.wanted = wanted;
    long claimed = 0;
    for (Map.Entry<String, StoredTensor> entry : wanted.entrySet()) {
      StoredTensor tensor = entry.getValue();
      if (tensor.place() instanceof Inline inline) {
        ByteOrder order = inline.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer data = ByteBuffer.wrap(inline.bytes()).order(order);
        made.put(entry.getKey(), Values.of(tensor, data, 0, inline.stride()));
      } else if (tensor.place() instanceof View view) {
        claimed += tensor.elements();
        storages.put(view.storage().key(), view.storage());
        namesByStorage
            .computeIfAbsent(view.storage().key(), k -> new ArrayList<>())
            .add(entry.getKey());
      }
    }
    long held = storages.values().stream().mapToLong(StorageRef::elements).sum();
    if (claimed > 4 * held) {
      throw new BadInputException(
          source
              + ": damaged: its tensors claim "
              + claimed
              + " elements, their storages hold "
              + held);
    }
  }

  /** The storages whose bytes are needed, by key. */
  Map<String, StorageRef> storages() {
    return storages;
  }

  /** Makes the tensors of a storage from its bytes. */
  void make(String storage, byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : namesByStorage.get(storage)) {
      StoredTensor tensor = wanted.get(name);
      View view = (View) tensor.place();
      made.put(name, Values.of(tensor, data, view.offset(), view.stride()));
    }
  }

  /** All tensors made so far. */
  Map<String, Tensor> made() {
    return made;
  }
}
