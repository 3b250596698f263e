package io.drivemark.architectures.sheet;

import io.drivemark.architectures.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of nodes such as {@code stage1.2.conv}, taken apart at their dots. Stateless. */
final class NameParts {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)");

  private NameParts() {}

  /**
   * The block each node belongs to: as many of the first parts of its name as keep blocks of
   * several weighty operators whole.
   */
  static List<String> keys(List<Node> nodes, Predicate<Node> weighty) {
    Map<Node, String> keys = new LinkedHashMap<>();
    divide(nodes, 0, weighty, keys);
    return nodes.stream().map(keys::get).toList();
  }

  private static void divide(
      List<Node> nodes, int depth, Predicate<Node> weighty, Map<Node, String> keys) {
    int deepest = nodes.stream().mapToInt(n -> parts(n).length).max().orElse(0);
    for (int next = depth + 1; next <= deepest; next++) {
      Map<String, List<Node>> children = new LinkedHashMap<>();
      for (Node node : nodes) {
        children.computeIfAbsent(first(node, next), key -> new ArrayList<>()).add(node);
      }
      long heavy =
          children.values().stream().filter(c -> c.stream().filter(weighty).count() > 1).count();
      if (heavy > 1 || depth == 0) {
        int reached = next;
        children.forEach(
            (key, members) -> {
              members.forEach(m -> keys.put(m, key));
              divide(members, reached, weighty, keys);
            });
        return;
      }
    }
  }

  private static String[] parts(Node node) {
    return node.name().split("\\.", -1);
  }

  private static String first(Node node, int count) {
    String[] parts = parts(node);
    return String.join(".", List.of(parts).subList(0, Math.min(count, parts.length)));
  }

  /** A name without the number at its end. */
  static String base(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  /** What a run of blocks is called: {@code stage1.1–4} for stage1.1 to stage1.4. */
  static String run(List<String> names) {
    String first = names.get(0);
    return names.size() == 1 ? first : first + "–" + number(names.get(names.size() - 1));
  }

  private static String number(String name) {
    return name.substring(base(name).length());
  }

  /** What two different blocks together are called: {@code conv1 … conv2}. */
  static String span(String first, String last) {
    String from = first.split(" … ")[0];
    String[] to = last.split(" … ");
    return from + " … " + to[to.length - 1];
  }
}
