package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real frames, where they are present. */
class CamVidTest {
  static Stream<Arguments> splits() {
    return Stream.of(arguments("train", 367), arguments("val", 101));
  }

  /** Golden: counted by others over the same files with ImageIO; see the file's own note. */
  @ParameterizedTest
  @MethodSource("splits")
  void pixelCountsAreTheGoldenOnes(String split, int frames) throws IOException {
    Dataset dataset =
        Datasets.open("camvid", SharedData.require("data/camvid"), split, OptionalInt.empty());
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.require("fixtures/camvid-segnet-histogram/expected.json").toFile())
            .at("/splits/" + split);
    long[] pixels = new long[12];
    long[] containing = new long[12];
    for (int i = 0; i < dataset.ids().size(); i++) {
      LabelMap truth = dataset.frame(i).truth();
      long[] here = new long[12];
      for (byte value : truth.pixels()) {
        here[(value & 0xFF) == LabelSpace.VOID ? 11 : value]++;
      }
      for (int c = 0; c < 12; c++) {
        pixels[c] += here[c];
        containing[c] += here[c] > 0 ? 1 : 0;
      }
    }
    assertEquals(frames, dataset.ids().size());
    assertArrayEquals(longs(golden.get("pixels")), pixels);
    assertArrayEquals(longs(golden.get("frames_containing")), containing);
  }

  /** The original frames lie in one folder; ranges of names tell the splits of the papers apart. */
  @Test
  void namesOfTheRealFramesFallIntoTheirSplits() {
    for (String name : List.of("camvid-exact", "camvid-merged")) {
      Map<String, List<Layout.Member>> members = Datasets.format(name).layouts().get(0).members();
      for (String split : List.of("train", "val")) {
        Dataset frames =
            Datasets.open("camvid", SharedData.require("data/camvid"), split, OptionalInt.empty());
        for (String id : frames.ids()) {
          Set<String> found = new TreeSet<>();
          members.forEach(
              (of, some) -> {
                if (some.stream().anyMatch(m -> m.contains(id))) {
                  found.add(of);
                }
              });
          assertEquals(Set.of(split), found, name + " " + id);
        }
      }
    }
  }

  @Test
  void firstFrameIsWhole() {
    Dataset val =
        Datasets.open("camvid", SharedData.require("data/camvid"), "val", OptionalInt.of(3));
    assertEquals(List.of("0016E5_07959", "0016E5_07961", "0016E5_07963"), val.ids());
    Sample sample = val.frame(0).sample();
    assertEquals("RgbImage[360x480]", sample.image().toString());
    assertEquals("LabelMap[360x480, camvid-11]", sample.truth().toString());
    assertEquals(Optional.of("0016E5"), sample.sequence());
    assertEquals(val.frame(0).truth(), sample.truth());
    assertEquals(
        List.of(
            "Sky",
            "Building",
            "Pole",
            "Road",
            "Pavement",
            "Tree",
            "SignSymbol",
            "Fence",
            "Car",
            "Pedestrian",
            "Bicyclist"),
        val.labels().classNames());
  }

  /** Predictions that another tool wrote: index PNGs whose void is 11, the dataset's own. */
  @Test
  void foreignToolsPredictionsAreFoundAndRead() {
    Dataset val =
        Datasets.open(
            DatasetRequest.of("camvid", "val")
                .withRoot(SharedData.require("data/camvid"))
                .withLabelsOnly());
    PredictionFiles files =
        PredictionFiles.find(
                SharedData.require("fixtures/camvid-espnet-val/predictions"),
                val.ids(),
                val.facts().predictionsMayHaveSuffix())
            .requireExact();
    PredictionCodec codec = new PredictionCodec(PredictionEncoding.TRAIN_IDS, val.coding());
    long hits = 0;
    long judged = 0;
    for (int i = 0; i < val.ids().size(); i++) {
      byte[] truth = val.frame(i).truth().pixels();
      PredictionCodec.Prediction read = codec.read(files.files().get(val.ids().get(i)), 360, 480);
      assertEquals(0, read.foreignPixels());
      byte[] prediction = read.map().pixels();
      for (int p = 0; p < truth.length; p++) {
        judged += truth[p] == -1 ? 0 : 1;
        hits += truth[p] != -1 && truth[p] == prediction[p] ? 1 : 0;
      }
    }
    // Published with the predictions, to four digits.
    assertEquals(0.9268, (double) hits / judged, 5e-5);
  }

  private static long[] longs(JsonNode array) {
    long[] out = new long[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asLong();
    }
    return out;
  }
}
