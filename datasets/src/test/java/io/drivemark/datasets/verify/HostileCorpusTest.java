package io.drivemark.datasets.verify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.coding.PredictionFiles;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.PngMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files and folders that mean harm or were harmed: each gives its own clear message, in the linter
 * and where the dataset is opened, and none crashes or hangs.
 */
@Timeout(value = 60, unit = SECONDS)
class HostileCorpusTest {
  @TempDir Path root;

  private Path label;

  @BeforeEach
  void files() throws IOException {
    Fixture.camVid(root);
    Files.delete(root.resolve("val.txt"));
    label = root.resolve("valannot/b.png");
  }

  @Test
  void truncated() throws IOException {
    byte[] bytes = Files.readAllBytes(label);
    Files.write(label, Arrays.copyOf(bytes, bytes.length - 20));
    said(
        label
            + ": truncated PNG: the file ends inside its IDAT chunk after "
            + (bytes.length - 20)
            + " bytes; copy or create it again");
  }

  @Test
  void empty() throws IOException {
    Files.write(label, new byte[0]);
    said(label + ": the file is empty, expected a PNG or JPEG image");
  }

  @Test
  void noImageAtAll() throws IOException {
    Files.writeString(label, "<html>404</html>");
    said(label + ": neither PNG nor JPEG: it starts with the bytes 3c 68 74 6d");
  }

  @Test
  void sixteenBitsWhereEightAreExpected() {
    new Fixture(root).grey16("valannot/b.png", 2, 6, 0, 1);
    said(
        label
            + ": found one channel of 16 bits, expected one of 8: no value of camvid-11 is above"
            + " 11. Files of 16 bits mostly hold object numbers or distances; is this the label"
            + " file? If it is, declare a value that needs 16 bits, for example 'void: [65535]'");
  }

  @Test
  void colorsWhereIndicesAreExpected() {
    new Fixture(root).color("valannot/b.png", 2, 6, 0x804020);
    said(
        label
            + ": found a colour image (the pixel at row 0, column 0 is 128,64,32), expected one"
            + " channel of class values, or three equal ones. If its colours are classes, declare"
            + " 'kind: color' under 'coding'; if one channel holds the class, which, for example"
            + " 'channel: red'");
  }

  @Test
  void palettisedWithForeignIndices() {
    new Fixture(root).palette("valannot/b.png", 2, 6, 0, 1, 2, 3, 4, 200);
    said(label + ": unknown label value 200 in 2 pixels at (row, column) (0, 5), (1, 5)");
  }

