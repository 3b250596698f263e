package io.drivemark.architectures.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One dictionary of a file that holds tensors by name.
 *
 * @param path the keys that lead to it, joined by dots; empty for the file's own dictionary
 * @param tensors by name, in file order
 * @param others names of what is no tensor
 */
record WeightSet(String path, Map<String, StoredTensor> tensors, List<String> others) {
  WeightSet {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    others = List.copyOf(others);
  }

  /** As messages call it. */
  String shown() {
    return path.isEmpty() ? "the file itself" : "'" + Shown.name(path) + "'";
  }
}
