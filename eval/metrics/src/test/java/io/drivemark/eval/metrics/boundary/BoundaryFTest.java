package io.drivemark.eval.metrics.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Shared;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BoundaryFTest {
  private static final List<Double> RADII = List.of(1.0, 2.0, 5.0);

  @Test
  void squaredDistancesAreExact() {
    Random random = new Random(8);
    for (int n = 0; n < 20; n++) {
      int height = 1 + random.nextInt(20);
      int width = 1 + random.nextInt(20);
      BitSet set = new BitSet();
      for (int k = 0; k < 1 + random.nextInt(6); k++) {
        set.set(random.nextInt(height * width));
      }
      int[] found = SquaredDistance.to(set, height, width);
      for (int i = 0; i < found.length; i++) {
        int at = i;
        int expected =
            set.stream()
                .map(
                    j -> {
                      int dy = at / width - j / width;
                      int dx = at % width - j % width;
                      return dy * dy + dx * dx;
                    })
                .min()
                .orElseThrow();
        assertEquals(expected, found[i], height + "x" + width + " " + set + " pixel " + i);
      }
    }
  }

  @Test
  void anEmptySetMatchesOnlyAnother() {
    BitSet none = new BitSet();
    BitSet some = new BitSet();
    some.set(3);
    assertEquals(1, BoundaryMatch.of(none, none, 2, 4, 1).f());
    assertEquals(0, BoundaryMatch.of(some, none, 2, 4, 1).f());
    assertEquals(0, BoundaryMatch.of(none, some, 2, 4, 1).f());
    assertEquals(1, BoundaryMatch.of(some, some, 2, 4, 0).f());
    assertThrows(IllegalArgumentException.class, () -> new BoundaryMatch(1, 2, 3, 3));
  }

  @Test
  void aBorderWithinTheToleranceMatchesAndOneBeyondDoesNot() {
    LabelMap truth = BoundaryIouTest.halves(60, 80, 40); // diagonal 100, tolerance 0.75 pixels
    assertEquals(0.75, BoundaryF.defaults().radius(60, 80), 1e-15);
    List<Optional<BoundaryMatch>> same = BoundaryF.defaults().match(truth, truth);
    assertEquals(1, same.get(5).orElseThrow().f());
    assertTrue(same.get(0).isEmpty());
    LabelMap shifted = BoundaryIouTest.halves(60, 80, 38);
    assertEquals(0, BoundaryF.defaults().match(truth, shifted).get(5).orElseThrow().f());
    assertEquals(1, new BoundaryF(0.02).match(truth, shifted).get(5).orElseThrow().f());
    Map<String, MetricValue> mean =
        BoundaryF.byClass(truth.space(), List.of(same, BoundaryF.defaults().match(truth, shifted)));
    assertEquals(MetricValue.of(0.5), mean.get("c5"));
    assertFalse(mean.get("c0").isDefined());
  }

  @Test
  void theTruthItselfMatchesFullyWhereverVoidLies() {
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      byte[] labels = Maps.regions(40, 60, 4, random);
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(9) == 0 ? (byte) LabelSpace.VOID : labels[i];
      }
      LabelMap truth = LabelMap.of(Maps.space(4), 40, 60, labels);
      LabelMap same = LabelMap.of(Maps.space(4), 40, 60, labels.clone());
      for (Optional<BoundaryMatch> match : BoundaryF.defaults().match(truth, same)) {
        if (match.isPresent()) {
          assertEquals(1, match.get().f(), "seed " + seed);
        }
      }
    }
  }

  @Test
  void voidMakesNoContour() {
    LabelSpace space = Maps.space(2);
    LabelMap truth = LabelMap.of(space, 1, 6, Maps.bytes(0, 0, 255, 1, 1, 0));
    LabelMap prediction = LabelMap.of(space, 1, 6, Maps.bytes(0, 0, 0, 1, 1, 0));
    BoundaryMatch zero = new BoundaryF(0.1).match(truth, prediction).get(0).orElseThrow();
    // In the truth only the last 0 touches another class; the prediction's 0 at the void is gone.
    assertEquals(new BoundaryMatch(1, 1, 1, 1), zero);
  }

  /** Scalabel's lane boundaries; a class without a file is empty. */
  @Test
  void scalabelBoundaries() throws IOException {
    JsonNode root = Shared.json("scalabel-boundary/expected.json");
    Path dir = Shared.fixture("scalabel-boundary");
    List<String> images = List.of("b1c81faa-3df17267", "b1c66a42-6f7d68ca");
    double[] all = new double[3];
    for (String group : List.of("DIRECTION", "STYLE", "CATEGORY")) {
      double[] sum = new double[3];
      JsonNode classes = root.at("/groups/" + group);
      for (JsonNode name : classes) {
        String file = name.asText().replace(' ', '_') + ".png";
        for (String image : images) {
          List<BoundaryMatch> matches =
              BoundaryMatch.of(
                  mask(dir.resolve("gt").resolve(image).resolve(file)),
                  mask(dir.resolve("pred").resolve(image).resolve(file)),
                  720,
                  1280,
                  RADII);
          for (int r = 0; r < 3; r++) {
            sum[r] += matches.get(r).f() / images.size() / classes.size();
          }
        }
      }
      for (int r = 0; r < 3; r++) {
        // The tool's doubles are summed in another order.
        assertEquals(
            root.at("/expected_percent/" + group).get(r).asDouble(), 100 * sum[r], 1e-11, group);
        all[r] += sum[r] / 3;
      }
    }
    for (int r = 0; r < 3; r++) {
      assertEquals(root.at("/expected_percent/ALL").get(r).asDouble(), 100 * all[r], 1e-11);
    }
  }

  /** BDD100K's lane maps: bits 0–2 category, bit 3 background, bit 4 style, bit 5 direction. */
  @Test
  void bddLaneBoundaries() throws IOException {
    JsonNode rows = Shared.json("bdd100k-lane/expected.json").get("upstream_rows");
    JsonNode images = Shared.json("bdd100k-lane/expected.json").get("images");
    Path dir = Shared.fixture("bdd100k-lane");
    Map<String, IntPredicate> classes =
        Map.of(
            "parallel", v -> (v & 32) == 0,
            "vertical", v -> (v & 32) != 0,
            "solid", v -> (v & 16) == 0,
            "dashed", v -> (v & 16) != 0,
            "crosswalk", v -> (v & 7) == 0,
            "double yellow", v -> (v & 7) == 3,
            "road curb", v -> (v & 7) == 4,
            "single white", v -> (v & 7) == 6,
            "single yellow", v -> (v & 7) == 7);
    Map<String, double[]> sums = new HashMap<>();
    for (JsonNode image : images) {
      Raster truth = raster(dir.resolve("gts").resolve(image.asText()));
      Raster prediction = raster(dir.resolve("res").resolve(image.asText()));
      classes.forEach(
          (name, of) -> {
            List<BoundaryMatch> matches =
                BoundaryMatch.of(
                    lane(truth, of),
                    lane(prediction, of),
                    truth.getHeight(),
                    truth.getWidth(),
                    RADII);
            for (int r = 0; r < 3; r++) {
              sums.computeIfAbsent(name, n -> new double[3])[r] += matches.get(r).f();
            }
          });
    }
    assertEquals(classes.keySet(), sums.keySet());
    sums.forEach(
        (name, sum) -> {
          for (int r = 0; r < 3; r++) {
            double expected = rows.get(name).get(r).asDouble();
            assertEquals(expected, 100 * sum[r] / images.size(), 1e-8, name);
          }
        });
  }

  private static BitSet lane(Raster raster, IntPredicate of) {
    BitSet out = new BitSet();
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        int value = raster.getSample(x, y, 0);
        if ((value & 8) == 0 && of.test(value)) {
          out.set(y * raster.getWidth() + x);
        }
      }
    }
    return out;
  }

  private static BitSet mask(Path file) throws IOException {
    BitSet out = new BitSet();
    if (Files.exists(file)) {
      Raster raster = raster(file);
      assertEquals(720, raster.getHeight());
      assertEquals(1280, raster.getWidth());
      for (int y = 0; y < 720; y++) {
        for (int x = 0; x < 1280; x++) {
          if (raster.getSample(x, y, 0) != 0) {
            out.set(y * 1280 + x);
          }
        }
      }
    }
    return out;
  }

  private static Raster raster(Path file) throws IOException {
    return ImageIO.read(file.toFile()).getRaster();
  }
}
