package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead.Form;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.config.ConfigFile;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepthHeadTest extends HeadTypeContract {
  @Override
  String entry() {
    return "{form: inverse, range: [1, 80]}";
  }

  @Override
  HeadKind kind() {
    return new DepthHead(1, 80, Form.INVERSE);
  }

  @Override
  HeadSite site() {
    return site(Shape.of(1, 1, 2, 3), 4, 6);
  }

  @Override
  float[] output() {
    return new float[] {1, 0.5f, 0.25f, 0.1f, 0.05f, 0};
  }

  @Override
  Refused refused() {
    return new Refused(
        new float[] {1, 1, 1, 1, Float.NaN, 1},
        "model m, head h: NaN at row 1, column 1 is no depth; the network's weights or its input are"
            + " damaged");
  }

  @Override
  List<Shape> misfits() {
    return List.of(
        Shape.of(1, 2, 4, 6), Shape.of(4, 6), Shape.of(2, 1, 4, 6), Shape.of(1, 1, 4, 1));
  }

  @Override
  boolean same(Object one, Object other) {
    return Arrays.equals(((Depth) one).metres(), ((Depth) other).metres());
  }

  private static float[] decoded(DepthHead head, HeadSite site, int height, int width, float... v) {
    return head.decoder(site).decode(FloatBuffer.wrap(v), height, width, 1).metres();
  }

  @Test
  void everyFormBecomesMetresAndWhatLiesOutsideTheRangeItsNearerEnd() {
    HeadSite row = site(Shape.of(1, 1, 1, 5), 1, 5);
    assertArrayEquals(
        new float[] {2, 10, 80, 1, 1},
        decoded(new DepthHead(1, 80, Form.METRES), row, 1, 5, 2, 10, 81, 0.5f, -3));
    assertArrayEquals(
        new float[] {2, 10, 80, 80, 1},
        decoded(new DepthHead(1, 80, Form.INVERSE), row, 1, 5, 0.5f, 0.1f, 0, -1, 7));
    assertArrayEquals(
        new float[] {1, (float) Math.E, 80, 80, 1},
        decoded(new DepthHead(1, 80, Form.LOG), row, 1, 5, 0, 1, 5, 1e30f, -1e30f),
        1e-6f);
    // 0 is 1/80, 1 is 1/1; half way lies (1 + 1/80)/2 = 0.50625
    assertArrayEquals(
        new float[] {80, 1, 1 / 0.50625f, 80, 1},
        decoded(new DepthHead(1, 80, Form.UNIT_INVERSE), row, 1, 5, 0, 1, 0.5f, -1, 2),
        1e-5f);
  }

  /** Two columns on four: 0.25 and 0.75 of the way; the mean of inverses is not that of metres. */
  @Test
  void theOutputsOwnNumbersAreUpsampledBilinearlyAndThenBecomeMetres() {
    HeadSite site = site(Shape.of(1, 1, 1, 2), 1, 4);
    assertArrayEquals(
        new float[] {1, 1 / 0.8125f, 1 / 0.4375f, 4},
        decoded(new DepthHead(1, 80, Form.INVERSE), site, 1, 4, 1, 0.25f),
        1e-6f);
  }

  /** Three rows and columns of four show the frame: what lies behind them is padding. */
  @Test
  void paddingIsCutOff() {
    HeadSite site =
        new HeadSite(
            "model m, head h",
            Shape.of(1, 4, 4),
            new Extents(3, 3),
            new Extents(4, 4),
            Optional.empty());
    float[] found =
        decoded(
            new DepthHead(1, 80, Form.METRES),
            site,
            3,
            3,
            new float[] {2, 3, 4, 70, 5, 6, 7, 70, 8, 9, 10, 70, 70, 70, 70, 70});
    assertArrayEquals(new float[] {2, 3, 4, 5, 6, 7, 8, 9, 10}, found);
  }

  @Test
  void channelsLastIsTheSamePlane() {
    DepthHead head = new DepthHead(1, 80, Form.METRES);
    float[] values = {2, 3, 4, 5, 6, 7};
    assertArrayEquals(
        decoded(head, site(Shape.of(1, 1, 2, 3), 4, 6), 4, 6, values),
        decoded(head, site(Shape.of(1, 2, 3, 1), 4, 6), 4, 6, values));
  }

  @Test
  void wrongKeysAreRefusedAllAtOnce() {
    assertEquals(
        "test: 2 problems\n"
            + "  line 1: form: is missing: expected one of metres, inverse, log, unit-inverse\n"
            + "  line 1: range: is missing: the nearest and the farthest distance in metres that the"
            + " network can answer with, for example [1, 80]",
        problem("{}"));
    assertEquals(
        "test: 2 problems\n"
            + "  line 1: form: found inverted (did you mean 'inverse'?), expected one of metres,"
            + " inverse, log, unit-inverse\n"
            + "  line 1: range: found [80.0, 1.0], expected two numbers of metres above 0, the nearest"
            + " first, for example [1, 80]",
        problem("{form: inverted, range: [80, 1]}"));
    assertEquals(
        "test: line 1: form: found disparity, which is metres only with the cameras' focal length and"
            + " baseline: write kind: disparity for shares of the width; expected one of metres,"
            + " inverse, log, unit-inverse",
        problem("{form: disparity, range: [1, 80]}"));
    assertEquals(
        "test: line 1: range: found [0.0, 80.0], expected two numbers of metres above 0, the nearest"
            + " first, for example [1, 80]",
        problem("{form: log, range: [0, 80]}"));
  }

  private static String problem(String entry) {
    ConfigFile file = ConfigFile.parse("test", entry);
    new DepthHead.Type().read(file.root(), Path.of(""));
    return assertThrows(BadInputException.class, file::finish).getMessage();
  }
}
