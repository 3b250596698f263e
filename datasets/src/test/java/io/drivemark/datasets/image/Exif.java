package io.drivemark.datasets.image;

import io.drivemark.datasets.catalog.Fixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes JPEG photographs with an EXIF orientation. */
public final class Exif {
  private Exif() {}

  /** Writes noise of this stored size, to be shown by the given orientation. */
  public static void write(Path file, int height, int width, int orientation, boolean big)
      throws IOException {
    new Fixture(file.getParent()).image(file.getFileName().toString(), height, width);
    ByteBuffer tiff =
        ByteBuffer.allocate(26).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    tiff.put((big ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] plain = Files.readAllBytes(file);
    out.write(plain, 0, 2);
    out.write(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (2 + 6 + tiff.capacity())});
    out.write("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    out.write(tiff.array());
    out.write(plain, 2, plain.length - 2);
    Files.write(file, out.toByteArray());
  }
}
