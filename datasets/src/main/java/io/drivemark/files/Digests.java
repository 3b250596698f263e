package io.drivemark.files;

import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * SHA-256 of texts, files and anything else, as 64 lower-case hexadecimal digits. Stateless.
 *
 * <pre>{@code
 * Digests.of("")  // e3b0c44298fc1c14…
 * }</pre>
 */
public final class Digests {
  private Digests() {}

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of a file's contents.
   *
   * @throws UnavailableException if it cannot be read
   */
  public static String of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Of what a stream still holds; the caller closes it.
   *
   * @throws IOException if reading fails
   */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return hex(digest.digest());
  }

  /**
   * Named values as one text to make a digest of, for example {@code Split[axis=1, sizes=[2, 3]]}.
   * Names stand where it is called, so that digests which are stored stay the same when a Java
   * component is renamed or another Java prints records differently.
   *
   * @param fields names and values in turn; numbers are written as Java 17 writes them
   */
  public static String text(String name, Object... fields) {
    StringJoiner joined = new StringJoiner(", ", name + "[", "]");
    for (int i = 0; i < fields.length; i += 2) {
      joined.add(fields[i] + "=" + fields[i + 1]);
    }
    return joined.toString();
  }

  /** A fresh one for what comes in parts; {@link #hex} writes its result. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Bytes as lower-case hexadecimal digits, two each. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
