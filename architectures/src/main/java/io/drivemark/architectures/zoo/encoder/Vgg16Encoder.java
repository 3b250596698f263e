package io.drivemark.architectures.zoo.encoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Striding;
import io.drivemark.architectures.zoo.UnetStyle;

/**
 * VGG16 with its two hidden classifier layers as convolutions (fc6 7×7, fc7 1×1, dropout 0.5), no
 * BatchNorm. 134 260 544 parameters: the thirteen convolutions' 14 714 688, fc6 with 102 764 544
 * and fc7 with 16 781 312. Pools that may not halve are left out; conv5 is dilated by 2 then and
 * fc6 by 4.
 *
 * <p>Reference: Simonyan, Zisserman, <i>Very Deep Convolutional Networks</i>, arXiv 1409.1556,
 * table 1, configuration D (138 M with its last layer).
 */
public final class Vgg16Encoder implements Encoder {
  private static final int[][] LEVELS = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };
  private static final int HIDDEN = 4096;

  @Override
  public String name() {
    return "vgg16";
  }

  @Override
  public String summary() {
    return "VGG16 with convolutional fc6 and fc7 (arXiv 1409.1556)";
  }

  @Override
  public Finish finish() {
    return Finish.biased();
  }

  @Override
  public UnetStyle unetStyle() {
    return UnetStyle.PLAIN;
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    Finish finish = finish();
    String[] pools = new String[LEVELS.length];
    String stem = image;
    String x = image;
    for (int level = 0; level < LEVELS.length; level++) {
      for (int i = 0; i < LEVELS[level].length; i++) {
        String name = "conv" + (level + 1) + "_" + (i + 1);
        int out = Encoder.scaled(LEVELS[level][i], width);
        x = finish.of(b, name, b.conv(name, x, out, 3).dilation(striding.dilation()).same());
        stem = level == 0 && i == 0 ? x : stem;
      }
      if (striding.stride(2) == 2) {
        x =
            b.add(
                "pool" + (level + 1),
                new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, true, false),
                x);
      }
      pools[level] = x;
    }
    int hidden = Encoder.scaled(HIDDEN, width);
    x = finish.of(b, "fc6", b.conv("fc6", x, hidden, 7).dilation(striding.dilation()).same());
    x = b.add("fc6.dropout", new Dropout(0.5), x);
    x = finish.of(b, "fc7", b.conv("fc7", x, hidden, 1));
    x = b.add("fc7.dropout", new Dropout(0.5), x);
    return new FeatureMaps(stem, pools[0], pools[1], pools[2], pools[3], x);
  }
}
