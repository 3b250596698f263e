package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.encoder.MobilenetEncoder;
import io.drivemark.architectures.zoo.encoder.MobilenetV2Encoder;
import io.drivemark.architectures.zoo.encoder.Resnet18Encoder;
import io.drivemark.architectures.zoo.encoder.XceptionEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Multiply-accumulates against figures re-derived from RTSeg's published code
 * (MSiam/TFSegmentation, 20 outputs, SAME sizes, transposed convolutions counted at their input);
 * published themselves are 6.2 and 13.8 GFLOPs for SkipNet-MobileNet, 2.0 and 4.63 for
 * SkipNet-ShuffleNet, at two operations each.
 */
class GoldenCostTest {
  @ParameterizedTest
  @CsvSource({
    "skipnet-mobilenet, 3.069, 6.861",
    "skipnet-shufflenet, 0.999, 2.241",
    "unet-mobilenet, 12.34, 27.74",
    "unet-shufflenet, 3.97, 8.81",
    "unet-resnet18, 9.74, 21.77",
    "dilation-mobilenet, 31.2, 71.0"
  })
  void combinationsCostWhatWasPublished(String name, double small, double large) {
    Network network = Architectures.build(name, Map.of(), 20, 1);
    assertEquals(small, Cost.of(network, 360, 640).macs() / 1e9, 0.005 * small);
    assertEquals(large, Cost.of(network, 512, 1024).macs() / 1e9, 0.005 * large);
  }

  /** 569 M in the MobileNet paper with its classifier, which takes 1 M. */
  @Test
  void mobilenetCostsWhatWasPublishedAt224() {
    Network network = encoder(new MobilenetEncoder());
    assertEquals(0.568, Cost.of(network, 224, 224).macs() / 1e9, 0.005 * 0.568);
  }

  /** Sums over the papers' layer tables; each encoder's Javadoc says how they come about. */
  @Test
  void encodersHaveTheParametersOfTheirLayerTables() {
    assertEquals(3_206_976, encoder(new MobilenetEncoder()).parameters());
    assertEquals(11_176_512, encoder(new Resnet18Encoder()).parameters());
    assertEquals(20_806_952, encoder(new XceptionEncoder()).parameters());
    assertEquals(LayerTables.xception(), encoder(new XceptionEncoder()).parameters());
    assertEquals(1_811_712, encoder(new MobilenetV2Encoder()).parameters());
    assertEquals(LayerTables.mobilenetV2(), encoder(new MobilenetV2Encoder()).parameters());
  }

  private static Network encoder(Encoder encoder) {
    NetworkBuilder b = new NetworkBuilder(encoder.name(), 1);
    FeatureMaps maps = encoder.write(b, b.input("image", 3), 1, Striding.to(32));
    return b.build(maps.deepest());
  }
}
