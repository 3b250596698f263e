package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of an ONNX node, with defaults. */
final class Attributes {
  private final Map<String, AttributeProto> all = new HashMap<>();

  Attributes(NodeProto node) {
    node.getAttributeList().forEach(a -> all.put(a.getName(), a));
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  /** Whether there are no attributes but these. */
  boolean only(String... names) {
    return Set.of(names).containsAll(all.keySet());
  }

  int integer(String name, int otherwise) {
    return has(name) ? Math.toIntExact(all.get(name).getI()) : otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? all.get(name).getI() != 0 : otherwise;
  }

  /** A number with the shortest decimal that is this float32: 1e-5 stays 1e-5. */
  double number(String name, double otherwise) {
    return has(name) ? shortest(all.get(name).getF()) : otherwise;
  }

  static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  String text(String name, String otherwise) {
    return has(name) ? all.get(name).getS().toStringUtf8() : otherwise;
  }

  List<Integer> integers(String name, List<Integer> otherwise) {
    return has(name) ? integers(all.get(name).getIntsList()) : otherwise;
  }

  List<Float> floats(String name) {
    return all.get(name).getFloatsList();
  }

  /** Longs as ints; what is larger (ONNX writes "to the end" so) becomes the largest int. */
  static List<Integer> integers(Iterable<Long> values) {
    List<Integer> ints = new ArrayList<>();
    for (long value : values) {
      ints.add((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)));
    }
    return ints;
  }
}
