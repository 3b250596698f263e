package io.drivemark.architectures.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.problem.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Multiples of channels that engines like, with engines made up. */
class AlignedWidthsTest {
  /** An engine that computes as if widths were multiples of something. */
  private static LatencyTable paddingTo(int block) {
    PieceTimer timer =
        (pieces, progress) -> {
          Map<Piece, Double> nanos = new LinkedHashMap<>();
          for (Piece p : pieces) {
            double in = (p.inChannels() + block - 1) / block * block;
            double out = (p.outChannels() + block - 1) / block * block;
            nanos.put(p, 100 * in * out);
          }
          return nanos;
        };
    return new LatencyTable("padding to " + block, Optional.empty(), timer);
  }

  private static Network network(int channels) {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.conv("stem", b.input("image", 3), channels, 3).padding(1).build();
    x = b.relu("act", b.conv("wide", x, channels, 3).padding(1).build());
    return b.build(b.conv("head", x, 5, 1).build());
  }

  private static AlignedWidths of(Network network, int block) {
    return AlignedWidths.of(network, 8, 8, paddingTo(block), Progress.NONE);
  }

  @Test
  void blockThatTheEnginePadsToIsFound() {
    for (int block : new int[] {1, 4, 8, 16}) {
      AlignedWidths found = of(network(64), block);
      assertEquals(block, found.multiple(), found.toString());
      assertEquals(5, found.costs().size());
    }
  }

  @Test
  void answerSaysWhatWasTimed() {
    // Near 3/4 of 64: 49, 50, 52, 56, 48; padded to 8: 56, 56, 56, 56, 48.
    assertEquals(
        "multiple 8: widths that are multiples of 1, 2, 4, 8, 16 take 1.31, 1.25, 1.16, 1.00, 1.00"
            + " of the time a channel (1 convolution of net at 8x8 on padding to 8)",
        of(network(64), 8).toString());
    assertEquals(
        "multiple 1: no convolution of net reads and makes 24 channels or more",
        of(network(16), 8).toString());
  }

  @Test
  void widthsAreTheWantedMultiplesAndNoMore() {
    for (int channels = 24; channels < 300; channels += 7) {
      for (int multiple : new int[] {1, 2, 4, 8, 16}) {
        int width = AlignedWidths.width(channels, multiple);
        assertEquals(0, width % multiple);
        assertTrue(multiple == 16 || width % (2 * multiple) != 0, width + " by " + multiple);
        assertTrue(Math.abs(width - 0.75 * channels) <= Math.max(multiple, 8) + 1, width + "");
      }
    }
  }

  @Test
  void finestThatCostsNextToTheLeastIsTaken() {
    assertEquals(1, AlignedWidths.best(new double[] {1.04, 1.03, 1, 1.02, 1}));
    assertEquals(8, AlignedWidths.best(new double[] {1.4, 1.4, 1.4, 1.04, 1}));
    assertEquals(4, AlignedWidths.best(new double[] {1, 1.1, 1, 1, 1}));
    assertEquals(16, AlignedWidths.best(new double[] {1, 1, 1, 1.2, 1}));
  }
}
