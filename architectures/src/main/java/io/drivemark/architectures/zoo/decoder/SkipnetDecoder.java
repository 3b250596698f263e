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
 * SkipNet: scores at 1/32, 1/16 and 1/8 summed up in class space, as in FCN-8s (arXiv 1411.4038):
 * two transposed convolutions 4×4/2 and one 16×16/8, all starting as bilinear interpolation. Option
 * {@code tail} leaves the last one out: on a small encoder it takes a good part of all
 * multiply-accumulates; the logits then come at 1/8, rounded up, for the caller to upsample.
 */
public final class SkipnetDecoder implements Decoder {
  @Override
  public String name() {
    return "skipnet";
  }

  @Override
  public String summary() {
    return "FCN-8s decoder in class space (SkipNet of arXiv 1803.02758)";
  }

  @Override
  public List<Option> options() {
    return List.of(Tail.OPTION, Up.OPTION);
  }

  @Override
  public int outputStride() {
    return 32;
  }

  @Override
  public String write(
      NetworkBuilder b,
      String image,
      Encoder encoder,
      FeatureMaps maps,
      Options options,
      int classes) {
    ClassSpace space = new ClassSpace(b, Up.bilinear(options));
    String x = b.conv("score", maps.deepest(), classes, 1).bias().build();
    x = fused(b, space, "16", x, maps.sixteenth(), classes);
    x = fused(b, space, "8", x, maps.eighth(), classes);
    return Tail.bilinear(options) ? x : space.enlarged(x, 8, image);
  }

  private static String fused(
      NetworkBuilder b,
      ClassSpace space,
      String level,
      String coarse,
      String encoder,
      int classes) {
    String up = space.doubledScores("up" + level, coarse, encoder);
    String score = b.conv("score" + level, encoder, classes, 1).bias().build();
    return b.sum("sum" + level, space.cropped("up" + level, up, score), score);
  }
}
