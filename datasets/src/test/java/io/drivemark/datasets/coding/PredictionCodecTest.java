package io.drivemark.datasets.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelCoding.Kind;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Spaces;
import io.drivemark.datasets.coding.PredictionCodec.Prediction;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionCodecTest {
  private static final LabelCoding PLAIN =
      Spaces.coding(Kind.INDEX, List.of(3), false, 0, 0, 1, 1, 2, 2);
  private static final LabelCoding IDS =
      Spaces.coding(Kind.INDEX, List.of(0, 1), false, 7, 0, 11, 1, 24, 2);
  private static final LabelCoding COLORS =
      Spaces.coding(
          Kind.COLOR, List.of(0), true, 0x804080, 0, 0x8000C0, 0, 0x0000C1, 1, 0xDC143C, 2);
  private static final LabelMap MAP = Spaces.map(2, 3, 0, 1, 2, 255, 2, 0);

  @TempDir Path folder;

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("train-ids", PLAIN, new int[] {0, 1, 2, 255, 2, 0}),
        Arguments.of("train-ids", IDS, new int[] {0, 1, 2, 255, 2, 0}),
        Arguments.of("train-ids", COLORS, new int[] {0, 1, 2, 255, 2, 0}),
        Arguments.of("label-ids", PLAIN, new int[] {0, 1, 2, 3, 2, 0}),
        Arguments.of("label-ids", IDS, new int[] {7, 11, 24, 0, 24, 7}),
        Arguments.of("color", IDS, new int[] {0x804080, 0x0000C0, 0xDC143C, 0, 0xDC143C, 0x804080}),
        Arguments.of(
            "color", COLORS, new int[] {0x804080, 0x0000C1, 0xDC143C, 0, 0xDC143C, 0x804080}));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void storedValuesAreAsDeclaredAndReadBack(String word, LabelCoding coding, int[] stored) {
    PredictionCodec codec = new PredictionCodec(PredictionEncoding.parse(word), coding);
    Path file = folder.resolve("deep/p.png");
    codec.write(file, MAP);
    RawLabels raw = ImageCodec.readRaw(file);
    int[] found = new int[6];
    for (int i = 0; i < 6; i++) {
      found[i] = raw.value(i);
    }
    assertArrayEquals(stored, found);
    Prediction read = codec.read(file, 2, 3);
    assertEquals(new Prediction(MAP, 0), read);
  }

  @Test
  void foreignValueBecomesVoidAndIsCountedApart() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray8(file, 1, 5, new byte[] {0, 3, (byte) 255, 4, 77});
    Prediction read = new PredictionCodec(PredictionEncoding.TRAIN_IDS, PLAIN).read(file, 1, 5);
    assertEquals(new Prediction(Spaces.map(1, 5, 0, 255, 255, 255, 255), 2), read);
  }

  @Test
  void ownVoidOfLabelIdsIsNoVoidAmongTrainIds() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray8(file, 1, 2, new byte[] {0, 1});
    assertEquals(
        Spaces.map(1, 2, 0, 1),
        new PredictionCodec(PredictionEncoding.TRAIN_IDS, IDS).read(file, 1, 2).map());
  }

  /** A mask of 0 and 255 without void: 255 is its class, not what is void elsewhere. */
  @Test
  void aClassThatIsStoredAs255StaysOne() {
    LabelCoding mask = Spaces.coding(Kind.INDEX, List.of(), false, 0, 0, 128, 1, 255, 2);
    PredictionCodec codec = new PredictionCodec(PredictionEncoding.LABEL_IDS, mask);
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray8(file, 1, 4, new byte[] {0, (byte) 255, (byte) 128, (byte) 254});
    assertEquals(new Prediction(Spaces.map(1, 4, 0, 2, 1, 255), 0), codec.read(file, 1, 4));
    LabelMap withVoid = Spaces.map(1, 2, 2, 255);
    Path written = folder.resolve("q.png");
    codec.write(written, withVoid);
    assertEquals(new Prediction(withVoid, 0), codec.read(written, 1, 2));
  }

  /** Void 2 in a dataset where the third class has no stored value: as a class index, 2 is it. */
  @Test
  void ownVoidHidesNoClassIndex() {
    LabelCoding coding = Spaces.coding(Kind.INDEX, List.of(2, 7), false, 0, 0, 1, 1);
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray8(file, 1, 4, new byte[] {0, 2, 7, (byte) 255});
    assertEquals(
        new Prediction(Spaces.map(1, 4, 0, 2, 255, 255), 0),
        new PredictionCodec(PredictionEncoding.TRAIN_IDS, coding).read(file, 1, 4));
  }

  @Test
  void classesOfOneColorCannotBeTold() {
    LabelSpace space =
        new LabelSpace(
            "dark",
            List.of(
                new LabelClass("tar", 0x101010, "all", false, false),
                new LabelClass("coal", 0x101010, "all", false, false)));
    LabelCoding coding =
        new LabelCoding(Kind.INDEX, space, Map.of(0, 0, 1, 1), new TreeSet<>(), false);
    assertEquals(
        "encoding color cannot tell class tar from class coal in dark: both are written as"
            + " 16,16,16; give every class a color of its own, or take train-ids",
        message(() -> new PredictionCodec(PredictionEncoding.COLOR, coding)));
  }

  @Test
  void everyColorOfAClassIsRead() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeColor(file, 1, 3, new int[] {0x8000C0, 0x804080, 0x010101});
    assertEquals(
        new Prediction(Spaces.map(1, 3, 0, 0, 255), 1),
        new PredictionCodec(PredictionEncoding.COLOR, COLORS).read(file, 1, 3));
  }

  @Test
  void anotherSizeIsAnError() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray8(file, 1, 2, new byte[2]);
    assertEquals(
        file + ": the prediction is 1x2, expected 2x1 (height x width), the size of its truth",
        message(() -> new PredictionCodec(PredictionEncoding.TRAIN_IDS, IDS).read(file, 2, 1)));
  }

  @Test
  void anotherKindIsAnError() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeColor(file, 1, 2, new int[] {0x070707, 0x804080});
    assertEquals(
        file
            + ": found a colour image (the pixel at row 0, column 1 is 128,64,128), expected one"
            + " channel of 8 or 16 bits, or three equal ones (encoding label-ids); read it with"
            + " encoding color",
        message(() -> new PredictionCodec(PredictionEncoding.LABEL_IDS, IDS).read(file, 1, 2)));
    ImageCodec.writeGray16(file, 1, 2, new short[2]);
    assertEquals(
        file
            + ": found one channel of 16 bits, expected a colour image (encoding color); read it"
            + " with encoding train-ids or label-ids",
        message(() -> new PredictionCodec(PredictionEncoding.COLOR, IDS).read(file, 1, 2)));
  }

  @Test
  void threeEqualChannelsAreOne() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeColor(file, 1, 3, new int[] {0x070707, 0x181818, 0x090909});
    assertEquals(
        new Prediction(Spaces.map(1, 3, 0, 2, 255), 1),
        new PredictionCodec(PredictionEncoding.LABEL_IDS, IDS).read(file, 1, 3));
  }

  @Test
  void sixteenBitsAreReadByTheirValues() {
    Path file = folder.resolve("p.png");
    ImageCodec.writeGray16(file, 1, 5, new short[] {7, 24, 0, 255, 7 * 256});
    assertEquals(
        new Prediction(Spaces.map(1, 5, 0, 2, 255, 255, 255), 2),
        new PredictionCodec(PredictionEncoding.LABEL_IDS, IDS).read(file, 1, 5));
    ImageCodec.writeGray16(file, 1, 3, new short[] {2, 255, 256});
    assertEquals(
        new Prediction(Spaces.map(1, 3, 2, 255, 255), 1),
        new PredictionCodec(PredictionEncoding.TRAIN_IDS, IDS).read(file, 1, 3));
  }

  @Test
  void colorsCannotBeLabelIds() {
    assertEquals(
        "the label files of this dataset hold colours, so predictions cannot be encoded as"
            + " label-ids; take color or train-ids",
        message(() -> new PredictionCodec(PredictionEncoding.LABEL_IDS, COLORS)));
  }

  @Test
  void twoClassesOfOneColorCannotBeColors() {
    LabelCoding coding =
        Spaces.coding(Kind.COLOR, List.of(0x804080), false, 0x0000C0, 1, 0xDC143C, 2);
    assertEquals(
        "class ground has no stored value in this dataset; declare one in its coding, or take"
            + " train-ids",
        message(() -> new PredictionCodec(PredictionEncoding.COLOR, coding)));
  }

  @Test
  void unknownEncodingNamesTheNearest() {
    assertEquals(
        "no prediction encoding is called 'train-id' (did you mean 'train-ids'?); known:"
            + " train-ids, label-ids, color",
        message(() -> PredictionEncoding.parse("train-id")));
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
