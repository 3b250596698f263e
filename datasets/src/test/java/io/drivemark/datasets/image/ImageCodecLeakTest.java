package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native memory of the codec goes back after every call. */
class ImageCodecLeakTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Test
  @Tag("leak")
  void tenThousandPhotographsLeaveMemoryFlat(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(Files.exists(STATUS), "skipped: no " + STATUS);
    byte[] pixels = new byte[3 * 96 * 128];
    new Random(1).nextBytes(pixels);
    RgbImage image = RgbImage.of(96, 128, pixels);
    Path file = folder.resolve("a.png");
    ImageCodec.writeImage(file, image);
    cycles(file, image, 2000);
    long before = residentKib();
    cycles(file, image, 10_000);
    long grown = residentKib() - before;
    // One leaked photograph a cycle would be 360 MB; the Java heap may still grow a little.
    assertTrue(grown < 64 * 1024, "resident memory grew by " + grown + " KiB");
  }

  private static void cycles(Path file, RgbImage expected, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(expected, ImageCodec.readImage(file));
      assertEquals(48, ImageCodec.resizeBilinear(expected, 48, 64).height());
    }
  }

  private static long residentKib() throws IOException {
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
