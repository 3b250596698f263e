package io.drivemark.architectures.training;

import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Of a file whose epochs also say what gates did. */
  static final long MAGIC_WITH_GATES = 0x44524956454D4B32L; // "DRIVEMK2"

  /** Of a file that says what it holds: a number follows whose bits are these. */
  static final long MAGIC_WITH_PARTS = 0x44524956454D4B33L; // "DRIVEMK3"

  /** Epochs also say what gates did. */
  static final int GATES = 1;

  /** What is measured on val is {@link ValFigure#ABS_REL}. */
  static final int DEPTH = 2;

  /** Epochs also say what masks came to. */
  static final int MASKS = 4;

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

  /** {@link ValScore#numbers} of the best weights on val; no rows where none was evaluated. */
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

  /**
   * Replaces the file and its history.
   *
   * @throws io.drivemark.problem.UnavailableException if they cannot be written; the old ones are
   *     still there
   */
  void write(Path file) {
    DurableFiles.write(
        file,
        target -> {
          CheckedOutputStream checked = new CheckedOutputStream(target, new CRC32());
          DataOutputStream out = new DataOutputStream(checked);
          writeTo(out);
          out.writeLong(checked.getChecksum().getValue());
          out.flush();
        });
    StringBuilder lines = new StringBuilder();
    history.forEach(epoch -> lines.append(epoch.json()).append('\n'));
    DurableFiles.write(historyFile(file), lines.toString());
  }

  /** The file beside a checkpoint that lists its epochs, one JSON object a line. */
  static Path historyFile(Path checkpoint) {
    return checkpoint.resolveSibling(checkpoint.getFileName() + ".history.jsonl");
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
    boolean gates = history.stream().anyMatch(e -> e.gates().isPresent());
    boolean depth = history.stream().anyMatch(e -> e.figure() == ValFigure.ABS_REL);
    boolean masks = history.stream().anyMatch(e -> e.masks().isPresent());
    if (depth || masks) {
      out.writeLong(MAGIC_WITH_PARTS);
      out.writeInt((depth ? DEPTH : 0) | (gates ? GATES : 0) | (masks ? MASKS : 0));
    } else {
      out.writeLong(gates ? MAGIC_WITH_GATES : MAGIC);
    }
    out.writeUTF(subject.network());
    out.writeUTF(subject.recipe());
    out.writeUTF(subject.data());
    out.writeLong(steps);
    out.writeDouble(seconds);
    out.writeInt(history.size());
    for (EpochRecord epoch : history) {
      out.writeInt(epoch.epoch());
      out.writeDouble(epoch.loss());
      out.writeBoolean(epoch.value().isPresent());
      out.writeDouble(epoch.value().orElse(0));
      out.writeDouble(epoch.rate());
      out.writeDouble(epoch.seconds());
      if (gates) {
        writeGates(epoch.gates(), out);
      }
      if (masks) {
        writeMasks(epoch.masks(), out);
      }
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

  private static void writeMasks(Optional<MaskProgress> masks, DataOutputStream out)
      throws IOException {
    out.writeBoolean(masks.isPresent());
    out.writeDouble(masks.map(MaskProgress::lambda).orElse(0.0));
    out.writeDouble(masks.map(MaskProgress::kept).orElse(0.0));
    List<Integer> survivors = masks.map(MaskProgress::survivors).orElse(List.of());
    out.writeInt(survivors.size());
    for (int survivor : survivors) {
      out.writeInt(survivor);
    }
  }

  private static void writeGates(Optional<GateProgress> gates, DataOutputStream out)
      throws IOException {
    out.writeBoolean(gates.isPresent());
    out.writeDouble(gates.map(GateProgress::live).orElse(0.0));
    out.writeDouble(gates.map(GateProgress::right).orElse(0.0));
    out.writeDouble(gates.map(GateProgress::constant).orElse(0.0));
  }
}
