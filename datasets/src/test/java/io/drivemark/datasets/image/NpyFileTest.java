package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
  @TempDir Path folder;

  private Path write(int version, String type, boolean columns, String shape, byte[] data)
      throws IOException {
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, columns ? "True" : "False", shape);
    byte[] header =
        (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(12 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.UTF_8)).put((byte) version);
    out.put((byte) 0);
    if (version == 1) {
      out.putShort((short) header.length);
    } else {
      out.putInt(header.length);
    }
    out.put(header).put(data).flip();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  private static byte[] data(String type, int... values) {
    int size = type.charAt(2) - '0';
    ByteBuffer out = ByteBuffer.allocate(size * values.length);
    out.order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      switch (size) {
        case 1 -> out.put((byte) value);
        case 2 -> out.putShort((short) value);
        case 4 -> out.putInt(value);
        default -> out.putLong(value);
      }
    }
    return out.array();
  }

  @ParameterizedTest
  @CsvSource({
    "1, |u1, '2, 3'",
    "2, |b1, '2, 3'",
    "3, <i8, '1, 2, 3'",
    "1, >i4, '2, 3'",
    "1, <u2, '2, 3'",
    "1, |i1, '2,3'",
    "1, >u8, '1, 2, 3'"
  })
  void wholeNumbersOfEveryTypeAreLabels(int version, String type, String shape) throws IOException {
    RawLabels rows = NpyFile.read(write(version, type, false, shape, data(type, 0, 1, 1, 0, 0, 1)));
    RawLabels columns =
        NpyFile.read(write(version, type, true, shape, data(type, 0, 0, 1, 0, 1, 1)));
    for (RawLabels labels : new RawLabels[] {rows, columns}) {
      assertEquals("2x3x1", labels.height() + "x" + labels.width() + "x" + labels.bytesPerPixel());
      int[] expected = {0, 1, 1, 0, 0, 1};
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], labels.value(i), type + " " + i);
      }
    }
  }

  @Test
  void valuesAboveABytesRangeTakeTwo() throws IOException {
    RawLabels labels = NpyFile.read(write(1, "<i4", false, "1, 2", data("<i4", 65535, 7)));
    assertEquals(2, labels.bytesPerPixel());
    assertEquals(65535, labels.value(0));
    assertEquals(7, labels.value(1));
  }

  private String refused(Path file) {
    String message = assertThrows(BadInputException.class, () -> NpyFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message.substring(file.toString().length() + 2);
  }

  @Test
  void whatIsNoLabelMapIsRefused() throws IOException {
    assertEquals(
        "its values are '<f4', expected whole numbers such as |u1 or <i8; save class indices:"
            + " np.save(file, logits.argmax(0).astype('uint8'))",
        refused(write(1, "<f4", false, "1, 1", new byte[4])));
    assertEquals(
        "its values are '|O', expected whole numbers such as |u1 or <i8; save class indices:"
            + " np.save(file, logits.argmax(0).astype('uint8'))",
        refused(write(1, "|O", false, "1, 1", new byte[4])));
    assertEquals(
        "its shape is (19, 2, 3), expected one label a pixel: (H, W) or (1, H, W); of logits take"
            + " the argmax over the classes first",
        refused(write(1, "|u1", false, "19, 2, 3", new byte[114])));
    assertEquals(
        "holds -1 at (row, column) (0, 1), expected labels of 0 to 65535; write void as 255",
        refused(write(1, "<i8", false, "1, 2", data("<i8", 0, -1))));
    assertEquals(
        "damaged: 2x3 values of 1 bytes need 6 bytes, found 5",
        refused(write(1, "|u1", false, "2, 3", new byte[5])));
    assertEquals(
        "its shape is (99999999999, 99999999999), expected 1 to 268435456 pixels",
        refused(write(1, "|u1", false, "99999999999, 99999999999", new byte[5])));
    assertEquals(
        "version 4 of NumPy's format, expected 1 to 3",
        refused(write(4, "|u1", false, "1, 1", new byte[1])));
    Files.writeString(folder.resolve("b.npy"), "PK no array");
    assertEquals(
        "no NumPy array: it does not begin as np.save writes it", refused(folder.resolve("b.npy")));
  }

  /** A damaged file is refused or read, and nothing else happens. */
  @Test
  void damageIsFound() throws IOException {
    byte[] whole =
        Files.readAllBytes(write(1, "<i4", false, "2, 3", data("<i4", 0, 1, 2, 3, 4, 5)));
    long seed = 5;
    Random random = new Random(seed);
    int refusals = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] bytes =
          java.util.Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int i = 0; bytes.length > 0 && i < 1 + random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("c.npy"), bytes);
      try {
        assertEquals(
            6,
            NpyFile.read(file).bytes().length / NpyFile.read(file).bytesPerPixel(),
            "seed " + seed);
      } catch (BadInputException e) {
        refusals++;
      }
    }
    assertTrue(refusals > 1000, refusals + " refused, seed " + seed);
  }
}
