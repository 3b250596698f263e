package io.drivemark.architectures.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFileTest {
  @TempDir Path folder;

  /** {"w": 2x3 view with strides 1, 2 on six floats, "w2": its last two elements}. */
  private static byte[] stridedPickle() {
    PickleBytes p = new PickleBytes().proto().global("collections", "OrderedDict").op(')', 'R');
    p.text("w").tensor("FloatStorage", "7", 6, 0, new int[] {2, 3}, new int[] {1, 2}).op('s');
    p.text("w2").tensor("FloatStorage", "7", 6, 4, new int[] {2}, new int[] {1}).op('s');
    return p.stop().bytes();
  }

  private static final Map<String, Tensor> STRIDED =
      Map.of(
          "w", Tensor.of(Shape.of(2, 3), new float[] {0, 2, 4, 1, 3, 5}),
          "w2", Tensor.of(Shape.of(2), new float[] {4, 5}));

  /** All tensors of the only set in a file. */
  private static Map<String, Tensor> read(Path path) {
    WeightFile file = WeightFile.open(path);
    return file.values(WeightSets.of(file).get(0).tensors());
  }

  private static byte[] legacy(byte[] pickle) {
    byte[] keys = new PickleBytes().proto().op(']').text("7").op('a').stop().bytes();
    return new PickleBytes()
        .raw(PickleBytes.legacyHead())
        .raw(pickle)
        .raw(keys)
        .raw(PickleBytes.longs(6))
        .raw(PickleBytes.floats(0, 1, 2, 3, 4, 5))
        .bytes();
  }

  @Test
  void zipFormatKeepsOrderAndStrides() {
    byte[] storage = PickleBytes.floats(0, 1, 2, 3, 4, 5);
    Path file = PickleBytes.zip(folder.resolve("a.pth"), stridedPickle(), "7", storage);
    Map<String, Tensor> tensors = read(file);
    assertEquals(STRIDED, tensors);
    assertEquals(List.of("w", "w2"), List.copyOf(tensors.keySet()));
  }

  @Test
  void legacyFormatGivesTheSame() {
    Path file = PickleBytes.file(folder.resolve("a.pth"), legacy(stridedPickle()));
    assertEquals(STRIDED, read(file));
  }

  @Test
  void wholeNumbersBecomeInt64AndScalarsHaveRankZero() {
    PickleBytes p = new PickleBytes().proto().op('}');
    p.text("n").tensor("LongStorage", "1", 1, 0, new int[0], new int[0]).op('s').stop();
    Path file = PickleBytes.zip(folder.resolve("a.pth"), p.bytes(), "1", PickleBytes.longs(42));
    assertEquals(Map.of("n", Tensor.ofLongs(Shape.of(), new long[] {42})), read(file));
  }

  @Test
  void halfPrecisionIsWidenedExactly() {
    PickleBytes p = new PickleBytes().proto().op('}');
    p.text("h").tensor("HalfStorage", "1", 4, 0, new int[] {4}, new int[] {1}).op('s').stop();
    byte[] halves = {0x00, 0x3c, 0x00, (byte) 0xc0, 0x01, 0x00, (byte) 0xff, 0x7b};
    Path file = PickleBytes.zip(folder.resolve("a.pth"), p.bytes(), "1", halves);
    assertArrayEquals(new float[] {1, -2, 0x1p-24f, 65504}, read(file).get("h").floats());
  }

  @Test
  void stateDictUnderItsOwnKeyIsFound() {
    PickleBytes p = new PickleBytes().proto().op('}').text("epoch").integer(3).op('s');
    p.text("state_dict").op('}').text("n");
    p.tensor("LongStorage", "1", 1, 0, new int[0], new int[0]).op('s', 's').stop();
    Path file = PickleBytes.zip(folder.resolve("a.pth"), p.bytes(), "1", PickleBytes.longs(42));
    assertEquals(List.of("n"), List.copyOf(read(file).keySet()));
  }

  @Test
  void foreignClassIsRefusedByName() {
    byte[] evil =
        new PickleBytes().global("os", "system").op('(').text("true").op('t', 'R').stop().bytes();
    Path legacy = PickleBytes.file(folder.resolve("evil.pth"), evil);
    assertEquals(
        legacy
            + ": names os.system at byte 0, which is no part of a state dict; nothing was run."
            + " Only tensors are read: save the network's state_dict() from a place you trust",
        assertThrows(BadInputException.class, () -> read(legacy)).getMessage());
    Path zip = PickleBytes.zip(folder.resolve("zip.pth"), evil, "0", new byte[0]);
    assertEquals(
        zip
            + ": names os.system at byte 0, which is no part of a state dict; nothing was run."
            + " Only tensors are read: save the network's state_dict() from a place you trust",
        assertThrows(BadInputException.class, () -> read(zip)).getMessage());
  }

  @Test
  void foreignClassInsideALegacyFileIsRefusedByName() {
    PickleBytes p = new PickleBytes().proto().op('}').text("w");
    p.op(0x8c, 8).raw("builtins").op(0x8c, 4).raw("eval").op(0x93).op('s').stop();
    Path file = PickleBytes.file(folder.resolve("evil.pth"), legacy(p.bytes()));
    String message = assertThrows(BadInputException.class, () -> read(file)).getMessage();
    assertTrue(message.startsWith(file + ": names builtins.eval at byte "), message);
  }

  @Test
  void truncatedStorageSaysWhereTheFileEnds() {
    byte[] whole = legacy(stridedPickle());
    Path file = PickleBytes.file(folder.resolve("a.pth"), Arrays.copyOf(whole, whole.length - 1));
    assertEquals(
        file
            + ": truncated: storage 7 has 6 elements of float32 from byte "
            + (whole.length - 32)
            + " on, the file ends at byte "
            + (whole.length - 1)
            + "; copy the file again",
        assertThrows(BadInputException.class, () -> read(file)).getMessage());
  }

  @Test
  void truncatedPickleSaysWhereItStarts() {
    byte[] head = PickleBytes.legacyHead();
    Path file =
        PickleBytes.file(
            folder.resolve("a.pth"), Arrays.copyOf(legacy(stridedPickle()), head.length + 20));
    assertEquals(
        file
            + ": truncated: the pickle that starts at byte "
            + head.length
            + " goes on beyond the file's end at byte "
            + (head.length + 20)
            + "; copy the file again",
        assertThrows(BadInputException.class, () -> read(file)).getMessage());
  }

  @Test
  void viewBeyondItsStorageIsRefused() {
    PickleBytes p = new PickleBytes().proto().op('}');
    p.text("w").tensor("FloatStorage", "1", 6, 3, new int[] {4}, new int[] {1}).op('s').stop();
    Path file =
        PickleBytes.zip(
            folder.resolve("a.pth"), p.bytes(), "1", PickleBytes.floats(1, 2, 3, 4, 5, 6));
    assertEquals(
        file + ": damaged: tensor w reaches beyond its storage",
        assertThrows(BadInputException.class, () -> read(file)).getMessage());
  }

  @Test
  void notACheckpointIsSaidSo() {
    Path text = PickleBytes.file(folder.resolve("a.pth"), "hello".getBytes(StandardCharsets.UTF_8));
    String message = assertThrows(BadInputException.class, () -> read(text)).getMessage();
    assertTrue(message.startsWith(text + ": no PyTorch state dict, or damaged: "), message);
    Path missing = folder.resolve("none.pth");
    assertEquals(
        missing + ": no such file",
        assertThrows(BadInputException.class, () -> read(missing)).getMessage());
    Path empty = PickleBytes.file(folder.resolve("empty.pth"), new byte[0]);
    assertEquals(
        empty + ": is empty; copy the file again",
        assertThrows(BadInputException.class, () -> read(empty)).getMessage());
  }

  @Test
  void whateverIsDamagedTheErrorIsBadInput() {
    byte[] whole = legacy(stridedPickle());
    Random random = new Random(20);
    for (int round = 0; round < 2000; round++) {
      byte[] copy = whole.clone();
      copy[random.nextInt(copy.length - 24)] = (byte) random.nextInt(256);
      Path file = PickleBytes.file(folder.resolve("a.pth"), copy);
      try {
        read(file);
      } catch (BadInputException e) {
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
  }
}
