package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.Striding;
import io.drivemark.architectures.zoo.encoder.Vgg16Encoder;
import java.util.List;
import java.util.Map;

/**
 * Dilation8: VGG16 without its last two pools, scores at 1/8, and a context module of eight
 * convolutions in class space with dilations 1, 1, 2, 4, 8, 16, 1.
 *
 * <p>Structure of the paper's front end and basic context module (table 1, C channels), as the
 * authors' CamVid model has them (fyu/dilation); the context module starts as the identity. The
 * authors' unpadded convolutions on a mirrored border of 186 pixels are padded ones here. The paper
 * gives no number of parameters; the layers add up to 134 313 443 with 11 outputs: VGG16's 134 260
 * 544, the score's 45 067, seven context convolutions of 1 100 and the last of 132, and nothing for
 * the interpolation to full size, which is left to the caller: logits come at 1/8, rounded up.
 *
 * <p>Sizes: any; extents are halved rounding up.
 *
 * <p>Reference: Yu, Koltun, <i>Multi-Scale Context Aggregation by Dilated Convolutions</i>, arXiv
 * 1511.07122.
 */
public final class Dilation8 implements Architecture {
  private static final int[] DILATIONS = {1, 1, 2, 4, 8, 16, 1};

  @Override
  public String name() {
    return "dilation8";
  }

  @Override
  public String summary() {
    return "Dilation8: dilated VGG16 and a context module in class space (arXiv 1511.07122)";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.real("width", 1, 0.125, 2, "multiplies the channels of VGG16"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    FeatureMaps maps = new Vgg16Encoder().write(b, image, width, Striding.to(8));
    String x = b.conv("score", maps.deepest(), classes, 1).bias().build();
    for (int i = 0; i < DILATIONS.length; i++) {
      String name = "context" + (i + 1);
      NetworkBuilder.Convolution conv =
          b.conv(name, x, classes, 3).dilation(DILATIONS[i]).same().initial(identity(classes, 3));
      x = Finish.biased().of(b, name, conv);
    }
    return b.build(b.conv("logits", x, classes, 1).initial(identity(classes, 1)).bias().build());
  }

  /** A kernel that gives each channel as it is. */
  private static Tensor identity(int channels, int kernel) {
    float[] values = new float[channels * channels * kernel * kernel];
    for (int c = 0; c < channels; c++) {
      values[((c * channels + c) * kernel + kernel / 2) * kernel + kernel / 2] = 1;
    }
    return Tensor.sharing(Shape.of(channels, channels, kernel, kernel), values);
  }
}
