package io.drivemark.architectures.engine;

import io.drivemark.architectures.graph.op.Shape;
import java.util.function.ToDoubleFunction;

/**
 * A value of a reference computation. Not changed once computed.
 *
 * @param shape its extents
 * @param data its elements in row-major order
 */
record ReferenceValue(Shape shape, double[] data) {
  static ReferenceValue of(Shape shape, ToDoubleFunction<int[]> element) {
    double[] data = new double[Math.toIntExact(shape.elements())];
    int[] at = new int[shape.rank()];
    for (int i = 0; i < data.length; i++) {
      data[i] = element.applyAsDouble(at);
      for (int d = at.length - 1; d >= 0 && ++at[d] == shape.extent(d); d--) {
        at[d] = 0;
      }
    }
    return new ReferenceValue(shape, data);
  }

  double at(int... index) {
    int flat = 0;
    for (int d = 0; d < index.length; d++) {
      flat = flat * shape.extent(d) + index[d];
    }
    return data[flat];
  }

  /** Element of a map, or what lies outside of it. */
  double or(double outside, int n, int c, int y, int x) {
    return y < 0 || x < 0 || y >= shape.height() || x >= shape.width() ? outside : at(n, c, y, x);
  }

  /** NumPy broadcasting: missing and single dimensions repeat. */
  double broadcast(int[] index) {
    int[] own = new int[shape.rank()];
    for (int d = 0; d < own.length; d++) {
      own[d] = shape.extent(d) == 1 ? 0 : index[index.length - own.length + d];
    }
    return at(own);
  }
}
