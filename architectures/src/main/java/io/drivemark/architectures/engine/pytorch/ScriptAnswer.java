package io.drivemark.architectures.engine.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tensors of a TorchScript's answer by name: {@code answer} where it is one tensor, the key in
 * a dictionary, the place from 0 in a list or tuple, joined by dots where these are nested. What is
 * no tensor is left aside. Stateless.
 */
final class ScriptAnswer {
  /** The name of an answer that is one tensor. */
  static final String ALONE = "answer";

  private ScriptAnswer() {}

  /** All tensors, to be closed by the caller. */
  static Map<String, PtNDArray> tensors(IValue answer, PtNDManager manager) {
    Map<String, PtNDArray> found = new LinkedHashMap<>();
    collect("", answer, manager, found);
    return found;
  }

  private static void collect(
      String name, IValue value, PtNDManager manager, Map<String, PtNDArray> found) {
    if (value.isTensor()) {
      found.put(name.isEmpty() ? ALONE : name, value.toTensor(manager));
    } else if (value.isTensorList()) {
      PtNDArray[] all = value.toTensorArray(manager);
      for (int i = 0; i < all.length; i++) {
        found.put(child(name, Integer.toString(i)), all[i]);
      }
    } else if (value.isMap()) {
      Map<String, IValue> parts = new TreeMap<>(value.toIValueMap());
      parts.forEach((key, part) -> collect(child(name, key), part, manager, found));
      close(parts.values());
    } else if (value.isTuple() || value.isList()) {
      List<IValue> parts =
          Arrays.asList(value.isTuple() ? value.toIValueTuple() : value.toIValueArray());
      for (int i = 0; i < parts.size(); i++) {
        collect(child(name, Integer.toString(i)), parts.get(i), manager, found);
      }
      close(parts);
    }
  }

  private static void close(Collection<IValue> parts) {
    parts.forEach(IValue::close);
  }

  private static String child(String name, String part) {
    return name.isEmpty() ? part : name + "." + part;
  }
}
