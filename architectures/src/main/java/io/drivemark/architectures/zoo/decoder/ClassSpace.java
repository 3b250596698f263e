package io.drivemark.architectures.zoo.decoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;

/**
 * Steps up in extent. A transposed convolution gives twice the extent, or eight times, and is
 * cropped to the map it is to meet; in class space it starts as bilinear interpolation. Stateless
 * but for the network it writes; not thread-safe.
 */
public final class ClassSpace {
  private final NetworkBuilder b;
  private final boolean bilinear;

  /**
   * @param bilinear whether steps of two are bilinear and a 3×3 convolution instead
   */
  public ClassSpace(NetworkBuilder b, boolean bilinear) {
    this.b = b;
    this.bilinear = bilinear;
  }

  /**
   * A score map doubled; learned, starting as interpolation. {@link #cropped} brings it to the
   * extent of the map it is to meet.
   */
  String doubledScores(String name, String x, String like) {
    int classes = b.channels(x);
    if (bilinear) {
      return doubled(name, x, classes, 4, like, true);
    }
    return b.convTranspose(name, x, classes, 4)
        .stride(2)
        .padding(1)
        .initial(interpolation(classes, 4))
        .build();
  }

  /** What {@link #doubledScores} gave, cut to another map's extent. */
  String cropped(String name, String x, String like) {
    return bilinear ? x : b.add(name + ".crop", new CropLike(), x, like);
  }

  /**
   * A map doubled to another's extent.
   *
   * @param kernel of the transposed convolution: 4, 3 or 2
   */
  String doubled(String name, String x, int width, int kernel, String like, boolean bias) {
    NetworkBuilder.Convolution conv;
    if (bilinear) {
      String large = b.add(name + ".resize", new ResizeLike(ResizeMode.BILINEAR), x, like);
      conv = b.conv(name, large, width, 3).padding(1);
      return bias ? conv.bias().build() : conv.build();
    }
    conv = b.convTranspose(name, x, width, kernel).stride(2).padding((kernel - 1) / 2);
    conv = kernel == 3 ? conv.outputPadding(1) : conv;
    String up = bias ? conv.bias().build() : conv.build();
    return b.add(name + ".crop", new CropLike(), up, like);
  }

  /** Scores brought to the image's extent by one learned kernel of twice the factor. */
  public String enlarged(String x, int factor, String image) {
    int classes = b.channels(x);
    String up =
        b.convTranspose("up1", x, classes, 2 * factor)
            .stride(factor)
            .padding(factor / 2)
            .initial(interpolation(classes, 2 * factor))
            .build();
    return b.add("logits", new CropLike(), up, image);
  }

  /** A kernel that interpolates each channel bilinearly by half the kernel's size. */
  static Tensor interpolation(int channels, int kernel) {
    float[] values = new float[channels * channels * kernel * kernel];
    double factor = kernel / 2.0;
    double centre = (kernel - 1) / 2.0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < kernel; y++) {
        for (int x = 0; x < kernel; x++) {
          double weight = (1 - Math.abs(y - centre) / factor) * (1 - Math.abs(x - centre) / factor);
          values[((c * channels + c) * kernel + y) * kernel + x] = (float) weight;
        }
      }
    }
    return Tensor.sharing(Shape.of(channels, channels, kernel, kernel), values);
  }
}
