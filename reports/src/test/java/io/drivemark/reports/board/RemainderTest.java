package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.runner.record.detail.Lineage.KeptLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemainderTest {
  @Test
  void nothingIsSaidOfUnknownLayers() {
    Remainder nothing = new Remainder(List.of());
    assertEquals(List.of(), nothing.parts());
    assertEquals("", nothing.line());
    assertEquals("", nothing.singleWords());
  }

  @Test
  void layersWithOneFilterAreNamedUnlessTheyHadOne() {
    Remainder left =
        new Remainder(
            List.of(
                new KeptLayer("stem", false, 16, 9),
                new KeptLayer("deep", false, 64, 1),
                new KeptLayer("gone", false, 8, 0),
                new KeptLayer("up", true, 32, 1),
                new KeptLayer("head", true, 1, 1)));
    assertEquals(List.of("deep", "up"), left.single());
    assertEquals(
        "5 layers: 3 narrower, 1 gone, 1 as they were; 10 % of 121 filters left; encoder 11 % of 88"
            + " filters, decoder 6 % of 33 filters. One filter is left of deep, up: hardly anything"
            + " goes through them, so they are layers to remove.",
        left.line());
  }

  @Test
  void aNetworkWithoutDecoderIsOnePart() {
    Remainder left = new Remainder(List.of(new KeptLayer("only", false, 10, 1)));
    assertEquals("All layers", left.parts().get(0).name());
    assertEquals(
        "1 layer: 1 narrower, 0 gone, 0 as they were; 10 % of 10 filters left. One filter is left of"
            + " only: hardly anything goes through it, so it is a layer to remove.",
        left.line());
  }
}
