package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.Striding;
import io.drivemark.architectures.zoo.decoder.Decoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An encoder with a decoder on top; every {@link Encoder} on the class path gives one with each
 * {@link Decoder}.
 *
 * <p>Sizes: any; nothing is padded. Extents are halved rounding up, and what a transposed
 * convolution gives is cropped to the map it meets, which is TensorFlow's SAME rule. The logits
 * come at full size, or at 1/8 or 1/4, rounded up, where the decoder or its option {@code tail}
 * leaves the last step to the caller.
 *
 * <p>Reference: Siam, Gamal, Abdel-Razek, Yogamani, Jagersand, <i>RTSeg: Real-time Semantic
 * Segmentation Comparative Study</i>, arXiv 1803.02758 (MSiam/TFSegmentation).
 */
final class EncoderDecoder implements Architecture {
  private final String name;
  private final String summary;
  private final Encoder encoder;
  private final Decoder decoder;

  EncoderDecoder(String name, String summary, Encoder encoder, Decoder decoder) {
    this.name = name;
    this.summary = summary;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(Option.real("width", 1, 0.125, 2, "multiplies the encoder's channels"));
    options.addAll(decoder.options());
    return List.copyOf(options);
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    NetworkBuilder b = new NetworkBuilder(name, seed);
    String image = b.input("image", 3);
    Striding striding = Striding.to(decoder.outputStride());
    FeatureMaps maps = encoder.write(b, image, chosen.real("width"), striding);
    return b.build(decoder.write(b, image, encoder, maps, chosen, classes));
  }
}
