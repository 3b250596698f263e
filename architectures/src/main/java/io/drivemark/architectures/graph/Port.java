package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Shape;
import java.util.Objects;

/**
 * An input or output of a network as its file declares it. Immutable.
 *
 * @param name the value's name
 * @param type of its elements in words, for example {@code float32}; empty where it is not known
 * @param shape its extents as far as they are known
 */
public record Port(String name, String type, Shape shape) {
  public Port {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(shape, "shape");
  }

  /** For a line of text: {@code main float32 [1, 5, 48, 64]}. */
  @Override
  public String toString() {
    return name + (type.isEmpty() ? "" : " " + type) + " " + shape;
  }
}
