package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Shape;
import java.util.Objects;

/**
 * A value a network is given: the normalised image, usually [1, 3, ?, ?].
 *
 * @param name the value's name
 * @param shape its shape; extents may be unknown
 */
public record NetworkInput(String name, Shape shape) {
  public NetworkInput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
  }
}
