package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Brings the nodes of a graph into an order in which every value is made before it is read. */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * The graph with its nodes in order; the same graph if they are already.
   *
   * @param notes gets a sentence if they were not
   * @throws BadInputException if values depend on each other in a circle
   */
  static GraphProto ordered(GraphProto graph, String source, List<String> notes) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      for (String output : graph.getNode(i).getOutputList()) {
        makers.putIfAbsent(output, i);
      }
    }
    List<Set<Integer>> needs = new ArrayList<>();
    boolean inOrder = true;
    for (int i = 0; i < graph.getNodeCount(); i++) {
      Set<Integer> needed = new HashSet<>();
      for (String value :
          ValueNames.read(GraphProto.newBuilder().addNode(graph.getNode(i)).build())) {
        Integer maker = value.isEmpty() ? null : makers.get(value);
        if (maker != null) {
          needed.add(maker);
          inOrder &= maker < i;
        }
      }
      needs.add(needed);
    }
    if (inOrder) {
      return graph;
    }
    List<NodeProto> nodes = sorted(graph, needs);
    if (nodes.size() < graph.getNodeCount()) {
      Set<NodeProto> placed = new HashSet<>(nodes);
      NodeProto stuck =
          graph.getNodeList().stream().filter(n -> !placed.contains(n)).findFirst().orElseThrow();
      throw new BadInputException(
          source
              + ": its operators depend on each other in a circle, "
              + stuck.getOpType()
              + " "
              + stuck.getName()
              + " is one of them; the file is damaged: copy or export it again");
    }
    notes.add("its operators stand in another order than they run in, and were sorted");
    return graph.toBuilder().clearNode().addAllNode(nodes).build();
  }

  /** Those that can run, each after what it needs, else in the file's order. */
  private static List<NodeProto> sorted(GraphProto graph, List<Set<Integer>> needs) {
    List<List<Integer>> readers = new ArrayList<>();
    int[] open = new int[needs.size()];
    needs.forEach(n -> readers.add(new ArrayList<>()));
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < open.length; i++) {
      open[i] = needs.get(i).size();
      for (int needed : needs.get(i)) {
        readers.get(needed).add(i);
      }
      if (open[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> nodes = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      nodes.add(graph.getNode(next));
      for (int reader : readers.get(next)) {
        open[reader]--;
        if (open[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    return nodes;
  }

  /** The graph with one tensor a name: of several the last, as ONNX Runtime takes them. */
  static GraphProto withoutRepeatedTensors(GraphProto graph, List<String> notes) {
    Map<String, TensorProto> last = new LinkedHashMap<>();
    graph.getInitializerList().forEach(t -> last.put(t.getName(), t));
    if (last.size() == graph.getInitializerCount()) {
      return graph;
    }
    notes.add(
        "it has "
            + graph.getInitializerCount()
            + " stored tensors under "
            + last.size()
            + " names; of those with one name the last was taken, as ONNX Runtime does");
    return graph.toBuilder().clearInitializer().addAllInitializer(last.values()).build();
  }
}
