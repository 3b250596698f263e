package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of the image one value of a network's output can depend on: the extents of that window
 * in pixels of the input, through the path that sees most. Windows of paths that meet are taken as
 * concentric. Immutable.
 *
 * <p>A convolution adds (kernel − 1)·dilation·jump, where jump is the distance, in the image, of
 * two neighbouring values of its input; a stride multiplies the jump. A transposed convolution adds
 * ⌊(kernel − 1)·dilation/stride⌋·jump and divides it, a bilinear resize adds one jump. Two 3×3
 * convolutions, the first of stride 2, see 3 + 2·2 = 7 pixels.
 *
 * <p>Reference: Araujo, Norris, Sim, <i>Computing Receptive Fields of Convolutional Neural
 * Networks</i>, Distill 2019, doi 10.23915/distill.00021.
 *
 * @param height rows, may be more than the image has
 * @param width columns
 * @param whole whether a mean over all of the map, or an operator that mixes positions, makes it
 *     the whole image; the extents are then those of the other paths
 */
public record ReceptiveField(long height, long width, boolean whole) {
  private static final Set<Class<? extends Op>> MIXING =
      Set.of(Opaque.class, MatMul.class, Reshape.class, Gather.class);

  /** Of these only the first input's values are read, of the second its size. */
  private static final Set<Class<? extends Op>> SIZED_LIKE =
      Set.of(CropLike.class, ResizeLike.class, AdaptiveAveragePoolLike.class);

  /** One axis of a value: window and jump. */
  private record View(double window, double jump) {
    static final View PIXEL = new View(1, 1);

    /** Through a window of {@code reach} further values, the outputs' distance times a factor. */
    View through(double reach, double factor) {
      return new View(window + reach * jump, jump * factor);
    }

    View with(View other) {
      return new View(Math.max(window, other.window), Math.max(jump, other.jump));
    }
  }

  /** Both axes of a value, and which of its dimensions they are. */
  private record Field(View rows, View columns, boolean whole, int rowAxis, int columnAxis) {
    static final Field PIXELS = new Field(View.PIXEL, View.PIXEL, false, 2, 3);

    Field with(Field other) {
      return new Field(
          rows.with(other.rows),
          columns.with(other.columns),
          whole || other.whole || rowAxis != other.rowAxis || columnAxis != other.columnAxis,
          rowAxis,
          columnAxis);
    }

    /** Through an operator that works along rows and columns; these must stand last. */
    Field through(View newRows, View newColumns) {
      boolean last = rowAxis == 2 && columnAxis == 3;
      return new Field(newRows, newColumns, whole || !last, rowAxis, columnAxis);
    }

    Field allOver() {
      return new Field(rows, columns, true, rowAxis, columnAxis);
    }

    Field turned(List<Integer> order) {
      return new Field(rows, columns, whole, order.indexOf(rowAxis), order.indexOf(columnAxis));
    }

    /** Through an operator that makes one of all values along some axes. */
    Field reduced(List<Integer> axes, boolean keep, Shape before) {
      List<Integer> gone =
          axes.stream().map(a -> a < 0 && before.hasRank() ? a + before.rank() : a).toList();
      boolean mixes = gone.contains(rowAxis) || gone.contains(columnAxis);
      return new Field(
          rows,
          columns,
          whole || mixes,
          keep ? rowAxis : without(gone, rowAxis),
          keep ? columnAxis : without(gone, columnAxis));
    }

    private static int without(List<Integer> gone, int axis) {
      return axis - (int) gone.stream().filter(a -> a < axis).count();
    }
  }

  /**
   * The receptive field of output 0 at an input size, which matters where maps are resized to each
   * other.
   *
   * @throws IllegalArgumentException if the network cannot take this size
   */
  public static ReceptiveField of(Network network, int height, int width) {
    return of(network, network.outputs().get(0), height, width);
  }

  /** The receptive field of one output, as {@link #of(Network, int, int)}. */
  public static ReceptiveField of(Network network, String output, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    Map<String, Field> fields = new HashMap<>();
    for (NetworkInput input : network.inputs()) {
      fields.put(input.name(), Field.PIXELS);
    }
    for (Node node : Cost.needed(network, List.of(output))) {
      Field in = joined(node, fields);
      if (in != null) {
        Field out = through(node, in, shapes);
        node.outputs().forEach(o -> fields.put(o, out));
      }
    }
    Field seen = fields.get(output);
    if (seen == null) {
      throw new IllegalArgumentException(
          "network " + network.name() + ": output " + output + " depends on no input");
    }
    return new ReceptiveField(
        Math.round(seen.rows().window()), Math.round(seen.columns().window()), seen.whole());
  }

