package io.drivemark.architectures.onnx;

import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;

/**
 * Reads ONNX nodes that slide a window over height and width; null where the node is of another
 * kind: one or three dimensions, padding worked out at run time. Immutable.
 */
record WindowNodes(NodeView view) {
  Op convolution() {
    Window window = window(weightKernel());
    if (window == null) {
      return null;
    }
    return new Conv2d(
        window.stride, window.padding, window.dilation, view.at().integer("group", 1));
  }

  Op transposedConvolution() {
    Window window = window(weightKernel());
    List<Integer> more = view.at().integers("output_padding", List.of(0, 0));
    if (window == null || view.at().has("output_shape") || more.size() != 2) {
      return null;
    }
    return new ConvTranspose2d(
        window.stride,
        window.padding,
        new Extent(more.get(0), more.get(1)),
        window.dilation,
        view.at().integer("group", 1));
  }

  private List<Integer> weightKernel() {
    Shape weight = view.shape(1);
    return view.at()
        .integers(
            "kernel_shape",
            weight.hasRank() && weight.rank() == 4
                ? List.of(weight.extent(2), weight.extent(3))
                : List.of());
  }

  Op maxPool() {
    Window window = window(view.at().integers("kernel_shape", List.of()));
    if (window == null
        || !window.dilation.equals(Extent.ONE)
        || view.at().integer("storage_order", 0) != 0) {
      return null;
    }
    boolean indices = view.node().getOutputCount() == 2 && !view.node().getOutput(1).isEmpty();
    return new MaxPool(
        window.kernel, window.stride, window.padding, view.at().flag("ceil_mode", false), indices);
  }

  Op maxUnpool() {
    Window window = window(view.at().integers("kernel_shape", List.of()));
    if (window == null || !window.padding.equals(Padding.NONE) || view.inputs() != 2) {
      return null;
    }
    return new MaxUnpool(window.kernel, window.stride);
  }

  Op averagePool() {
    Window window = window(view.at().integers("kernel_shape", List.of()));
    if (window == null || !window.dilation.equals(Extent.ONE)) {
      return null;
    }
    return new AveragePool(
        window.kernel,
        window.stride,
        window.padding,
        view.at().flag("ceil_mode", false),
        view.at().flag("count_include_pad", false));
  }

  private record Window(Extent kernel, Extent stride, Extent dilation, Padding padding) {}

  /** The sliding window of a two-dimensional operator, or null where it is another kind. */
  private Window window(List<Integer> kernel) {
    String auto = view.at().text("auto_pad", "NOTSET");
    List<Integer> strides = view.at().integers("strides", List.of(1, 1));
    List<Integer> dilations = view.at().integers("dilations", List.of(1, 1));
    List<Integer> pads = view.at().integers("pads", List.of(0, 0, 0, 0));
    boolean readable =
        kernel.size() == 2
            && strides.size() == 2
            && dilations.size() == 2
            && pads.size() == 4
            && pads.stream().allMatch(p -> p >= 0)
            && (auto.equals("NOTSET") || auto.isEmpty() || auto.equals("VALID"));
    if (!readable) {
      return null;
    }
    return new Window(
        new Extent(kernel.get(0), kernel.get(1)),
        new Extent(strides.get(0), strides.get(1)),
        new Extent(dilations.get(0), dilations.get(1)),
        auto.equals("VALID")
            ? Padding.NONE
            : new Padding(pads.get(0), pads.get(1), pads.get(2), pads.get(3)));
  }
}
