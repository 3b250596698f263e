package io.drivemark.architectures.graph.op;

import static io.drivemark.architectures.graph.op.Shape.UNKNOWN;

import java.util.List;

/** Shape arithmetic shared by the operators. */
final class Shapes {
  private Shapes() {}

  /** Extent after a sliding window; unknown stays unknown. */
  static int window(int size, int kernel, int stride, int dilation, int pads, boolean ceil) {
    if (size == UNKNOWN) {
      return UNKNOWN;
    }
    require(
        kernel >= 1 && stride >= 1 && dilation >= 1,
        "a window of %s, stride %s, dilation %s",
        kernel,
        stride,
        dilation);
    int span = size + pads - dilation * (kernel - 1) - 1;
    require(
        span >= 0,
        "a window of %s does not fit an extent of %s",
        dilation * (kernel - 1) + 1,
        size + pads);
    return (ceil ? Math.floorDiv(span + stride - 1, stride) : span / stride) + 1;
  }

  static int times(int size, double factor) {
    return size == UNKNOWN ? UNKNOWN : (int) Math.floor(size * factor + 1e-9);
  }

  static int plus(int size, int more) {
    return size == UNKNOWN ? UNKNOWN : size + more;
  }

  /** The extent two operands agree on. */
  static int same(int a, int b, String what) {
    require(a == UNKNOWN || b == UNKNOWN || a == b, "%s do not agree: %s and %s", what, a, b);
    return a == UNKNOWN ? b : a;
  }

  /** The extent {@code x} and {@code y} that two shapes agree on. */
  static int same(int x, int y, String which, Shape a, Shape b) {
    require(
        x == UNKNOWN || y == UNKNOWN || x == y,
        "%s of %s and %s do not agree: %s and %s",
        which,
        a,
        b,
        x,
        y);
    return x == UNKNOWN ? y : x;
  }

  /** NumPy broadcasting. */
  static Shape broadcast(Shape a, Shape b) {
    if (!a.hasRank() || !b.hasRank()) {
      return Shape.unknown();
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i > a.rank() ? 1 : a.extent(-i);
      int y = i > b.rank() ? 1 : b.extent(-i);
      if (x == 1) {
        out[rank - i] = y;
      } else if (y == 1) {
        out[rank - i] = x;
      } else {
        out[rank - i] = same(x, y, "extents", a, b);
      }
    }
    return Shape.of(out);
  }

  static Shape map(int n, int c, int h, int w) {
    return Shape.of(n, c, h, w);
  }

  static void requireMap(Shape shape, String operator) {
    require(shape.rank() == 4, "%s takes a map [N, C, H, W], found %s", operator, shape);
  }

  static void requireInputs(List<Shape> inputs, int from, int to, String operator) {
    require(
        inputs.size() >= from && inputs.size() <= to,
        "%s takes %s inputs, found %s",
        operator,
        from == to ? from : from + " to " + to,
        inputs.size());
  }

  static void require(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, message, arguments));
    }
  }
}
