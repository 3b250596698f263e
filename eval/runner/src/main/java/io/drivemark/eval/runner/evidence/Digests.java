package io.drivemark.eval.runner.evidence;

import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts and files, as lower-case hexadecimal. Stateless. */
public final class Digests {
  private Digests() {}

  public static String of(String text) {
    return hex(sha().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static String of(Path file) {
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

  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