  /** An interlaced file is no error; one that ends too early is. */
  @Test
  void interlacedWholeAndCut() throws IOException {
    BufferedImage image = new BufferedImage(6, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 12; i++) {
      image.getRaster().setSample(i % 6, i / 6, 0, i);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    Files.delete(label);
    try (var out = ImageIO.createImageOutputStream(label.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    byte[] bytes = Files.readAllBytes(label);
    assertEquals(1, bytes[28], "the file is interlaced");
    VerifyReport whole =
        DatasetVerifier.verify(DatasetRequest.of("camvid", "val").withRoot(root), Progress.NONE);
    assertEquals(3, whole.goodFrames());
    assertEquals(3, whole.classes().get(10).pixels(), "one pixel of class 10 a frame");
    Files.write(label, Arrays.copyOf(bytes, bytes.length - 20));
    said(
        label
            + ": truncated PNG: the file ends inside its IDAT chunk after "
            + (bytes.length - 20)
            + " bytes; copy or create it again");
  }

  @Test
  void foreignValues() {
    new Fixture(root).grey("valannot/b.png", 2, 6, 0, 1, 250);
    said(
        label
            + ": unknown label value 250 in 4 pixels at (row, column) (0, 2), (0, 5), (1, 2),"
            + " (1, 5)");
  }

  @Test
  void listWithAnAbsolutePath() {
    new Fixture(root).text("val.txt", "/etc/passwd\nval/a.png\nval/b.png\nval/c.png\n");
    String found = refusal();
    assertTrue(found.contains("val.txt"), found);
    assertTrue(found.contains("passwd"), found);
  }

  @Test
  void wrongSize() {
    new Fixture(root).grey("valannot/b.png", 6, 2, 0);
    said(
        label
            + ": labels are 6x2, but the photograph "
            + root.resolve("val/b.png")
            + " is 2x6 (height x width)");
  }

  @Test
  void headerOfSixtyThousandBySixtyThousand() throws IOException {
    header(60000, 60000, (byte) 8, (byte) 0);
    said(
        label
            + ": its header says 60000x60000 pixels, more than the 67108864 that are read; the"
            + " file is damaged or no driving frame");
  }

  @Test
  void headerThatAsksForAGigabyteOfSixteenBitColors() throws IOException {
    header(7000, 8000, (byte) 16, (byte) 6);
    long packed = ByteBuffer.wrap(Files.readAllBytes(label)).getInt(33);
    said(
        label
            + ": damaged PNG: its header says 7000x8000 pixels, which "
            + packed
            + " bytes of data cannot hold; copy or create the file again");
  }

  @Test
  void headerOfNoPixels() throws IOException {
    header(0, 6, (byte) 8, (byte) 0);
    said(label + ": damaged PNG: its header says 0x6 pixels");
  }

  @Test
  void randomBytesBehindASignature() throws IOException {
    byte[] signature = Arrays.copyOf(Files.readAllBytes(label), 8);
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[20 + random.nextInt(400)];
      random.nextBytes(bytes);
      System.arraycopy(signature, 0, bytes, 0, 8);
      Files.write(label, bytes);
      String message =
          assertThrows(BadInputException.class, () -> ImageCodec.readRaw(label)).getMessage();
      assertTrue(message.startsWith(label + ": "), message);
    }
  }

  @Test
  void listThatLeavesTheFolder() {
    new Fixture(root)
        .text(
            "val.txt", "val/a.png\n../../../../etc/passwd valannot/b.png\nval/b.png\nval/c.png\n");
    String message =
        root.resolve("val.txt")
            + ", line 2: '../../../../etc/passwd valannot/b.png' has '..' in it and may leave the"
            + " dataset's folder; paths must stay below it";
    said(message);
    assertTrue(refusal().contains(message), refusal());
  }

  @Test
  void listOfBinaryRubbish() throws IOException {
    byte[] bytes = new byte[1000];
    new Random(5).nextBytes(bytes);
    Files.write(root.resolve("val.txt"), bytes);
    assertTrue(
        refusal().startsWith(root.resolve("val.txt") + ": cannot be read as text: "), refusal());
  }

  @Test
  void linkToItself() throws IOException {
    Files.delete(label);
    Files.createSymbolicLink(label, label);
    String message =
        label
            + ": a symbolic link that leads nowhere or in a circle; remove it, or let it lead to a"
            + " file";
    said(message);
    assertTrue(refusal().contains(message), refusal());
  }

  @Test
  void foldersThatLeadToEachOther() throws IOException {
    Files.move(root.resolve("valannot"), root.resolve("kept"));
    Files.createSymbolicLink(root.resolve("valannot"), root.resolve("other"));
    Files.createSymbolicLink(root.resolve("other"), root.resolve("valannot"));
    assertEquals(
        "dataset camvid: "
            + root.resolve("valannot")
            + ": a symbolic link that leads nowhere or in a circle; remove it, or let it lead to a"
            + " file",
        refusal());
  }

  @Test
  void folderThatLeadsAboveItselfIsNotEnteredForEver() throws IOException {
    Fixture files =
        new Fixture(root.resolve("deep"))
            .image("img/x/1.png", 1, 2)
            .grey("lab/1.png", 1, 2, 0, 1)
            .text(
                "d.yaml",
                """
                name: d
                root: .
                classes: [{name: a}, {name: b}]
                layout: {image: 'img/**/{id}.png', truth: 'lab/{id}.png'}
                """);
    Files.createSymbolicLink(files.root().resolve("img/x/loop"), files.root().resolve("img"));
    VerifyReport report =
        DatasetVerifier.verify(
            DatasetRequest.of(files.root().resolve("d.yaml").toString(), "s"), Progress.NONE);
    assertEquals(1, report.goodFrames());
    assertEquals(
        List.of(
            files.root().resolve("./img/x/loop")
                + ": a symbolic link that leads nowhere or in a circle; remove it, or let it lead"
                + " to a file"),
        errors(report));
  }

  @Test
  void predictionsWithALinkThatLeadsAboveItself() throws IOException {
    Path folder = Files.createDirectories(root.resolve("predictions/city"));
    Files.copy(root.resolve("valannot/a.png"), folder.resolve("a.png"));
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, root.resolve("predictions"));
    PredictionFiles found = PredictionFiles.find(root.resolve("predictions"), List.of("a"), false);
    assertEquals(List.of(loop), found.brokenLinks());
    assertEquals(
        root.resolve("predictions")
            + ": expected exactly one ID.png for each sample of the split; found "
            + loop
            + ": a symbolic link that leads nowhere or in a circle; remove it, or let it lead to a"
            + " file",
        assertThrows(BadInputException.class, found::requireExact).getMessage());
  }

  /** Gives the label file another header, with the right checksum. */
  private void header(int height, int width, byte bits, byte colorType) throws IOException {
    byte[] bytes = Files.readAllBytes(label);
    PngMaker.resize(bytes, height, width);
    PngMaker.retype(bytes, bits, colorType);
    Files.write(label, bytes);
  }

  /** Asserts that the linter says this first and goes on with the other two frames. */
  private void said(String message) {
    VerifyReport report =
        DatasetVerifier.verify(DatasetRequest.of("camvid", "val").withRoot(root), Progress.NONE);
    assertEquals(message, errors(report).get(0));
    assertTrue(report.goodFrames() >= 2, report.goodFrames() + " good frames");
  }

  private static List<String> errors(VerifyReport report) {
    return report.findings().stream()
        .filter(f -> f.kind().severity() == Finding.Severity.ERROR)
        .map(Finding::message)
        .toList();
  }

  private String refusal() {
    return assertThrows(
            BadInputException.class,
            () -> Datasets.open("camvid", root, "val", OptionalInt.empty()))
        .getMessage();
  }
}
