package io.drivemark.architectures.zoo.decoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Tail;
import io.drivemark.architectures.zoo.option.Up;
import java.util.List;

/**
 * Dilation frontend: the encoder stops halving at 1/8 and dilates instead; one 1×1 convolution
 * scores that map. Version 1 brings the scores to full size by a transposed convolution 16×16/8;
 * version 2 only to 1/4 (4×4/2), rounded up, and leaves the rest to the caller: RTSeg trains it
 * against labels at a quarter. RTSeg published version 2 for MobileNet and ShuffleNet; on the other
 * encoders it is our composition.
 */
final class DilationDecoder implements Decoder {
  private final int version;

  DilationDecoder(int version) {
    this.version = version;
  }

  @Override
  public String name() {
    return version == 1 ? "dilation" : "dilation2";
  }

  @Override
  public String summary() {
    return "dilation frontend"
        + (version == 1 ? "" : " version 2, logits at 1/4")
        + " (arXiv 1803.02758)";
  }

  @Override
  public List<Option> options() {
    return List.of(version == 1 ? Tail.OPTION : Up.OPTION);
  }

  @Override
  public int outputStride() {
    return 8;
  }

  @Override
  public String write(
      NetworkBuilder b,
      String image,
      Encoder encoder,
      FeatureMaps maps,
      Options options,
      int classes) {
    String x = b.conv("score", maps.deepest(), classes, 1).bias().build();
    if (version == 2) {
      ClassSpace space = new ClassSpace(b, Up.bilinear(options));
      return space.cropped("up4", space.doubledScores("up4", x, maps.quarter()), maps.quarter());
    }
    return Tail.bilinear(options) ? x : new ClassSpace(b, false).enlarged(x, 8, image);
  }
}
