package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.ReceptiveField;
import io.drivemark.architectures.zoo.encoder.MobilenetEncoder;
import io.drivemark.architectures.zoo.encoder.Vgg16Encoder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Receptive fields against published ones. */
class EncoderFieldTest {
  /** Araujo et al., Distill 2019: mobilenet_v1 315, vgg_16 212 after its last pool. */
  @Test
  void encodersSeeWhatWasPublished() {
    assertEquals(315, field(new MobilenetEncoder(), FeatureMaps::deepest));
    assertEquals(212, field(new Vgg16Encoder(), maps -> "pool5"));
  }

  /** FCN on VGG16 sees 404 pixels at fc7 (Long et al., arXiv 1411.4038, table 1). */
  @Test
  void fcnSeesWhatWasPublished() {
    assertEquals(404, field(new Vgg16Encoder(), FeatureMaps::deepest));
  }

  private static long field(Encoder encoder, Function<FeatureMaps, String> value) {
    NetworkBuilder b = new NetworkBuilder(encoder.name(), 1);
    FeatureMaps maps = encoder.write(b, b.input("image", 3), 0.125, Striding.to(32));
    return ReceptiveField.of(b.build(value.apply(maps)), 224, 224).height();
  }
}
