package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GateSitesTest {
  /** Every network of the zoo: sites, units, further places; how many have none, and why. */
  static String table() {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    for (String name : Architectures.names()) {
      Network network = small(name);
      lines(text, name, GateSites.of(network), true);
      lines(text, name + ", everywhere", GateSites.everywhere(network), false);
      text.add(name + ", layers: " + GateSites.layers(network).size());
    }
    return text.toString();
  }

  /** A quarter of the width where that is an option, so that VGG16 is made in no time. */
  private static Network small(String name) {
    boolean possible =
        Architectures.named(name).options().stream()
            .anyMatch(o -> o.name().equals("width") && o.domain() instanceof Option.Real);
    return Architectures.build(name, possible ? Map.of("width", "0.25") : Map.of(), 11, 1);
  }

  private static void lines(StringJoiner text, String title, GateSites sites, boolean each) {
    long units = sites.sites().stream().mapToLong(GateSite::units).sum();
    text.add(title + ": " + sites.sites().size() + " sites, " + units + " units");
    for (GateSite site : each ? sites.sites() : List.<GateSite>of()) {
      text.add(
          "  "
              + site.name()
              + " "
              + site.units()
              + " "
              + String.join(" ", site.places().stream().map(GateSite.Place::value).toList()));
    }
    Map<String, Integer> reasons = new TreeMap<>();
    sites
        .refused()
        .values()
        .forEach(
            r -> reasons.merge(r.replaceAll("with those of.*", "with others"), 1, Integer::sum));
    reasons.forEach((why, count) -> text.add("  none for " + count + ": " + why));
  }

  @Test
  void theZoosSitesAreTheStoredOnes() throws IOException {
    try (InputStream stored = GateSitesTest.class.getResourceAsStream("sites.txt")) {
      assertEquals(new String(stored.readAllBytes(), StandardCharsets.UTF_8), table());
    }
  }

  @Test
  void aBranchIsGatedBeforeTheSumAndNeverTheSum() {
    NetworkBuilder b = new NetworkBuilder("residual", 1);
    String x = b.input("image", 3);
    x = b.relu("stem.relu", b.conv("stem", x, 8, 3).padding(1).build());
    String y = b.relu("one.relu", b.conv("one", x, 6, 3).padding(1).build());
    y = b.batchNorm("two.bn", b.conv("two", y, 8, 3).padding(1).build(), 1e-5);
    x = b.relu("sum.relu", b.sum("sum", y, x));
    Network network = b.build(b.conv("score", x, 5, 1).bias().build());
    GateSites tied = GateSites.of(network);
    assertEquals(List.of("one"), tied.sites().stream().map(GateSite::name).toList());
    assertEquals("its filters go together with those of two", tied.refused().get("stem"));
    assertEquals("it makes class scores", tied.refused().get("score"));
    GateSites all = GateSites.everywhere(network);
    assertEquals(
        List.of("stem.relu", "one.relu", "two.bn"),
        all.sites().stream().map(GateSite::tap).toList());
  }

  @Test
  void aMapThatIsShiftedBehindItsGatesIsGatedAgain() {
    NetworkBuilder b = new NetworkBuilder("depthwise", 1);
    String x = b.input("image", 3);
    x = b.relu("a.relu", b.conv("a", x, 4, 1).build());
    x = b.conv("dw", x, 4, 3).padding(1).depthwise().build();
    x = b.relu("dw.relu", b.batchNorm("dw.bn", x, 1e-5));
    Network network = b.build(b.conv("score", x, 5, 1).build());
    GateSite only = GateSites.of(network).sites().get(0);
    assertEquals(
        List.of("a.relu", "dw.relu"), only.places().stream().map(GateSite.Place::value).toList());
    assertEquals("a", only.name());
    assertEquals("image", only.input());
  }

  @Test
  void aGroupedConvolutionIsGatedAtTheSamePlacesOfEveryGroup() {
    NetworkBuilder b = new NetworkBuilder("grouped", 1);
    String x = b.input("image", 4);
    x = b.conv("first", x, 8, 1).groups(2).build();
    x = b.add("shuffle", new ChannelShuffle(2), x);
    x = b.conv("second", x, 8, 3).padding(1).depthwise().bias().build();
    Network network = b.build(b.conv("score", x, 6, 1).build());
    GateSite site = GateSites.of(network).sites().get(0);
    assertEquals(4, site.units());
    assertEquals(List.of(0, 1, 2, 3, 0, 1, 2, 3), site.unitOfChannel());
    assertEquals("second", site.places().get(1).value());
    assertEquals(List.of(0, 0, 1, 1, 2, 2, 3, 3), site.places().get(1).unitOfChannel());
    assertEquals(8, GateSites.everywhere(network).sites().get(0).units());
  }

  @Test
  void whatIsNormalisedOnlyAfterItWasJoinedHasNoGates() {
    NetworkBuilder b = new NetworkBuilder("joined", 1);
    String image = b.input("image", 3);
    String x = b.concat("join", b.conv("a", image, 4, 1).build(), image);
    x = b.relu("bn.relu", b.batchNorm("bn", x, 1e-5));
    Network network = b.build(b.conv("score", x, 5, 1).build());
    assertTrue(GateSites.of(network).sites().isEmpty());
    assertEquals(
        "its map is joined with others before it is normalised",
        GateSites.of(network).refused().get("a"));
  }

  @Test
  void blocksAreConsecutiveFilters() {
    NetworkBuilder b = new NetworkBuilder("blocks", 1);
    String x = b.relu("a.relu", b.conv("a", b.input("image", 3), 5, 1).build());
    Network network = b.build(b.conv("score", x, 5, 1).build());
    GateSite site = GateSites.of(network).inBlocks(2).get(0);
    assertEquals(3, site.units());
    assertEquals(2, site.unit());
    assertEquals(List.of(0, 0, 1, 1, 2), site.unitOfChannel());
    assertThrows(IllegalArgumentException.class, () -> site.inBlocks(2));
  }
}
