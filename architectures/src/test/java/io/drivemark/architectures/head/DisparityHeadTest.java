package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.HeadSite.Extents;
import io.drivemark.config.ConfigFile;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisparityHeadTest extends HeadTypeContract {
  /** On a frame of 6 columns a share of 1/6 is a pixel: 5 m. */
  private static final CameraPair CAMERAS = new CameraPair(10, 0.5);

  private static final DisparityHead HEAD = new DisparityHead(1, 80);

  @Override
  String entry() {
    return "{range: [1, 80]}";
  }

  @Override
  HeadKind kind() {
    return HEAD;
  }

  @Override
  HeadSite site() {
    return site(Shape.of(1, 2, 2, 3), 4, 6);
  }

  @Override
  float[] output() {
    return new float[] {1, 0.5f, 0.25f, 0.1f, 0.05f, 0, 1, 1, 1, 1, 1, 1};
  }

  @Override
  Optional<CameraPair> cameras() {
    return Optional.of(CAMERAS);
  }

  @Override
  Refused refused() {
    return new Refused(
        new float[] {1, 1, 1, 1, Float.NaN, 1, 1, 1, 1, 1, 1, 1},
        "model m, head h: NaN at row 1, column 1 is no share of the width; the network's weights or"
            + " its input are damaged");
  }

  @Override
  List<Shape> misfits() {
    return List.of(
        Shape.of(1, 3, 4, 6),
        Shape.of(4, 6),
        Shape.of(2, 1, 4, 6),
        Shape.of(1, 1, 4, 1),
        Shape.of(1, 2, 4, 2));
  }

  @Override
  boolean same(Object one, Object other) {
    return Arrays.equals(((Depth) one).metres(), ((Depth) other).metres());
  }

  private static float[] decoded(HeadSite site, int height, int width, float... values) {
    return HEAD.decoder(site)
        .decode(FloatBuffer.wrap(values), height, width, Optional.of(CAMERAS), 1)
        .metres();
  }

  /** 10 · 0.5 = 5 metres at one pixel of disparity; of a width of 5, a share of 0.2. */
  @Test
  void metresAreFocalLengthTimesBaselineByPixels() {
    assertArrayEquals(
        new float[] {5, 2.5f, 50, 1, 80, 80},
        decoded(site(Shape.of(1, 1, 1, 6), 1, 6), 1, 6, share(1), share(2), 1 / 60f, 1, 0, -1),
        1e-5f);
  }

  private static float share(int pixels) {
    return pixels / 6f;
  }

  /**
   * The focal length is in pixels of the frame and the share one of the width, whatever size the
   * network is given: 2 columns answer for a frame of 4.
   */
  @Test
  void sharesAreUpsampledBilinearlyAndThenBecomeMetres() {
    float[] shares = {0.5f, 0.4375f, 0.3125f, 0.25f};
    float[] expected = new float[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = 5 / (shares[i] * 4);
    }
    assertArrayEquals(
        expected, decoded(site(Shape.of(1, 1, 1, 2), 1, 2), 1, 4, 0.5f, 0.25f), 1e-6f);
  }

  /**
   * A frame of 6 columns is scaled to 3 and padded to 4: a share of 0.25 is one of the network's
   * columns and 2 of the frame's.
   */
  @Test
  void sharesAreOfTheWidthWithPadding() {
    HeadSite site =
        new HeadSite(
            "model m, head h",
            Shape.of(1, 1, 1, 4),
            new Extents(1, 3),
            new Extents(1, 4),
            Optional.empty());
    assertArrayEquals(
        new float[] {2.5f, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f},
        decoded(site, 1, 6, 0.25f, 0.25f, 0.25f, 0.25f),
        1e-6f);
  }

  @Test
  void theFirstPlaneCountsWhereverPlanesLie() {
    float[] first = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
    float[] pairs = new float[12];
    float[] planes = Arrays.copyOf(first, 12);
    for (int i = 0; i < 6; i++) {
      pairs[2 * i] = first[i];
      pairs[2 * i + 1] = 0.9f;
      planes[6 + i] = 0.9f;
    }
    float[] expected = decoded(site(Shape.of(1, 2, 3), 4, 6), 4, 6, first);
    assertArrayEquals(expected, decoded(site(Shape.of(1, 2, 2, 3), 4, 6), 4, 6, planes));
    HeadSite last = site(Shape.of(1, 2, 3, 1), 4, 6);
    assertTrue(HEAD.misfit(last.output()).isPresent(), "two rows, or two planes of one column");
    assertArrayEquals(
        decoded(site(Shape.of(1, 1, 3, 2), 4, 6), 4, 6, first),
        decoded(site(Shape.of(1, 3, 2, 2), 4, 6), 4, 6, pairs));
  }

  @Test
  void withoutCamerasThereAreNoDistances() {
    HeadDecoder<Depth> decoder = HEAD.decoder(site());
    assertTrue(decoder.needsCameras());
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> decoder.decode(FloatBuffer.wrap(output()), 4, 6, Optional.empty(), 1));
    assertEquals(
        "model m, head h: answers with disparities, and focal length and baseline of the frame's"
            + " cameras are not known, so they are no distances; take a dataset with a right view,"
            + " or a network that answers with depth",
        e.getMessage());
    assertThrows(
        BadInputException.class, () -> decoder.decode(FloatBuffer.wrap(output()), 4, 6, 1));
  }

  @Test
  void pixelsAreNotTakenForShares() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> decoded(site(Shape.of(1, 1, 1, 3), 1, 3), 1, 3, 0.5f, 12.5f, 1));
    assertEquals(
        "model m, head h: 12.5 at row 0, column 1 is no share of the width; a network that answers"
            + " with pixels must end with a division by its input's width",
        e.getMessage());
  }

  @Test
  void wrongKeysAreRefused() {
    assertEquals(
        "test: line 1: range: is missing: the nearest and the farthest distance in metres that the"
            + " network can answer with, for example [1, 80]",
        problem("{}"));
    assertEquals(
        "test: line 1: range: found [80.0, 1.0], expected two numbers of metres above 0, the nearest"
            + " first, for example [1, 80]",
        problem("{range: [80, 1]}"));
  }

  private static String problem(String entry) {
    ConfigFile file = ConfigFile.parse("test", entry);
    new DisparityHead.Type().read(file.root(), Path.of(""));
    return assertThrows(BadInputException.class, file::finish).getMessage();
  }
}
