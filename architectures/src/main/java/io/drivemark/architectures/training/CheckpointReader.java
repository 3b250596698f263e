package io.drivemark.architectures.training;

import io.drivemark.problem.BadInputException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32;

/**
 * Reads the file of a {@link Checkpoint}: first the checksum over the whole file, then its fields.
 * No length is believed that the file is too short for, so that memory stays in proportion to the
 * file even where somebody made the checksum fit. Not thread-safe.
 */
final class CheckpointReader {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private long size;

  CheckpointReader(Path file) {
    this.file = file;
  }

  /**
   * The checkpoint.
   *
   * @throws BadInputException if the file is damaged, or belongs to another network, recipe or data
   */
  Checkpoint read(Checkpoint.Subject expected) {
    try {
      size = Files.size(file);
      requireWhole();
      try (DataInputStream in = open()) {
        int parts = parts(in);
        Checkpoint.Subject found = new Checkpoint.Subject(in.readUTF(), in.readUTF(), in.readUTF());
        require("network", found.network(), expected.network());
        require("recipe", found.recipe(), expected.recipe());
        require("data", found.data(), expected.data());
        Checkpoint checkpoint = fields(found, parts, in);
        in.readLong();
        if (in.read() >= 0) {
          throw damaged("it goes on behind its end", null);
        }
        return checkpoint;
      }
    } catch (IOException e) {
      throw damaged("it ends early or cannot be read", e);
    }
  }

  private DataInputStream open() throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK));
  }

  private void requireWhole() throws IOException {
    try (DataInputStream in = open()) {
      long magic = size < 2 * Long.BYTES ? 0 : in.readLong();
      if (magic != Checkpoint.MAGIC
          && magic != Checkpoint.MAGIC_WITH_GATES
          && magic != Checkpoint.MAGIC_WITH_PARTS) {
        throw damaged("it does not begin as one", null);
      }
    }
    CRC32 sum = new CRC32();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (long left = size - Long.BYTES; left > 0; ) {
        int read = in.readNBytes(chunk, 0, (int) Math.min(left, CHUNK));
        if (read == 0) {
          throw damaged("it ends early or cannot be read", null);
        }
        sum.update(chunk, 0, read);
        left -= read;
      }
      if (ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong() != sum.getValue()) {
        throw damaged("its checksum is wrong", null);
      }
    }
  }

  /** What the file holds, as bits; what is not known here is an error. */
  private int parts(DataInputStream in) throws IOException {
    long magic = in.readLong();
    if (magic != Checkpoint.MAGIC_WITH_PARTS) {
      return magic == Checkpoint.MAGIC_WITH_GATES ? Checkpoint.GATES : 0;
    }
    int parts = in.readInt();
    if ((parts & ~(Checkpoint.GATES | Checkpoint.DEPTH | Checkpoint.MASKS)) != 0) {
      throw damaged("it holds parts of kinds " + Integer.toBinaryString(parts), null);
    }
    return parts;
  }

  private Checkpoint fields(Checkpoint.Subject subject, int parts, DataInputStream in)
      throws IOException {
    boolean gates = (parts & Checkpoint.GATES) != 0;
    boolean masks = (parts & Checkpoint.MASKS) != 0;
    ValFigure figure = (parts & Checkpoint.DEPTH) != 0 ? ValFigure.ABS_REL : ValFigure.MIOU;
    long steps = in.readLong();
    double seconds = in.readDouble();
    List<EpochRecord> history = new ArrayList<>();
    for (int n = length(in, Long.BYTES); n > 0; n--) {
      int epoch = in.readInt();
      double loss = in.readDouble();
      boolean measured = in.readBoolean();
      double value = in.readDouble();
      history.add(
          new EpochRecord(
              epoch,
              loss,
              figure,
              measured ? OptionalDouble.of(value) : OptionalDouble.empty(),
              in.readDouble(),
              in.readDouble(),
              gates ? gates(in) : Optional.empty(),
              masks ? masks(in) : Optional.empty()));
    }
    int bestEpoch = in.readInt();
    long[][] counts = new long[length(in, Integer.BYTES)][];
    for (int row = 0; row < counts.length; row++) {
      counts[row] = new long[length(in, Long.BYTES)];
      for (int i = 0; i < counts[row].length; i++) {
        counts[row][i] = in.readLong();
      }
    }
    return new Checkpoint(
        subject, steps, seconds, history, bestEpoch, counts, arrays(in), arrays(in), arrays(in));
  }

  private static Optional<GateProgress> gates(DataInputStream in) throws IOException {
    boolean present = in.readBoolean();
    GateProgress progress = new GateProgress(in.readDouble(), in.readDouble(), in.readDouble());
    return present ? Optional.of(progress) : Optional.empty();
  }

  private Optional<MaskProgress> masks(DataInputStream in) throws IOException {
    boolean present = in.readBoolean();
    double lambda = in.readDouble();
    double kept = in.readDouble();
    List<Integer> survivors = new ArrayList<>();
    for (int n = length(in, Integer.BYTES); n > 0; n--) {
      survivors.add(in.readInt());
    }
    return present ? Optional.of(new MaskProgress(lambda, kept, survivors)) : Optional.empty();
  }

  private Map<String, float[]> arrays(DataInputStream in) throws IOException {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (int n = length(in, Integer.BYTES); n > 0; n--) {
      String name = in.readUTF();
      float[] values = new float[length(in, Float.BYTES)];
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      for (int at = 0; at < values.length; ) {
        int count = Math.min(values.length - at, CHUNK / Float.BYTES);
        in.readFully(chunk.array(), 0, Float.BYTES * count);
        chunk.asFloatBuffer().get(values, at, count);
        at += count;
      }
      if (arrays.put(name, values) != null) {
        throw damaged("it names " + name + " twice", null);
      }
    }
    return arrays;
  }

  /** How many things follow, of which each takes so many bytes at least. */
  private int length(DataInputStream in, int width) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > size / width) {
      throw damaged("it says that " + length + " values follow", null);
    }
    return length;
  }

  private BadInputException damaged(String how, IOException cause) {
    return damaged(file, how, cause);
  }

  static BadInputException damaged(Path file, String how, IOException cause) {
    return new BadInputException(
        "checkpoint "
            + file
            + " is damaged: "
            + how
            + "; delete it to train from the start, or name another file",
        cause);
  }

  private void require(String what, String found, String expected) {
    if (!found.equals(expected)) {
      throw new BadInputException(
          "checkpoint "
              + file
              + " belongs to another training: its "
              + what
              + " has digest "
              + found
              + ", this one's has "
              + expected
              + "; resume with the command that began it, delete it, or name another file");
    }
  }
}
