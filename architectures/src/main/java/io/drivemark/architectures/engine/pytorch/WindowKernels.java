package io.drivemark.architectures.engine.pytorch;

import static io.drivemark.architectures.engine.pytorch.Site.call;

import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;

/**
 * Kernels of operators with a window or a sampling grid. PyTorch pads symmetrically and drops a
 * last window that begins in the padding; where the graph says otherwise the map is padded
 * beforehand. Stateless.
 */
final class WindowKernels {
  private WindowKernels() {}

  static void conv(Conv2d op, Site s) {
    if (FoldedConv.write(op, s)) {
      return;
    }
    Padding p = op.padding();
    String x = s.in(0);
    int[] pads = {p.top(), p.left()};
    if (!symmetric(p)) {
      x = s.let(pad(x, p, 0, 0, 0.0));
      pads = new int[] {0, 0};
    }
    s.out(
        call(
            "conv2d",
            x,
            s.in(1),
            s.inOrNone(2),
            both(op.stride()),
            pads,
            both(op.dilation()),
            op.groups()));
  }

  static void convTranspose(ConvTranspose2d op, Site s) {
    Padding p = op.padding();
    int[] pads = symmetric(p) ? new int[] {p.top(), p.left()} : new int[] {0, 0};
    String y =
        call(
            "conv_transpose2d",
            s.in(0),
            s.in(1),
            s.inOrNone(2),
            both(op.stride()),
            pads,
            both(op.outputPadding()),
            op.groups(),
            both(op.dilation()));
    if (!symmetric(p)) {
      Shape out = s.outShape(0);
      int height = p.top() + out.height() + p.bottom();
      int width = p.left() + out.width() + p.right();
      String rows = s.part(s.let(y), 2, height, p.top(), p.top() + out.height());
      y = s.part(rows, 3, width, p.left(), p.left() + out.width());
    }
    s.out(y);
  }

  static void maxPool(MaxPool op, Site s) {
    Padding p = op.padding();
    Shape x = s.inShape(0);
    int down = missing(x.height(), p.top() + p.bottom(), op.kernel().h(), op.stride().h(), s, 2);
    int right = missing(x.width(), p.left() + p.right(), op.kernel().w(), op.stride().w(), s, 3);
    boolean plain = fits(p, op.kernel()) && down <= 0 && right <= 0;
    if (op.indices()) {
      if (!plain || !p.equals(Padding.NONE)) {
        throw new io.drivemark.problem.BadInputException(
            "engine pytorch cannot run node '"
                + s.node().name()
                + "': MaxPool with indices takes no padding and no ceil rule that pads");
      }
      String both =
          call(
              "max_pool2d_with_indices",
              s.in(0),
              both(op.kernel()),
              both(op.stride()),
              new int[] {0, 0},
              new int[] {1, 1},
              false);
      String pair = s.let(both);
      s.out(0, pair + "[0]");
      s.out(1, pair + "[1]");
      return;
    }
    String map = s.in(0);
    int[] pads = {p.top(), p.left()};
    if (!plain) {
      map = s.let(pad(map, p, Math.max(0, down), Math.max(0, right), Double.NEGATIVE_INFINITY));
      pads = new int[] {0, 0};
    }
    s.out(
        call(
            "max_pool2d",
            map,
            both(op.kernel()),
            both(op.stride()),
            pads,
            new int[] {1, 1},
            false));
  }

  static void maxUnpool(MaxUnpool op, Site s) {
    Shape before = s.shapeBefore(1);
    Shape out = s.outShape(0);
    String indices = s.in(1);
    if (before.width() != out.width()) {
      // Positions count along rows of the pooled map's input, which are longer than ours.
      String row = s.let(call("floor_divide", indices, before.width()));
      String column = s.let(call("remainder", indices, before.width()));
      indices = s.let(call("add", call("mul", row, out.width()), column));
    }
    s.out(call("max_unpool2d", s.in(0), indices, new int[] {out.height(), out.width()}));
  }

  static void averagePool(AveragePool op, Site s) {
    Padding p = op.padding();
    Shape x = s.inShape(0);
    int down = missing(x.height(), p.top() + p.bottom(), op.kernel().h(), op.stride().h(), s, 2);
    int right = missing(x.width(), p.left() + p.right(), op.kernel().w(), op.stride().w(), s, 3);
    if (fits(p, op.kernel()) && down <= 0 && right <= 0) {
      s.out(
          call(
              "avg_pool2d",
              s.in(0),
              both(op.kernel()),
              both(op.stride()),
              new int[] {p.top(), p.left()},
              false,
              op.countPadding(),
              "None"));
      return;
    }
    int more = Math.max(0, down);
    int moreRight = Math.max(0, right);
    String counted = call("ones_like", s.in(0));
    if (op.countPadding()) {
      counted = pad(counted, p, 0, 0, 1.0);
      counted = pad(counted, Padding.NONE, more, moreRight, 0.0);
    } else {
      counted = pad(counted, p, more, moreRight, 0.0);
    }
    String sum = window(pad(s.in(0), p, more, moreRight, 0.0), op);
    s.out(call("div", s.let(sum), s.let(window(counted, op))));
  }

  static void adaptivePool(Site s) {
    int[] size = {s.outShape(0).height(), s.outShape(0).width()};
    s.out(call("adaptive_avg_pool2d", s.in(0), size));
  }

  /**
   * @param scales factors as PyTorch takes them, {@code None, None} where the sizes decide
   */
  static void resize(ResizeMode mode, String scales, Site s) {
    int[] size = {s.outShape(0).height(), s.outShape(0).width()};
    s.out(
        switch (mode) {
          case NEAREST -> call("upsample_nearest2d", s.in(0), size, scales);
          case BILINEAR -> call("upsample_bilinear2d", s.in(0), size, false, scales);
          case BILINEAR_ALIGN_CORNERS -> call("upsample_bilinear2d", s.in(0), size, true, scales);
        });
  }

  private static String window(String map, AveragePool op) {
    return call(
        "avg_pool2d",
        map,
        both(op.kernel()),
        both(op.stride()),
        new int[] {0, 0},
        false,
        true,
        "None");
  }

  /** Rows (or columns) that the last window of the output reaches beyond the padded map. */
  private static int missing(int size, int pads, int kernel, int stride, Site s, int axis) {
    return (s.outShape(0).extent(axis) - 1) * stride + kernel - size - pads;
  }

  private static boolean symmetric(Padding p) {
    return p.top() == p.bottom() && p.left() == p.right();
  }

  /** PyTorch pools pad by at most half the kernel. */
  private static boolean fits(Padding p, Extent kernel) {
    return symmetric(p) && 2 * p.top() <= kernel.h() && 2 * p.left() <= kernel.w();
  }

  private static String pad(String x, Padding p, int down, int right, double value) {
    return call(
        "constant_pad_nd",
        x,
        new int[] {p.left(), p.right() + right, p.top(), p.bottom() + down},
        value);
  }

  private static int[] both(Extent extent) {
    return new int[] {extent.h(), extent.w()};
  }
}
