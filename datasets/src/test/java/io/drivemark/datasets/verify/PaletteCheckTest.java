package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.PngMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Palettes that show values in other classes' colours are noted; others say nothing. */
class PaletteCheckTest {
  private static final int[] CAMVID =
      LabelSpaces.named("camvid-11").classes().stream().mapToInt(LabelClass::color).toArray();

  @TempDir Path folder;

  @BeforeEach
  void frames() throws IOException {
    Fixture.camVid(folder);
    Files.delete(folder.resolve("val.txt"));
  }

  @Test
  void theClassesColoursInAnotherOrderAreNotedOnceWithTheFirstFile() throws IOException {
    palette("b", rotated(CAMVID));
    palette("c", rotated(CAMVID));
    assertEquals(
        List.of(
            "2 label files have a palette that contradicts the declared values, the first is "
                + folder.resolve("valannot/b.png")
                + ": value 0 is declared as Sky, but has the colour of Building (128,0,0); so have"
                + " 10 more values. Values are read as they are declared; if the colours are right,"
                + " declare 'kind: color' under 'coding'"),
        notes("camvid"));
  }

  @Test
  void twoExchangedClassesAreNotedAmongColoursThatAreRight() throws IOException {
    int[] colors = Arrays.copyOf(CAMVID, 256);
    colors[3] = CAMVID[4];
    colors[4] = CAMVID[3];
    for (int i = 11; i < 256; i++) {
      colors[i] = i * 0x010101;
    }
    palette("a", colors);
    assertEquals(
        List.of(
            "1 label file has a palette that contradicts the declared values, the first is "
                + folder.resolve("valannot/a.png")
                + ": value 3 is declared as Road, but has the colour of Pavement (60,40,222); so has"
                + " 1 more value. Values are read as they are declared; if the colours are right,"
                + " declare 'kind: color' under 'coding'"),
        notes("camvid"));
  }

  /** Label ids' palette beside class indices: each class is there, at another value. */
  @Test
  void thePaletteOfLabelIdsIsNotedWhereClassIndicesAreDeclared() throws IOException {
    int[] ids = {7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33};
    List<LabelClass> classes = LabelSpaces.named("cityscapes-19").classes();
    int[] colors = new int[34];
    for (int i = 0; i < ids.length; i++) {
      colors[ids[i]] = classes.get(i).color();
    }
    colors[9] = 0xFAAAA0; // parking, which has no class
    declare("labels: cityscapes-19\ncoding: {kind: index, void: [255]}\n");
    palette("a", colors);
    assertEquals(1, notes(folder.resolve("own.yaml").toString()).size());
  }

  @Test
  void theRightColoursPlainAndForeignPalettesSayNothing() throws IOException {
    palette("a", Arrays.copyOf(CAMVID, 256));
    palette("b", IntStream.range(0, 256).map(i -> i * 0x010101).toArray());
    palette("c", pascal(256));
    assertEquals(List.of(), notes("camvid"));
    palette("a", pascal(12));
    palette("b", new int[256]);
    new Fixture(folder).palette("valannot/c.png", 2, 6, 0, 1, 2, 3);
    assertEquals(List.of(), notes("camvid"));
  }

  @Test
  void declaredColoursAreReadFromThePaletteAndNothingContradicts() throws IOException {
    declare("labels: camvid-11\ncoding: {kind: color}\n");
    for (String id : new String[] {"a", "b", "c"}) {
      palette(id, rotated(CAMVID));
    }
    String own = folder.resolve("own.yaml").toString();
    assertEquals(List.of(), notes(own));
    VerifyReport report =
        DatasetVerifier.verify(DatasetRequest.of(own, "val").withRoot(folder), Progress.NONE);
    assertEquals("Building", report.classes().get(1).name());
    assertEquals(3 * 2, report.classes().get(1).pixels(), "stored as 0");
  }

  private void declare(String rest) throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        "name: own\nlayout: {image: '{split}/{id}.png', truth: '{split}annot/{id}.png'}\n" + rest);
  }

  /** 12 pixels with the values 0 to 10 and 0. */
  private void palette(String id, int[] colors) throws IOException {
    int[] values = IntStream.range(0, 12).map(i -> i % 11).toArray();
    Files.write(
        folder.resolve("valannot/" + id + ".png"),
        new PngMaker(2, 6, 8, 3).palette(colors).make(values));
  }

  private static int[] rotated(int[] colors) {
    return IntStream.range(0, colors.length).map(i -> colors[(i + 1) % colors.length]).toArray();
  }

  /** Pascal VOC's colours: bits 0, 3 and 6 of the value make red, and so on, highest bit first. */
  private static int[] pascal(int count) {
    int[] out = new int[count];
    for (int value = 0; value < count; value++) {
      for (int bit = 0; bit < 8; bit++) {
        int shift = 7 - bit / 3 + 8 * (2 - bit % 3);
        out[value] |= (value >> bit & 1) << shift;
      }
    }
    return out;
  }

  private List<String> notes(String dataset) {
    return DatasetVerifier.verify(DatasetRequest.of(dataset, "val").withRoot(folder), Progress.NONE)
        .findings()
        .stream()
        .filter(f -> f.kind() == Finding.Kind.PALETTE)
        .map(Finding::message)
        .toList();
  }
}
