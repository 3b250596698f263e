package io.drivemark.eval.runner;

import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts, numbers and files, as lower-case hexadecimal. Stateless. */
final class Digests {
  private Digests() {}

  static String of(String text) {
    return hex(sha().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String of(Path file) {
    try {
      return hex(sha().digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Adds a line of text. */
  static void line(MessageDigest sha, String text) {
    sha.update(text.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) '\n');
  }

  static void floats(MessageDigest sha, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    bytes.asFloatBuffer().put(values);
    sha.update(bytes.array());
  }

  static void longs(MessageDigest sha, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(8, values.length));
    bytes.asLongBuffer().put(values);
    sha.update(bytes.array());
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
