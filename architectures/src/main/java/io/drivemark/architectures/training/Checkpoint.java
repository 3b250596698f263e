package io.drivemark.architectures.training;

import io.drivemark.problem.BadInputException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Where a training stands after an epoch: all it takes to go on as if it had never stopped. Holds
 * arrays that are not copied; not thread-safe.
 *
 * <p>In its file: a magic number, the fields in order, a CRC-32. The file is written beside itself,
 * forced to disk and renamed, so that a kill leaves the old one or the new one.
 */
final class Checkpoint {
  static final long MAGIC = 0x44524956454D4B31L; // "DRIVEMK1"

  /**
   * What is being trained: a checkpoint serves no other.
   *
   * @param network digest of structure and starting weights
   * @param recipe digest of the recipe
   * @param data digest of both splits
   */
  record Subject(String network, String recipe, String data) {}

  private final Subject subject;
  private final long steps;
  private final double seconds;
  private final List<EpochRecord> history;
  private final int bestEpoch;
  private final long[][] bestCounts;
  private final Map<String, float[]> weights;
  private final Map<String, float[]> best;
  private final Map<String, float[]> optimiser;

  Checkpoint(
      Subject subject,
      long steps,
      double seconds,
      List<EpochRecord> history,
      int bestEpoch,
      long[][] bestCounts,
      Map<String, float[]> weights,
      Map<String, float[]> best,
      Map<String, float[]> optimiser) {
    this.subject = subject;
    this.steps = steps;
    this.seconds = seconds;
    this.history = List.copyOf(history);
    this.bestEpoch = bestEpoch;
    this.bestCounts = bestCounts;
    this.weights = weights;
    this.best = best;
    this.optimiser = optimiser;
  }

  /** Optimiser steps so far. */
  long steps() {
    return steps;
  }

  /** Training time so far. */
  double seconds() {
    return seconds;
  }

  List<EpochRecord> history() {
    return history;
  }

  /** Epoch of the best weights, 0 where none was evaluated. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** Confusion counts of the best weights on val; no rows where none was evaluated. */
  long[][] bestCounts() {
    return bestCounts;
  }

  /** Weights and statistics by name. */
  Map<String, float[]> weights() {
    return weights;
  }

  /** The best of them; empty where none was evaluated. */
  Map<String, float[]> best() {
    return best;
  }

  Map<String, float[]> optimiser() {
    return optimiser;
  }

  /** Replaces the file at once. */
  void write(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    Path fresh = parent.resolve(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(parent);
      try (FileOutputStream target = new FileOutputStream(fresh.toFile())) {
        CheckedOutputStream checked =
            new CheckedOutputStream(new BufferedOutputStream(target, 1 << 16), new CRC32());
        DataOutputStream out = new DataOutputStream(checked);
        writeTo(out);
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
        target.getFD().sync();
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      writeHistory(file);
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint " + file + " cannot be written", e);
    }
  }

  /** The file beside a checkpoint that lists its epochs, one JSON object a line. */
  static Path historyFile(Path checkpoint) {
    return checkpoint.resolveSibling(checkpoint.getFileName() + ".history.jsonl");
  }

  private void writeHistory(Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    history.forEach(epoch -> lines.append(epoch.json()).append('\n'));
    Path fresh = file.resolveSibling(file.getFileName() + ".history.tmp");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(
        fresh,
        historyFile(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a checkpoint. Its checksum is compared before anything else in it is believed.
   *
   * @throws BadInputException if the file is damaged, or belongs to another network, recipe or data
   */
  static Checkpoint read(Path file, Subject expected) {
    return new CheckpointReader(file).read(expected);
  }

  /**
   * Checks that it holds the weights of a network.
   *
   * @param expected values by name
   * @throws BadInputException if weights are missing, left over, or of another size
   */
  void requireWeights(Path file, Map<String, float[]> expected) {
    boolean fits =
        sizes(weights).equals(sizes(expected))
            && (best.isEmpty() || sizes(best).equals(sizes(expected)));
    if (!fits) {
      throw CheckpointReader.damaged(file, "its weights are not those of the network", null);
    }
  }

  private static Map<String, Integer> sizes(Map<String, float[]> arrays) {
    Map<String, Integer> sizes = new HashMap<>();
    arrays.forEach((name, values) -> sizes.put(name, values.length));
    return sizes;
  }

  private void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(MAGIC);
    out.writeUTF(subject.network());
    out.writeUTF(subject.recipe());
    out.writeUTF(subject.data());
    out.writeLong(steps);
    out.writeDouble(seconds);
    out.writeInt(history.size());
    for (EpochRecord epoch : history) {
      out.writeInt(epoch.epoch());
      out.writeDouble(epoch.loss());
      out.writeBoolean(epoch.miou().isPresent());
      out.writeDouble(epoch.miou().orElse(0));
      out.writeDouble(epoch.rate());
      out.writeDouble(epoch.seconds());
    }
    out.writeInt(bestEpoch);
    out.writeInt(bestCounts.length);
    for (long[] row : bestCounts) {
      out.writeInt(row.length);
      for (long count : row) {
        out.writeLong(count);
      }
    }
    for (Map<String, float[]> arrays : List.of(weights, best, optimiser)) {
      out.writeInt(arrays.size());
      for (Map.Entry<String, float[]> array : arrays.entrySet()) {
        out.writeUTF(array.getKey());
        out.writeInt(array.getValue().length);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * array.getValue().length);
        bytes.asFloatBuffer().put(array.getValue());
        out.write(bytes.array());
      }
    }
  }
}
