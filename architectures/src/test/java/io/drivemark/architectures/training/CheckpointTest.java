package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  static final Checkpoint.Subject SUBJECT = new Checkpoint.Subject("net", "recipe", "data");

  @TempDir Path folder;

  /** A small one, and nothing of it empty. */
  static Checkpoint small() {
    return new Checkpoint(
        SUBJECT,
        12,
        3.5,
        List.of(
            epoch(1, 0.5, OptionalDouble.of(0.25), 1e-3, 2),
            epoch(2, 0.25, OptionalDouble.empty(), 1e-4, 4)),
        1,
        new long[][] {{1, 2, 3}, {4, 5, 6}},
        Map.of("a.weight", new float[] {1, 2, 3}),
        Map.of("a.weight", new float[] {4, 5, 6}),
        Map.of("first/a.weight", new float[] {7}));
  }

  private static EpochRecord epoch(
      int epoch, double loss, OptionalDouble miou, double rate, double seconds) {
    return new EpochRecord(epoch, loss, ValFigure.MIOU, miou, rate, seconds, Optional.empty());
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Path file = folder.resolve("a");
    small().write(file);
    Checkpoint back = Checkpoint.read(file, SUBJECT);
    assertEquals(12, back.steps());
    assertEquals(3.5, back.seconds());
    assertEquals(small().history(), back.history());
    assertArrayEquals(new long[][] {{1, 2, 3}, {4, 5, 6}}, back.bestCounts());
    assertArrayEquals(new float[] {1, 2, 3}, back.weights().get("a.weight"));
    assertArrayEquals(new float[] {4, 5, 6}, back.best().get("a.weight"));
    assertArrayEquals(new float[] {7}, back.optimiser().get("first/a.weight"));
  }

  /** The bytes that a file had before there were gates, and what is added where there are some. */
  @Test
  void onlyEpochsOfGatesChangeTheFormat() throws IOException {
    Path file = folder.resolve("a");
    small().write(file);
    byte[] plain = Files.readAllBytes(file);
    assertEquals("DRIVEMK1", new String(plain, 0, 8, StandardCharsets.US_ASCII));
    assertEquals(
        "72016457789c4eedcdc9a917075666352214f2d64c0f67b32b44d7ce361d5e21", Digests.of(file));
    GateProgress gates = new GateProgress(0.5, 0.875, 0.75);
    List<EpochRecord> history =
        List.of(
            small().history().get(0),
            new EpochRecord(
                2, 0.25, ValFigure.MIOU, OptionalDouble.empty(), 1e-4, 4, Optional.of(gates)));
    new Checkpoint(SUBJECT, 12, 3.5, history, 0, new long[0][], Map.of(), Map.of(), Map.of())
        .write(file);
    assertEquals("DRIVEMK2", new String(Files.readAllBytes(file), 0, 8, StandardCharsets.US_ASCII));
    assertEquals(history, Checkpoint.read(file, SUBJECT).history());
    assertEquals(
        "{\"epoch\":2,\"loss\":0.250000,\"miou\":null,\"rate\":1.000e-04,\"seconds\":4.0,"
            + "\"gates\":{\"live\":0.5000,\"right\":0.8750,\"constant\":0.7500}}",
        history.get(1).json());
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    Path file = folder.resolve("a");
    small().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] copy = whole.clone();
      copy[at] ^= (byte) 0x80;
      Files.write(file, copy);
      assertEquals(
          damaged(file, at < 8 ? "it does not begin as one" : "its checksum is wrong"),
          assertThrows(BadInputException.class, () -> Checkpoint.read(file, SUBJECT)).getMessage());
    }
  }

  @Test
  void everyShorterFileIsNoticed() throws IOException {
    Path file = folder.resolve("a");
    small().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(BadInputException.class, () -> Checkpoint.read(file, SUBJECT));
    }
  }

  @Test
  void aLengthThatTheFileIsTooShortForIsNotBelieved() throws IOException {
    Path file = folder.resolve("a");
    small().write(file);
    byte[] whole = Files.readAllBytes(file);
    int history = 8 + (2 + 3) + (2 + 6) + (2 + 4) + 16;
    assertEquals(2, ByteBuffer.wrap(whole).getInt(history));
    for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
      Files.write(file, signed(ByteBuffer.wrap(whole.clone()).putInt(history, length).array()));
      assertEquals(
          damaged(file, "it says that " + length + " values follow"),
          assertThrows(BadInputException.class, () -> Checkpoint.read(file, SUBJECT)).getMessage());
    }
  }

  @Test
  void whateverStandsUnderAFittingChecksumTheErrorIsBadInput() throws IOException {
    Path file = folder.resolve("a");
    small().write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] copy = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        copy[8 + random.nextInt(copy.length - 16)] = (byte) random.nextInt(256);
      }
      Files.write(file, signed(copy));
      try {
        Checkpoint.read(file, SUBJECT);
      } catch (BadInputException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "only " + refused + " of 3000 were refused");
  }

  /** The bytes with a checksum that fits. */
  static byte[] signed(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, bytes.length - 8);
    ByteBuffer.wrap(bytes).putLong(bytes.length - 8, sum.getValue());
    return bytes;
  }

  private static String damaged(Path file, String how) {
    return "checkpoint "
        + file
        + " is damaged: "
        + how
        + "; delete it to train from the start, or name another file";
  }
}
