package io.drivemark.datasets.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelCoding;
import io.drivemark.datasets.LabelCoding.Kind;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Spaces;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class LabelDecoderTest {
  private static final Path FILE = Path.of("labels/a.png");
  private static final LabelCoding IDS =
      Spaces.coding(Kind.INDEX, List.of(0, 1, 2, 255), false, 7, 0, 8, 0, 11, 1, 24, 2);
  private static final LabelCoding COLORS =
      Spaces.coding(Kind.COLOR, List.of(0), true, 0x804080, 0, 0x0000C0, 1, 0xDC143C, 2);

  @Test
  void knownValuesBecomeTheirClassOrVoid() {
    LabelDecoder.Decoded decoded =
        new LabelDecoder(IDS).decode(FILE, grey(2, 3, 7, 8, 11, 24, 0, 255));
    assertEquals(Spaces.map(2, 3, 0, 0, 1, 2, 255, 255), decoded.map());
    assertEquals(0, decoded.unknownPixels());
  }

  @Test
  void unknownValueIsAnErrorThatNamesFilePixelAndKnownValues() {
    assertEquals(
        FILE
            + ": unknown label value 9 at row 1, column 2 (the first of 2 such pixels);"
            + " known values of three: 7-8, 11, 24 (classes), 0-2, 255 (void). Declare it in the"
            + " dataset's coding, or set 'unknown: void' to count it as void",
        message(() -> new LabelDecoder(IDS).decode(FILE, grey(2, 4, 7, 8, 11, 24, 0, 0, 9, 10))));
  }

  /** Its bytes are class indices one and all; still nobody said that 2 is a person. */
  @Test
  void anIndexThatNobodyDeclaredIsUnknown() {
    byte[] bytes = new byte[64];
    bytes[40] = 2;
    bytes[41] = 2;
    RawLabels raw = RawLabels.of(8, 8, 1, bytes);
    LabelCoding strict = Spaces.coding(Kind.INDEX, List.of(255), false, 0, 0, 1, 1);
    assertEquals(
        FILE
            + ": unknown label value 2 at row 5, column 0 (the first of 2 such pixels); known values"
            + " of three: 0-1 (classes), 255 (void). Declare it in the dataset's coding (as '2:"
            + " person' under 'values' if it is that class), or set 'unknown: void' to count it as"
            + " void",
        message(() -> new LabelDecoder(strict).decode(FILE, raw)));
    LabelCoding lenient = Spaces.coding(Kind.INDEX, List.of(255), true, 0, 0, 1, 1);
    LabelDecoder.Decoded decoded = new LabelDecoder(lenient).decode(FILE, raw);
    assertEquals(2, decoded.unknownPixels());
    assertEquals(LabelSpace.VOID, decoded.map().at(5, 0));
    assertEquals(LabelSpace.VOID, decoded.map().at(5, 1));
    assertEquals(0, decoded.map().at(5, 2));
  }

  /** 255 is void in memory, but a file's 255 is void only where that is declared. */
  @Test
  void anUndeclared255IsUnknown() {
    LabelCoding strict = Spaces.coding(Kind.INDEX, List.of(), false, 0, 0, 1, 1, 2, 2);
    assertEquals(
        FILE
            + ": unknown label value 255 at row 0, column 2; known values of three: 0-2 (classes),"
            + " none (void). Declare it in the dataset's coding, or set 'unknown: void' to count it"
            + " as void",
        message(() -> new LabelDecoder(strict).decode(FILE, grey(1, 3, 0, 1, 255))));
  }

  /** One larger value must not change how the rest of its frame is read. */
  @Test
  void oneLargerValueChangesNothingElse() {
    LabelCoding lenient = Spaces.coding(Kind.INDEX, List.of(255), true, 0, 0, 1, 1);
    LabelDecoder decoder = new LabelDecoder(lenient);
    assertEquals(
        Spaces.map(1, 4, 0, 1, 255, 0), decoder.decode(FILE, grey(1, 4, 0, 1, 2, 0)).map());
    assertEquals(
        Spaces.map(1, 4, 0, 1, 255, 255), decoder.decode(FILE, grey(1, 4, 0, 1, 2, 9)).map());
  }

  @Test
  void unknownColorIsCountedAsVoidWhereTheCodingSaysSo() {
    RawLabels raw =
        RawLabels.of(1, 3, 3, new byte[] {(byte) 0x80, 0x40, (byte) 0x80, 26, 26, 26, 0, 0, 0});
    LabelDecoder.Decoded decoded = new LabelDecoder(COLORS).decode(FILE, raw);
    assertEquals(Spaces.map(1, 3, 0, 255, 255), decoded.map());
    assertEquals(1, decoded.unknownPixels());
  }

  @Test
  void unknownColorIsShownAsColor() {
    LabelCoding strict = Spaces.coding(Kind.COLOR, List.of(), false, 0x804080, 0, 0x0000C0, 1);
    assertEquals(
        FILE
            + ": unknown label value 26,26,26 at row 0, column 0; known values of three: 0,0,192"
            + " 128,64,128 (classes), none (void). Declare it in the dataset's coding, or set"
            + " 'unknown: void' to count it as void",
        message(
            () ->
                new LabelDecoder(strict)
                    .decode(FILE, RawLabels.of(1, 1, 3, new byte[] {26, 26, 26}))));
  }

  @Test
  void sixteenBitValuesAreDecoded() {
    LabelCoding wide = Spaces.coding(Kind.INDEX, List.of(65535), false, 300, 0, 40000, 2);
    RawLabels raw =
        RawLabels.of(1, 3, 2, new byte[] {1, 44, (byte) 0x9C, 0x40, (byte) 0xFF, (byte) 0xFF});
    assertEquals(Spaces.map(1, 3, 0, 2, 255), new LabelDecoder(wide).decode(FILE, raw).map());
  }

  @Test
  void anotherKindOfFileIsNamed() {
    byte[] green = {7, 7, 7, 8, 9, 8};
    assertEquals(
        FILE
            + ": found a colour image (the pixel at row 0, column 1 is 8,9,8), expected one channel"
            + " of class values, or three equal ones. If its colours are classes, declare 'kind:"
            + " color' under 'coding'; if one channel holds the class, which, for example 'channel:"
            + " red'",
        message(() -> new LabelDecoder(IDS).decode(FILE, RawLabels.of(1, 2, 3, green))));
    assertEquals(
        FILE
            + ": found one channel of 8 bits, expected a colour image whose colours are classes. If"
            + " its values are classes, declare 'kind: index' and the values under 'coding'",
        message(() -> new LabelDecoder(COLORS).decode(FILE, grey(1, 1, 0))));
  }

  @Test
  void threeEqualChannelsAreOne() {
    byte[] bytes = {7, 7, 7, 24, 24, 24, (byte) 255, (byte) 255, (byte) 255};
    assertEquals(
        Spaces.map(1, 3, 0, 2, 255),
        new LabelDecoder(IDS).decode(FILE, RawLabels.of(1, 3, 3, bytes)).map());
  }

  /** One palettised file is indices or colours by what is declared, not by what is in it. */
  @Test
  void paletteIsReadAsDeclared() {
    int[] palette = {0xDC143C, 0x804080, 0, 0, 0, 0, 0, 0x0000C0, 0x804080};
    RawLabels raw = grey(1, 4, 7, 8, 1, 0).withPalette(palette);
    assertEquals(Spaces.map(1, 4, 0, 0, 255, 255), new LabelDecoder(IDS).decode(FILE, raw).map());
    assertEquals(Spaces.map(1, 4, 1, 0, 0, 2), new LabelDecoder(COLORS).decode(FILE, raw).map());
    assertEquals(
        FILE
            + ": damaged PNG: the pixel at row 0, column 1 is entry 9 of a palette that ends"
            + " before; copy or create the file again",
        message(
            () -> new LabelDecoder(COLORS).decode(FILE, grey(1, 2, 7, 9).withPalette(palette))));
  }

  @Test
  void tableFindsEveryKeyAndNothingElse() {
    Random random = new Random(7);
    Map<Integer, Integer> entries = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      entries.put(random.nextInt(1 << 24), i % 256);
    }
    ValueTable table = new ValueTable(entries, 256);
    entries.forEach((key, value) -> assertEquals(value, table.lookUp(key)));
    for (int i = 0; i < 100000; i++) {
      int key = random.nextInt(1 << 24);
      assertEquals(entries.getOrDefault(key, 256), table.lookUp(key));
    }
  }

  private static RawLabels grey(int height, int width, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return RawLabels.of(height, width, 1, bytes);
  }

  private static String message(Runnable action) {
    return assertThrows(BadInputException.class, action::run).getMessage();
  }
}
