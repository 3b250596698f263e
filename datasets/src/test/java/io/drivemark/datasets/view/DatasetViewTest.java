package io.drivemark.datasets.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetContract;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.catalog.ShippedFixtures;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetViewTest {
  @TempDir Path root;

  static Stream<String> shipped() {
    return Datasets.names().stream().filter(name -> Datasets.provider(name).isEmpty());
  }

  private static Dataset drawn(int count) {
    return new SynthDrive(SynthOptions.of(count, 4, 36, 48, "val").withSequences(2, 2));
  }

  @Nested
  class NoiseKeepsTheContract extends DatasetContract {
    @Override
    protected Dataset open() {
      return new GaussianNoise(drawn(3), 10, 1);
    }
  }

  @Nested
  class LimitKeepsTheContract extends DatasetContract {
    @Override
    protected Dataset open() {
      return Limited.of(drawn(5), 3);
    }
  }

  /** A method that is added to these interfaces later is not forgotten here. */
  @Test
  void everythingIsPassedOn() {
    for (Class<?> view : List.of(DatasetView.class, FrameView.class)) {
      for (Method method : view.getInterfaces()[0].getDeclaredMethods()) {
        if (!Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
          assertTrue(
              Arrays.stream(view.getDeclaredMethods())
                  .anyMatch(
                      own ->
                          own.getName().equals(method.getName())
                              && Arrays.equals(
                                  own.getParameterTypes(), method.getParameterTypes())),
              view.getSimpleName() + " does not pass on " + method);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void noiseChangesPhotographsAndNothingElse(String name) {
    ShippedFixtures.Expected fixture = ShippedFixtures.write(name, root);
    Dataset plain = Datasets.open(name, root, fixture.split(), OptionalInt.empty());
    Dataset noisy = new GaussianNoise(plain, 20, 7);
    assertEquals(name + "+gaussian-noise(seed=7,sigma=20.0)", noisy.name());
    assertEquals(plain.split(), noisy.split());
    assertEquals(plain.labels(), noisy.labels());
    assertEquals(plain.ids(), noisy.ids());
    assertEquals(plain.idsOfSplit(), noisy.idsOfSplit());
    assertEquals(plain.facts(), noisy.facts());
    assertSame(plain.coding(), noisy.coding());
    assertEquals(plain.labelled(), noisy.labelled());
    assertEquals(plain.tasks(), noisy.tasks());
    PixelArrays arrays = new PixelArrays();
    for (int i = 0; i < plain.ids().size(); i++) {
      Frame expected = plain.frame(i);
      Frame found = noisy.frame(i);
      LabelMap truth = expected.truth();
      assertEquals(expected.id(), found.id());
      assertEquals(truth, found.truth());
      assertEquals(truth, found.truth(arrays));
      assertEquals(objects(expected.objects()), objects(found.objects()));
      assertEquals(objects(expected.objects()), objects(found.objects(truth, arrays)));
      assertEquals(
          expected.depth().map(depth -> Arrays.toString(depth.metres())),
          found.depth().map(depth -> Arrays.toString(depth.metres())));
      assertEquals(
          expected.confidence(truth).map(String::valueOf),
          found.confidence(truth).map(String::valueOf));
      assertEquals(expected.attributes(), found.attributes());
      assertEquals(expected.sequence(), found.sequence());
      assertEquals(expected.unknownPixels(), found.unknownPixels());
      assertEquals(Optional.empty(), found.imageFile());
      assertNotEquals(expected.image(), found.image());
      Sample sample = found.sample();
      assertEquals(found.image(), sample.image());
      assertEquals(truth, sample.truth());
      assertEquals(expected.sample().attributes(), sample.attributes());
      arrays.next();
    }
  }

  private static Optional<String> objects(Optional<Instances> instances) {
    return instances.map(objects -> Arrays.toString(objects.ids()));
  }

  @Test
  void timeAndCameraArePassedOn() {
    Frame expected = drawn(4).frame(3);
    Frame found = new GaussianNoise(drawn(4), 20, 7).frame(3);
    assertEquals(Optional.of(0.5), found.seconds());
    assertEquals(expected.camera(), found.camera());
    assertTrue(found.camera().isPresent());
  }

  @Test
  void digestAndDescriptionNameTheView() {
    Dataset plain = drawn(2);
    Dataset noisy = new GaussianNoise(plain, 2.5, -3);
    String line = "view \"gaussian-noise\" \"seed=-3\" \"sigma=2.5\"\n";
    assertEquals(plain.description() + line, noisy.description());
    assertEquals(
        Digests.of("drivemark-dataset-view/1\nof \"" + plain.digest() + "\"\n" + line),
        noisy.digest());
  }

  @Test
  void noTwoViewsShareADigest() {
    Dataset plain = drawn(4);
    List<Dataset> all =
        List.of(
            plain,
            drawn(3),
            Limited.of(plain, 3),
            Limited.of(plain, 2),
            new GaussianNoise(plain, 1, 2),
            new GaussianNoise(plain, 2, 1),
            new GaussianNoise(drawn(3), 1, 2),
            new GaussianNoise(Limited.of(plain, 3), 1, 2),
            Limited.of(new GaussianNoise(plain, 1, 2), 3),
            new GaussianNoise(new GaussianNoise(plain, 1, 2), 1, 2),
            new Renamed(plain, "a", Map.of("b", "1\" \"c=2")),
            new Renamed(plain, "a", Map.of("b", "1", "c", "2")),
            new Renamed(plain, "a\" \"b=1", Map.of("c", "2")),
            new Renamed(plain, "a", Map.of("b", "1\nview \"a\" \"b=1")));
    Set<String> digests = new HashSet<>();
    for (Dataset dataset : all) {
      assertTrue(digests.add(dataset.digest()), dataset.name() + " has the digest of another");
    }
  }

  /** Changes nothing but the digest. */
  private static final class Renamed extends DatasetView {
    Renamed(Dataset origin, String kind, Map<String, String> settings) {
      super(origin, kind, settings);
    }
  }

  @Test
  void aViewHasAKind() {
    assertEquals(
        "a view of synthdrive has no kind",
        assertThrows(IllegalArgumentException.class, () -> new Renamed(drawn(1), " ", Map.of()))
            .getMessage());
  }

  @Test
  void noiseFollowsFromSeedAndIdAlone() {
    RgbImage noisy = new GaussianNoise(drawn(4), 10, 1).frame(1).image();
    assertEquals(noisy, new GaussianNoise(drawn(2), 10, 1).frame(1).image());
    assertEquals(noisy, Limited.of(new GaussianNoise(drawn(4), 10, 1), 2).frame(1).image());
    assertNotEquals(noisy, new GaussianNoise(drawn(4), 10, 2).frame(1).image());
  }

  @Test
  void noiseHasItsDeviationAndTheseBits() {
    int size = 400;
    byte[] grey = new byte[3 * size * size];
    Arrays.fill(grey, (byte) 128);
    RgbImage flat = RgbImage.of(size, size, grey);
    Dataset noisy = new GaussianNoise(new Renamed(drawn(1), "flat", Map.of()), 8, 5);
    byte[] pixels = ((GaussianNoise) noisy).change(flat, noisy.frame(0)).pixels();
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      double off = (pixel & 0xFF) - 128;
      sum += off;
      squares += off * off;
    }
    // rounding to whole steps adds 1/12 to the variance; four standard errors
    assertEquals(0, sum / pixels.length, 4 * 8 / Math.sqrt(pixels.length));
    assertEquals(64 + 1 / 12.0, squares / pixels.length, 4 * 64 * Math.sqrt(2.0 / pixels.length));
    assertArrayEquals(grey, flat.pixels(), "the photograph itself stays");
    assertEquals(206410073, Arrays.hashCode(pixels));
  }

  @Test
  void valuesStayWithinAByte() {
    byte[] ends = new byte[3 * 64 * 64];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (byte) (i % 2 == 0 ? 0 : 255);
    }
    GaussianNoise noise = new GaussianNoise(drawn(1), 5, 1);
    byte[] pixels = noise.change(RgbImage.of(64, 64, ends), noise.frame(0)).pixels();
    for (int i = 0; i < ends.length; i++) {
      assertEquals(ends[i] & 0xFF, pixels[i] & 0xFF, 30, "value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 256, Double.NaN})
  void aDeviationIsAboveZeroAndAtMost255(double sigma) {
    assertEquals(
        "gaussian-noise: sigma is " + sigma + ", expected above 0, at most 255",
        assertThrows(BadInputException.class, () -> new GaussianNoise(drawn(1), sigma, 1))
            .getMessage());
  }

  @Test
  void aPhotographKeepsItsSize() {
    Dataset grown =
        new ImageView(drawn(1), "grown", Map.of()) {
          @Override
          protected RgbImage change(RgbImage image, Frame frame) {
            return RgbImage.of(1, 2, new byte[6]);
          }
        };
    assertEquals(
        "synthdrive+grown() made RgbImage[1x2] of RgbImage[36x48]; a photograph must keep its size",
        assertThrows(IllegalStateException.class, () -> grown.frame(0).image()).getMessage());
  }

  @Test
  void theFirstFramesAreThoseOfTheDataset() {
    Fixture.camVid(root);
    Dataset whole = Datasets.open("camvid", root, "val", OptionalInt.empty());
    Dataset two = Limited.of(whole, 2);
    assertEquals("camvid", two.name());
    assertEquals(List.of("a", "b"), two.ids());
    assertEquals(List.of("a", "b", "c"), two.idsOfSplit());
    assertEquals(whole.frame(1).sample().image(), two.frame(1).image());
    assertEquals(whole.frame(1).imageFile(), two.frame(1).imageFile());
    assertThrows(IndexOutOfBoundsException.class, () -> two.frame(2));
    assertSame(whole, Limited.of(whole, 3));
    assertThrows(IllegalArgumentException.class, () -> Limited.of(whole, 0));
  }

  /** Whoever goes through thousands of frames allocates the arrays of one. */
  @Test
  void theNextFrameGoesIntoTheArraysOfTheLastOne() {
    ShippedFixtures.write("cityscapes", root);
    Dataset plain = Datasets.open("cityscapes", root, "val", OptionalInt.empty());
    for (Dataset dataset : List.of(plain, new GaussianNoise(plain, 5, 1))) {
      PixelArrays arrays = new PixelArrays();
      LabelMap first = dataset.frame(0).truth(arrays);
      int[] objects = dataset.frame(0).objects(first, arrays).orElseThrow().ids();
      arrays.next();
      LabelMap second = dataset.frame(1).truth(arrays);
      assertSame(first.pixels(), second.pixels(), dataset.name());
      assertSame(objects, dataset.frame(1).objects(second, arrays).orElseThrow().ids());
    }
  }

  @Test
  void aLimitThatDrawnScenesHeedIsNoView() {
    DatasetRequest request = DatasetRequest.of("synthdrive", "val").withLimit(2);
    assertTrue(Datasets.open(request) instanceof SynthDrive);
  }
}