  private static Field joined(Node node, Map<String, Field> fields) {
    List<String> read =
        SIZED_LIKE.contains(node.op().getClass()) ? node.inputs().subList(0, 1) : node.inputs();
    Field all = null;
    for (String input : read) {
      Field one = fields.get(input);
      all = one == null ? all : all == null ? one : all.with(one);
    }
    return all;
  }

  private static Field through(Node node, Field in, Map<String, Shape> shapes) {
    Op op = node.op();
    Shape before = shapes.get(node.inputs().get(0));
    Shape after = shapes.get(node.output());
    if (op instanceof Conv2d o) {
      return window(in, kernel(shapes.get(node.inputs().get(1))), o.dilation(), o.stride());
    } else if (op instanceof ConvTranspose2d o) {
      Extent kernel = kernel(shapes.get(node.inputs().get(1)));
      // whole pixels: a tap between two of them reads none
      int tall = (kernel.h() - 1) * o.dilation().h() / o.stride().h();
      int wide = (kernel.w() - 1) * o.dilation().w() / o.stride().w();
      return in.through(
          in.rows().through(tall, 1.0 / o.stride().h()),
          in.columns().through(wide, 1.0 / o.stride().w()));
    } else if (op instanceof MaxPool o) {
      return window(in, o.kernel(), Extent.ONE, o.stride());
    } else if (op instanceof AveragePool o) {
      return window(in, o.kernel(), Extent.ONE, o.stride());
    } else if (op instanceof MaxUnpool o) {
      return in.through(
          in.rows().through(0, 1.0 / o.stride().h()),
          in.columns().through(0, 1.0 / o.stride().w()));
    } else if (op instanceof Resize o) {
      return resized(in, o.mode(), before, after);
    } else if (op instanceof ResizeLike o) {
      return resized(in, o.mode(), before, after);
    } else if (op instanceof ResizeScaled o) {
      return resized(in, o.mode(), before, after);
    } else if (op instanceof ResizeTo o) {
      return resized(in, o.mode(), before, after);
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      return pooled(in, before, after);
    }
    return rearranged(op, in, before);
  }

  private static Field rearranged(Op op, Field in, Shape before) {
    if (op instanceof Transpose o) {
      return in.turned(o.order());
    } else if (op instanceof ArgMax o) {
      return in.reduced(List.of(o.axis()), o.keepAxis(), before);
    } else if (op instanceof ReduceMean o) {
      return in.reduced(o.axes(), o.keepAxes(), before);
    } else if (op instanceof Softmax o) {
      return in.reduced(List.of(o.axis()), true, before);
    }
    boolean mixes =
        MIXING.contains(op.getClass()) && !(op instanceof Opaque o && o.isElementwise())
            || op instanceof GlobalPool;
    return mixes ? in.allOver() : in;
  }

  private static Extent kernel(Shape weight) {
    return new Extent(weight.extent(2), weight.extent(3));
  }

  private static Field window(Field in, Extent kernel, Extent dilation, Extent stride) {
    return in.through(
        in.rows().through((kernel.h() - 1) * dilation.h(), stride.h()),
        in.columns().through((kernel.w() - 1) * dilation.w(), stride.w()));
  }

  private static Field resized(Field in, ResizeMode mode, Shape before, Shape after) {
    if (!before.isKnown() || !after.isKnown()) {
      return in.allOver();
    }
    return in.through(
        resized(in.rows(), mode, before.height(), after.height()),
        resized(in.columns(), mode, before.width(), after.width()));
  }

  private static View resized(View in, ResizeMode mode, int before, int after) {
    boolean interpolates = mode != ResizeMode.NEAREST && before > 1 && before != after;
    return in.through(interpolates ? 1 : 0, (double) before / after);
  }

  private static Field pooled(Field in, Shape before, Shape after) {
    boolean all =
        !before.isKnown() || !after.isKnown() || after.height() == 1 || after.width() == 1;
    return all
        ? in.allOver()
        : in.through(
            pooled(in.rows(), before.height(), after.height()),
            pooled(in.columns(), before.width(), after.width()));
  }

  /** The longest cell: ⌈(i + 1)·before/after⌉ − ⌊i·before/after⌋ over all i. */
  private static View pooled(View in, int before, int after) {
    int longest = 1;
    for (int i = 0; i < after; i++) {
      int from = i * before / after;
      int to = ((i + 1) * before + after - 1) / after;
      longest = Math.max(longest, to - from);
    }
    return in.through(longest - 1, (double) before / after);
  }
}
