package io.drivemark.architectures.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles and checkpoints opcode by opcode, as PyTorch does. */
final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Raw opcodes. */
  PickleBytes op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  PickleBytes proto() {
    return op(0x80, 2);
  }

  PickleBytes stop() {
    return op('.');
  }

  PickleBytes global(String module, String name) {
    return op('c').raw(module + "\n" + name + "\n");
  }

  PickleBytes text(String value) {
    return op('X').little(value.length()).raw(value);
  }

  PickleBytes integer(int value) {
    return op('J').little(value);
  }

  PickleBytes ints(int... values) {
    op('(');
    for (int v : values) {
      integer(v);
    }
    return op('t');
  }

  /**
   * {@code torch._utils._rebuild_tensor_v2(storage, offset, size, stride, False, OrderedDict())}.
   */
  PickleBytes tensor(
      String storageType, String key, int elements, int offset, int[] size, int[] stride) {
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", storageType).text(key).text("cpu").integer(elements);
    op('t', 'Q').integer(offset).ints(size).ints(stride).op(0x89);
    return global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  PickleBytes raw(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  PickleBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  PickleBytes little(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      buffer.putFloat(v);
    }
    return buffer.array();
  }

  static byte[] longs(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long v : values) {
      buffer.putLong(v);
    }
    return buffer.array();
  }

  /** What stands before the state dict in a legacy file: magic number, protocol, system. */
  static byte[] legacyHead() {
    PickleBytes magic = new PickleBytes().proto().op(0x8a, 10);
    magic.op(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).stop();
    PickleBytes protocol = new PickleBytes().proto().op('M', 0xe9, 0x03).stop();
    PickleBytes system =
        new PickleBytes().proto().op('}').text("little_endian").op(0x88, 's').stop();
    return new PickleBytes().raw(magic.bytes()).raw(protocol.bytes()).raw(system.bytes()).bytes();
  }

  /** A zip-format checkpoint: the pickle and one storage. */
  static Path zip(Path file, byte[] pickle, String key, byte[] storage) {
    return zip(file, pickle, Map.of(key, storage));
  }

  /** A zip-format checkpoint: the pickle and one entry a storage. */
  static Path zip(Path file, byte[] pickle, Map<String, byte[]> storages) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("archive/byteorder"));
      zip.write("little".getBytes(StandardCharsets.US_ASCII));
      for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
        zip.putNextEntry(new ZipEntry("archive/data/" + storage.getKey()));
        zip.write(storage.getValue());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, not compressed, as PyTorch writes it. */
  static byte[] stored(byte[] pickle, Map<String, byte[]> storages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "archive/data.pkl", pickle);
      for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
        store(zip, "archive/data/" + storage.getKey(), storage.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  static Path file(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
