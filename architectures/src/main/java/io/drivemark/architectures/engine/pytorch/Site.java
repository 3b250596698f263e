package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;

/**
 * Where a kernel writes its operator: the node's operands as TorchScript expressions, the shapes
 * around it, and a place for lines. One a node; not thread-safe.
 */
final class Site {
  private final ScriptWriter writer;
  private final Node node;

  Site(ScriptWriter writer, Node node) {
    this.writer = writer;
    this.node = node;
  }

  Node node() {
    return node;
  }

  /** Whether the script is for training: with dropout. */
  boolean training() {
    return writer.mode().isTraining();
  }

  /** Whether normalisation is by the batch. */
  boolean batchStatistics() {
    return writer.mode().usesBatchStatistics();
  }

  int operands() {
    return node.inputs().size();
  }

  /** The expression of an operand. */
  String in(int operand) {
    return writer.expression(node.inputs().get(operand));
  }

  /** The expression of an operand, {@code None} where the node has fewer. */
  String inOrNone(int operand) {
    return operand < operands() ? in(operand) : "None";
  }

  Shape inShape(int operand) {
    return writer.shape(node.inputs().get(operand));
  }

  Shape outShape(int output) {
    return writer.shape(node.outputs().get(output));
  }

  /** The shape of the first input of the node that makes an operand. */
  Shape shapeBefore(int operand) {
    return writer.shape(writer.maker(node.inputs().get(operand)).inputs().get(0));
  }

  /** Writes a line that computes a helper value and returns its name. */
  String let(String expression) {
    return writer.let(expression);
  }

  /** Says what an output is. */
  void out(int output, String expression) {
    writer.assign(node.outputs().get(output), expression);
  }

  /** Says what the only output is. */
  void out(String expression) {
    out(0, expression);
  }

  /**
   * A part of a map along an axis; all of it is the map itself, whose gradient needs no copy.
   *
   * @param extent of the map along the axis
   */
  String part(String map, int axis, int extent, int from, int to) {
    return from == 0 && to == extent ? map : let(call("slice", map, axis, from, to, 1));
  }

  /** Calls an ATen operator: {@code torch.name(a, b, …)}. */
  static String call(String name, Object... arguments) {
    StringBuilder text = new StringBuilder("torch.").append(name).append('(');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ").append(literal(arguments[i]));
    }
    return text.append(')').toString();
  }

  private static String literal(Object argument) {
    if (argument instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (argument instanceof int[] numbers) {
      return java.util.Arrays.toString(numbers);
    }
    if (argument instanceof List<?> items) {
      return "[" + String.join(", ", items.stream().map(Site::literal).toList()) + "]";
    }
    if (argument instanceof Double number && number.isInfinite()) {
      return number > 0 ? "float('inf')" : "float('-inf')";
    }
    return argument.toString();
  }
}
