package io.drivemark.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What came of a range: a shard, or why there is none. A failure is an answer and no exception, so
 * that one range that fails ends nothing else. It goes over the wire as bytes, which every
 * serialiser can carry. Immutable.
 */
final class Delivery {
  private final String worker;
  private final boolean found;
  private final byte[] content;

  private Delivery(String worker, boolean found, byte[] content) {
    this.worker = worker;
    this.found = found;
    this.content = content;
  }

  /**
   * A range that was measured.
   *
   * @param worker who measured it
   * @param shard its files; not copied
   */
  static Delivery found(String worker, byte[] shard) {
    return new Delivery(worker, true, shard);
  }

  /** A range that could not be measured. */
  static Delivery failed(String worker, String why) {
    return new Delivery(worker, false, why.getBytes(StandardCharsets.UTF_8));
  }

  /** Who measured it, or could not. */
  String worker() {
    return worker;
  }

  /** The files of the shard; empty if it could not be measured. */
  Optional<byte[]> shard() {
    return found ? Optional.of(content) : Optional.empty();
  }

  /** Why it could not be measured; empty if it was. */
  Optional<String> failure() {
    return found ? Optional.empty() : Optional.of(new String(content, StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(worker);
      out.writeBoolean(found);
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Delivery read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Delivery(in.readUTF(), in.readBoolean(), in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalArgumentException("no delivery: " + e, e);
    }
  }
}
