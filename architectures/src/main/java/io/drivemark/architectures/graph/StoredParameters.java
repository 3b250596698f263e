package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Opaque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The learned values of a network as they are stored: float32 weights, and tensors of other types
 * that foreign operators hold. Of a quantised tensor its values count, not the scales and zero
 * points that say what they mean. Immutable.
 *
 * @param byNode how many values a node reads that no node before it did, by node name
 * @param byType how many values were counted of each type, for example {@code int8}
 * @param exact whether every stored tensor could be told to be learned values or none
 */
public record StoredParameters(Map<String, Long> byNode, Map<String, Long> byType, boolean exact) {
  private static final Set<String> FRACTIONS = Set.of("float16", "bfloat16", "float64");
  private static final Set<String> SMALL = Set.of("int8", "uint8", "int4", "uint4");

  /** Inputs of ONNX's quantised operators that hold learned values; all others describe them. */
  private static final Map<String, Set<Integer>> QUANTISED =
      Map.of(
          "QuantizeLinear", Set.of(),
          "DequantizeLinear", Set.of(0),
          "DynamicQuantizeLinear", Set.of(),
          "QLinearConv", Set.of(3, 8),
          "ConvInteger", Set.of(1),
          "QLinearMatMul", Set.of(0, 3),
          "MatMulInteger", Set.of(0, 1));

  /** Those of the nodes that some values need. */
  public static StoredParameters of(Network network, Collection<String> values) {
    Map<String, Opaque.Stored> stored = new HashMap<>();
    Set<String> counted = new HashSet<>();
    Map<String, Long> byNode = new HashMap<>();
    Map<String, Long> byType = new HashMap<>();
    boolean exact = !network.isTorchScript();
    for (Node node : Cost.needed(network, values)) {
      if (node.op() instanceof Opaque opaque && opaque.stored().isPresent()) {
        stored.put(node.output(), opaque.stored().get());
      }
      long sum = 0;
      for (int i = 0; i < node.inputs().size(); i++) {
        String value = node.inputs().get(i);
        Weight weight = network.weights().get(value);
        if (weight != null) {
          boolean learned = weight.role() == Weight.Role.LEARNED && !describes(node, i);
          if (learned && counted.add(value)) {
            long count = weight.tensor().shape().elements();
            sum = Math.addExact(sum, count);
            byType.merge("float32", count, Math::addExact);
          }
        } else if (stored.containsKey(value)) {
          Opaque.Stored tensor = stored.get(value);
          if (isLearned(node, i, tensor)) {
            if (counted.add(value)) {
              long count = tensor.shape().elements();
              sum = Math.addExact(sum, count);
              byType.merge(tensor.type(), count, Math::addExact);
            }
          } else {
            exact &= !mayBeLearned(node, tensor);
          }
        }
      }
      if (sum > 0) {
        byNode.put(node.name(), sum);
      }
    }
    return new StoredParameters(Map.copyOf(byNode), Map.copyOf(byType), exact);
  }

  /** Those that output 0 of a network needs. */
  public static StoredParameters of(Network network) {
    return of(network, network.outputs().subList(0, 1));
  }

  /** Those of all outputs, auxiliary heads included: what a training learns. */
  public static StoredParameters inTraining(Network network) {
    return of(network, network.outputs());
  }

  /** How many there are; empty where that is not known, as in a TorchScript file. */
  public OptionalLong count() {
    return exact ? OptionalLong.of(total()) : OptionalLong.empty();
  }

  private static boolean isQuantised(Node node) {
    return node.op() instanceof Opaque o && o.domain().isEmpty() && QUANTISED.containsKey(o.type());
  }

  private static boolean describes(Node node, int input) {
    return isQuantised(node) && !QUANTISED.get(((Opaque) node.op()).type()).contains(input);
  }

  private static boolean isLearned(Node node, int input, Opaque.Stored tensor) {
    if (tensor.shape().rank() == 0) {
      return false;
    }
    if (isQuantised(node)) {
      return !describes(node, input);
    }
    if (FRACTIONS.contains(tensor.type())) {
      return !(node.op() instanceof BatchNorm && input >= 3);
    }
    boolean cast = node.op() instanceof Opaque o && o.isCounted() && o.type().equals("Cast");
    return cast && tensor.shape().rank() > 1;
  }

  private static boolean mayBeLearned(Node node, Opaque.Stored tensor) {
    return !isQuantised(node) && SMALL.contains(tensor.type()) && tensor.shape().rank() > 0;
  }

  /** The values of all nodes together. */
  public long total() {
    return byNode.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * What they take in a file, each value at its own width; empty where not all are known, or where
   * a type has no width that is known.
   */
  public OptionalLong bytes() {
    if (!exact) {
      return OptionalLong.empty();
    }
    long bits = 0;
    for (Map.Entry<String, Long> type : byType.entrySet()) {
      int width = bits(type.getKey());
      if (width == 0) {
        return OptionalLong.empty();
      }
      bits = Math.addExact(bits, Math.multiplyExact(type.getValue(), width));
    }
    return OptionalLong.of(Math.floorDiv(Math.addExact(bits, 7), 8));
  }

  private static int bits(String type) {
    return switch (type) {
      case "float64", "int64", "uint64" -> 64;
      case "float32", "int32", "uint32" -> 32;
      case "float16", "bfloat16", "int16", "uint16" -> 16;
      case "int8", "uint8" -> 8;
      case "int4", "uint4" -> 4;
      default -> 0;
    };
  }

  /**
   * In a word: {@code fp32}, {@code fp16}, {@code int8}, {@code mixed (fp16, fp32)}; biases of
   * quantised layers, which are stored as int32, do not count. {@code unknown} where not every
   * stored tensor could be told.
   */
  public String precision() {
    if (!exact) {
      return "unknown";
    }
    Set<String> words = new TreeSet<>();
    boolean small = byType.keySet().stream().anyMatch(SMALL::contains);
    for (String type : byType.keySet()) {
      if (!small || !type.equals("int32")) {
        words.add(word(type));
      }
    }
    List<String> all = new ArrayList<>(words);
    return switch (all.size()) {
      case 0 -> "fp32";
      case 1 -> all.get(0);
      default -> "mixed (" + String.join(", ", all) + ")";
    };
  }

  private static String word(String type) {
    return switch (type) {
      case "float32" -> "fp32";
      case "float16" -> "fp16";
      case "bfloat16" -> "bf16";
      case "float64" -> "fp64";
      case "uint8" -> "int8";
      case "uint4" -> "int4";
      default -> type;
    };
  }
}
