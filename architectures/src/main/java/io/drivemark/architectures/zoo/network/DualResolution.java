package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;

/**
 * The parts that DDRNet and PIDNet share, called as in their published code: residual layers whose
 * last unit has no activation, heads, and the pooled scales of the pyramid. BatchNorm epsilon 1e-5.
 */
record DualResolution(NetworkBuilder b) {
  private static final double EPSILON = 1e-5;

  /** Two 3×3/2 convolutions with biases, each normalised and activated. */
  String stem(String image, int width) {
    String x = b.conv("conv1.0", image, width, 3).stride(2).padding(1).bias().build();
    x = b.relu("conv1.2", norm("conv1.1", x));
    x = b.conv("conv1.3", x, width, 3).stride(2).padding(1).bias().build();
    return b.relu("conv1.5", norm("conv1.4", x));
  }

  /** Basic units; the last sum is not activated. */
  String layer(String name, String x, int width, int units, int stride) {
    String y = x;
    for (int i = 0; i < units; i++) {
      y = basic(name + "." + i, y, width, i == 0 ? stride : 1);
      y = i < units - 1 ? b.relu(name + "." + i + ".relu", y) : y;
    }
    return y;
  }

  /** A unit of two 3×3 convolutions, its sum not activated. */
  String basic(String name, String x, int width, int stride) {
    String y = b.conv(name + ".conv1", x, width, 3).stride(stride).padding(1).build();
    y = b.relu(name + ".relu1", norm(name + ".bn1", y));
    y = norm(name + ".bn2", b.conv(name + ".conv2", y, width, 3).padding(1).build());
    return b.sum(name + ".sum", y, shortcut(name, x, width, stride));
  }

  /** A unit of 1×1, 3×3 and 1×1 to twice the width, its sum not activated. */
  String bottleneck(String name, String x, int width, int stride) {
    String y = b.relu(name + ".relu1", norm(name + ".bn1", pointwise(name + ".conv1", x, width)));
    y = b.conv(name + ".conv2", y, width, 3).stride(stride).padding(1).build();
    y = b.relu(name + ".relu2", norm(name + ".bn2", y));
    y = norm(name + ".bn3", pointwise(name + ".conv3", y, 2 * width));
    return b.sum(name + ".sum", y, shortcut(name, x, 2 * width, stride));
  }

  private String shortcut(String name, String x, int width, int stride) {
    if (stride == 1 && b.channels(x) == width) {
      return x;
    }
    String y = b.conv(name + ".downsample.0", x, width, 1).stride(stride).build();
    return norm(name + ".downsample.1", y);
  }

  /** Normalised and activated twice, a 3×3 and a 1×1 convolution with bias. */
  String head(String name, String x, int width, int classes) {
    String y = b.relu(name + ".relu1", norm(name + ".bn1", x));
    y = b.conv(name + ".conv1", y, width, 3).padding(1).build();
    y = b.relu(name + ".relu2", norm(name + ".bn2", y));
    return b.conv(name + ".conv2", y, classes, 1).bias().build();
  }

  /** The pyramid's scale {@code i}: 0 as it is, 1 to 3 pooled by 2, 4 and 8, 4 the mean of all. */
  String scale(String name, String x, int i, int width) {
    if (i == 0) {
      return activated(name, 0, x, width);
    }
    String y = b.add(name + ".0", pool(i), x);
    y = activated(name, 1, y, width);
    return b.add(name + ".resize", new ResizeLike(ResizeMode.BILINEAR), y, x);
  }

  private static Op pool(int i) {
    if (i == 4) {
      return new GlobalPool(GlobalPool.Kind.AVERAGE);
    }
    int stride = 1 << i;
    return new AveragePool(
        Extent.square(2 * stride + 1), Extent.square(stride), Padding.all(stride), false, true);
  }

  /** Normalised, activated, 1×1; members {@code from} on of a sequence. */
  String activated(String name, int from, String x, int width) {
    return pointwise(name + "." + (from + 2), preactivated(name, from, x), width);
  }

  /** Normalised and activated; members {@code from} and the next of a sequence. */
  String preactivated(String name, int from, String x) {
    return b.relu(name + "." + (from + 1), norm(name + "." + from, x));
  }

  /** A 1×1 convolution and its normalisation, members 0 and 1 of a sequence. */
  String projected(String name, String x, int width) {
    return norm(name + ".1", pointwise(name + ".0", x, width));
  }

  String resized(String name, String x, String like) {
    return b.add(name, new ResizeLike(ResizeMode.BILINEAR), x, like);
  }

  String pointwise(String name, String x, int width) {
    return b.conv(name, x, width, 1).build();
  }

  String norm(String name, String x) {
    return b.batchNorm(name, x, EPSILON);
  }
}
