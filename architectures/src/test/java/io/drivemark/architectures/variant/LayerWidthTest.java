package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerWidthTest {
  /** stem to half size, a depthwise and a pointwise convolution, back to full size, scores. */
  @Test
  void decoderBeginsWhereSomethingIsUpsampledAndDepthwiseLayersHandOn() {
    NetworkBuilder b = new NetworkBuilder("toy", 1);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).padding(1).stride(2).build();
    x = b.conv("depthwise", x, 8, 3).padding(1).groups(8).build();
    x = b.conv("pointwise", x, 16, 1).build();
    x = b.convTranspose("up", x, 4, 2).stride(2).build();
    x = b.conv("score", x, 3, 1).build();
    List<LayerWidth> expected =
        List.of(
            new LayerWidth("stem", false, 8),
            new LayerWidth("pointwise", false, 16),
            new LayerWidth("up", true, 4),
            new LayerWidth("score", true, 3));
    List<LayerWidth> found = LayerWidth.of(b.build(x), 32, 48);
    assertEquals(expected, found);
    assertEquals(
        "[[\"stem\",\"encoder\",8],[\"pointwise\",\"encoder\",16],[\"up\",\"decoder\",4],"
            + "[\"score\",\"decoder\",3]]",
        LayerWidth.text(found));
    assertEquals(found, LayerWidth.parse("notes", LayerWidth.text(found)));
  }

  @Test
  void segnetsDecoderIsAsLongAsItsEncoder() {
    List<LayerWidth> widths =
        LayerWidth.of(Architectures.build("segnet-basic", Map.of(), 11, 1), 96, 96);
    assertEquals(4, widths.stream().filter(w -> !w.isDecoder()).count());
    assertEquals(5, widths.stream().filter(LayerWidth::isDecoder).count());
  }

  /** 180 is no multiple of 8, so that these pad their images: the encoder stays an encoder. */
  @ParameterizedTest
  @ValueSource(strings = {"enet", "espnet", "espnetv2", "dabnet", "bisenetv2"})
  void theDecoderBeginsAtTheSameLayerWhateverTheSize(String name) {
    Network network = Architectures.build(name, Map.of(), 11, 1);
    List<LayerWidth> padded = LayerWidth.of(network, 180, 240);
    assertEquals(LayerWidth.of(network, 192, 256), padded);
    assertFalse(padded.get(0).isDecoder());
  }

  @Test
  void whatIsNoListOfWidthsIsRefused() {
    assertEquals(
        "notes: no valid JSON: Unexpected end-of-input: expected close marker for Array (start"
            + " marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
            + " disabled); line: 1, column: 1])",
        refusal("["));
    assertEquals(
        "notes: found [\"stem\",\"encoder\",0], expected [\"layer\", \"encoder\" or \"decoder\","
            + " 16]",
        refusal("[[\"stem\",\"encoder\",0]]"));
  }

  private static String refusal(String text) {
    return assertThrows(BadInputException.class, () -> LayerWidth.parse("notes", text))
        .getMessage();
  }
}
