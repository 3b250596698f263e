package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.problem.Plugins;
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

  /** All combinations, and those that are known under a name of their own. */
  static List<Architecture> all() {
    List<Architecture> all = new ArrayList<>();
    for (Encoder encoder : Plugins.load(Encoder.class)) {
      for (Decoder decoder : Decoder.all()) {
        all.add(
            new EncoderDecoder(
                decoder.name() + "-" + encoder.name(),
                encoder.summary() + "; " + decoder.summary(),
                encoder,
                decoder));
      }
    }
    all.add(
        new EncoderDecoder(
            "fcn8s",
            "FCN-8s on VGG16 (arXiv 1411.4038); the same network as skipnet-vgg16",
            new Vgg16Encoder(),
            new SkipnetDecoder()));
    all.add(
        new EncoderDecoder(
            "linknet",
            "LinkNet on ResNet-18 (arXiv 1707.03718); the same network as unet-resnet18",
            new Resnet18Encoder(),
            new UnetDecoder()));
    all.add(
        new EncoderDecoder(
            "xception-seg",
            "Xception as a segmentation encoder (arXiv 1610.02357), FCN-8s decoder; our own"
                + " design; the same network as skipnet-xception",
            new XceptionEncoder(),
            new SkipnetDecoder()));
    return all;
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
