package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.ArchitectureSource;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.decoder.Decoder;
import io.drivemark.architectures.zoo.decoder.SkipnetDecoder;
import io.drivemark.architectures.zoo.decoder.UnetDecoder;
import io.drivemark.architectures.zoo.encoder.Resnet18Encoder;
import io.drivemark.architectures.zoo.encoder.Vgg16Encoder;
import io.drivemark.architectures.zoo.encoder.XceptionEncoder;
import io.drivemark.problem.Plugins;
import java.util.ArrayList;
import java.util.List;

/**
 * Every encoder on the class path with each decoder, and those that are known under a name of their
 * own. Stateless.
 */
public final class EncoderDecoders implements ArchitectureSource {
  @Override
  public List<Architecture> architectures() {
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
}
