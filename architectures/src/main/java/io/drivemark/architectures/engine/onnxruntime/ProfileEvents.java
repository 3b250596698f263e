package io.drivemark.architectures.engine.onnxruntime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.engine.OperatorTime;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events that ONNX Runtime's profiling writes: a JSON list, of which those of the category
 * {@code Node} whose names end in {@code _kernel_time} say how many microseconds an operator took.
 * A fused operator bears the name of one of its nodes; the others are found by walking on from them
 * to the first node that has a time. Stateless.
 */
final class ProfileEvents {
  private static final String KERNEL = "_kernel_time";
  private static final String BLOCKED = "_nchwc";
  private static final double MICROS_PER_MS = 1e3;

  private ProfileEvents() {}

  /**
   * Reads the file of a session's events.
   *
   * @param runs how many of the last runs count
   * @throws UnavailableException if it is not what this reader knows
   */
  static List<OperatorTime> read(Path file, Network network, int runs) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UnavailableException(
          "operator times: the profile " + file + " cannot be read: " + e, e);
    }
    return parse(text, network, runs);
  }

  static List<OperatorTime> parse(String text, Network network, int runs) {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    Map<String, String> operators = new HashMap<>();
    for (JsonNode event : events(text)) {
      String name = event.path("name").asText();
      if (event.path("cat").asText().equals("Node") && name.endsWith(KERNEL)) {
        if (!event.path("dur").isNumber() || !event.path("args").path("op_name").isTextual()) {
          throw unknown("its event " + name + " has no duration or no operator", null);
        }
        String operator = name.substring(0, name.length() - KERNEL.length());
        times
            .computeIfAbsent(operator, k -> new ArrayList<>())
            .add(event.get("dur").doubleValue() / MICROS_PER_MS);
        operators.put(operator, event.get("args").get("op_name").textValue());
      }
    }
    if (times.isEmpty()) {
      throw unknown("it has no times of operators", null);
    }
    Map<String, String> own = new LinkedHashMap<>(); // runtime's name → our node's, if any
    Set<String> nodes = new TreeSet<>();
    network.nodes().forEach(n -> nodes.add(n.name()));
    times.keySet().forEach(name -> own.put(name, node(name, nodes)));
    Map<String, List<String>> covered = covered(network, new TreeSet<>(own.values()));
    List<OperatorTime> out = new ArrayList<>();
    Set<String> reported = new TreeSet<>();
    times.forEach(
        (name, all) -> {
          String node = own.get(name);
          // A node that was lowered to several operators is told as a whole by the first.
          List<String> stands =
              node.isEmpty() || !reported.add(node)
                  ? List.of()
                  : covered.getOrDefault(node, List.of());
          out.add(
              new OperatorTime(
                  node.isEmpty() ? name : node, operators.get(name), stands, median(all, runs)));
        });
    return out;
  }

  private static JsonNode events(String text) {
    try {
      JsonNode events = new ObjectMapper().readTree(text);
      if (events.isArray()) {
        return events;
      }
      throw unknown("it is no list of events", null);
    } catch (JsonProcessingException e) {
      throw unknown("it is no JSON", e);
    }
  }

  private static UnavailableException unknown(String why, Exception cause) {
    return new UnavailableException(
        "operator times: this version of onnxruntime writes a profile that is not understood: "
            + why
            + "; measure without them",
        cause);
  }

  /** Our node that an operator of the runtime was made from; empty if there is none. */
  private static String node(String operator, Set<String> nodes) {
    String name =
        operator.endsWith(BLOCKED)
            ? operator.substring(0, operator.length() - BLOCKED.length())
            : operator;
    String best = "";
    for (String node : nodes) {
      boolean begins =
          name.startsWith(node)
              && (name.length() == node.length()
                  || !Character.isLetterOrDigit(name.charAt(node.length())));
      if (begins && node.length() > best.length()) {
        best = node;
      }
    }
    return best;
  }

  /** The nodes that each timed node stands for: itself, and those fused into it. */
  private static Map<String, List<String>> covered(Network network, Set<String> timed) {
    Map<String, Node> readers = new HashMap<>(); // value → the first that reads it
    for (Node node : network.nodes()) {
      node.inputs().forEach(i -> readers.putIfAbsent(i, node));
    }
    Map<String, List<String>> covered = new HashMap<>();
    for (Node node : network.nodes()) {
      Node at = node;
      while (at != null && !timed.contains(at.name())) {
        at = readers.get(at.output());
      }
      if (at != null) {
        covered.computeIfAbsent(at.name(), k -> new ArrayList<>()).add(node.name());
      }
    }
    return covered;
  }

  private static double median(List<Double> all, int runs) {
    List<Double> last = new ArrayList<>(all.subList(Math.max(0, all.size() - runs), all.size()));
    Collections.sort(last);
    int n = last.size();
    return (last.get((n - 1) / 2) + last.get(n / 2)) / 2;
  }
}
