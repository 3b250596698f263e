package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.GatesHead.Site;
import io.drivemark.config.ConfigFile;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesHeadTest extends HeadTypeContract {
  private static final Site ONE = new Site("enc1", 6);
  private static final Site TWO = new Site("enc2", 3);

  @Override
  String entry() {
    return "{sites: [{name: enc1, units: 6}, {name: enc2, units: 3}]}";
  }

  @Override
  HeadKind kind() {
    return new GatesHead(List.of(ONE, TWO));
  }

  @Override
  HeadSite site() {
    return site(Shape.of(1, 9, 1, 1), 4, 6);
  }

  @Override
  float[] output() {
    return new float[] {1, 0, 0, 0, 0, 1, 0, 1, 1};
  }

  @Override
  Refused refused() {
    return new Refused(
        new float[] {1, 0, 0, 0, 0, 1, 0.5f, 1, 1},
        "model m, head h: unit 0 of site enc2 is 0.5, expected 0 or 1; give the output behind the"
            + " step that switches");
  }

  @Override
  List<Shape> misfits() {
    return List.of(Shape.of(1, 8), Shape.of(9, 9));
  }

  @Test
  void liveUnitsOfEachSiteAreInTheOutputsOrder() {
    LiveUnits live = (LiveUnits) kind().decoder(site()).decode(FloatBuffer.wrap(output()), 4, 6, 1);
    assertEquals(List.of(ONE, TWO), live.sites());
    assertEquals(List.of(0, 5), live.live(ONE));
    assertEquals(List.of(1, 2), live.live(TWO));
    assertEquals(2, live.count(TWO));
    assertEquals("84", live.hex(ONE));
    assertEquals("6", live.hex(TWO));
    assertEquals("enc1=84 enc2=6", live.toString());
    assertEquals("[enc1=84, enc2=6]", live.gates().toString());
  }

  @Test
  void wrongSitesAreRefused() {
    assertEquals(
        "test: 3 problems\n"
            + "  line 1: sites[1].name: a second site is called a\n"
            + "  line 1: sites[2].units: found 0, expected at least 1\n"
            + "  line 1: key 'sites[3].units' is missing: expected a whole number",
        problem("{sites: [{name: a, units: 1}, {name: a, units: 2}, {name: b, units: 0}, c]}"));
    assertEquals(
        "test: line 1: sites: is missing: the places that are switched in the output's order, for"
            + " example [{name: conv1, units: 64}]",
        problem("{}"));
  }

  private static String problem(String entry) {
    ConfigFile file = ConfigFile.parse("test", entry);
    new GatesHead.Type().read(file.root(), Path.of(""));
    return assertThrows(BadInputException.class, file::finish).getMessage();
  }
}
