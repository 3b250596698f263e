package io.drivemark.eval.metrics.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.metrics.MetricValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gates as digits, and what differs between frames. */
class GateVariationTest {
  private static SiteGates gates(String site, int units, String hex) {
    return SiteGates.ofHex(site, units, hex);
  }

  private static String refusal(Runnable reading) {
    return assertThrows(IllegalArgumentException.class, reading::run).getMessage();
  }

  @Test
  void digitsAreTheUnitsInOrder() {
    BitSet live = new BitSet();
    live.set(0);
    live.set(5);
    SiteGates six = new SiteGates("a", 6, live);
    assertEquals("84", six.hex());
    assertEquals(six, gates("a", 6, "84"));
    assertEquals(2, six.live());
    assertEquals("a=84", six.toString());
    live.set(1);
    assertEquals(2, six.live(), "a copy");
  }

  @Test
  void everySetOfUnitsIsReadAsItWasWritten() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int units = 1 + random.nextInt(70);
      BitSet live = new BitSet();
      for (int u = 0; u < units; u++) {
        live.set(u, random.nextBoolean());
      }
      SiteGates written = new SiteGates("s", units, live);
      assertEquals(written, gates("s", units, written.hex()), "seed " + seed);
      assertEquals(live, written.bits(), "seed " + seed);
    }
  }

  @Test
  void digitsOfOtherUnitsAreRefused() {
    assertEquals("site a: '8' are no gates of 6 units", refusal(() -> gates("a", 6, "8")));
    assertEquals("site a: '85' are no gates of 6 units", refusal(() -> gates("a", 6, "85")));
    assertEquals("site a: '8A' are no gates of 8 units", refusal(() -> gates("a", 8, "8A")));
    BitSet seventh = new BitSet();
    seventh.set(6);
    assertEquals("site a: unit 6 of 6 is live", refusal(() -> new SiteGates("a", 6, seventh)));
  }

  /** Units 0..3 of site a: 0 always, 1 and 2 by turns, 3 never; the one of b always. */
  @Test
  void unitsAreAlwaysNeverOrSometimesLive() {
    List<SiteGates> one = List.of(gates("a", 4, "c"), gates("b", 1, "8"));
    List<SiteGates> other = List.of(gates("a", 4, "a"), gates("b", 1, "8"));
    GateVariation found = GateVariation.of(List.of(one, other, one));
    assertEquals(
        List.of(new GateVariation.Site("a", 4, 6, 1, 1), new GateVariation.Site("b", 1, 3, 1, 0)),
        found.sites());
    assertEquals(2, found.sites().get(0).varying());
    assertEquals(9.0 / 15, found.liveShare());
    assertEquals(0.4, found.alwaysShare());
    assertEquals(0.2, found.neverShare());
    assertEquals(0.4, found.varyingShare());
    assertEquals((0.5 + 0.5 + 1) / 3, found.alike().value().orElseThrow(), 1e-15);
  }

  @Test
  void oneFrameIsLikeNone() {
    GateVariation found = GateVariation.of(List.of(List.of(gates("a", 4, "c"))));
    assertEquals(MetricValue.undefined("one frame has nothing to be compared with"), found.alike());
    assertEquals(0.5, found.liveShare());
  }

  @Test
  void ofVeryManyFramesEvenlySpreadOnesAreCompared() {
    List<List<SiteGates>> frames = new ArrayList<>();
    for (int i = 0; i < 2 * GateVariation.MOST_FRAMES; i++) {
      frames.add(List.of(gates("a", 4, i % 2 == 0 ? "c" : "3")));
    }
    assertEquals(1, GateVariation.of(frames).alike().value().orElseThrow(), "each second one");
    assertEquals(0, GateVariation.of(frames).alwaysShare(), "of all frames");
  }

  @Test
  void framesOfDifferentNetworksAreRefused() {
    List<SiteGates> one = List.of(gates("a", 4, "c"));
    assertEquals(
        "gates: one frame has the sites a (4), another b (4)",
        refusal(() -> GateVariation.of(List.of(one, List.of(gates("b", 4, "c"))))));
    assertEquals(
        "gates: one frame has the sites a (4), another a (3)",
        refusal(() -> GateVariation.of(List.of(one, List.of(gates("a", 3, "c"))))));
    assertEquals(
        "gates: there is no frame with a site", refusal(() -> GateVariation.of(List.of())));
  }
}
