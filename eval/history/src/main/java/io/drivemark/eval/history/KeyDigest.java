package io.drivemark.eval.history;

import io.drivemark.files.Digests;

/**
 * Named values as one digest. Values may hold anything, lines too: no two lists of values give one
 * text. For one thread.
 */
final class KeyDigest {
  private static final int DIGITS = 32;

  private final StringBuilder text = new StringBuilder();

  KeyDigest(String version) {
    text.append(version).append('\n');
  }

  KeyDigest add(String name, String value) {
    String line = value.replace("\\", "\\\\").replace("\n", "\\n");
    text.append(name).append('=').append(line).append('\n');
    return this;
  }

  KeyDigest add(String name, int value) {
    return add(name, Integer.toString(value));
  }

  /** The first 32 hexadecimal digits of the SHA-256. */
  String digest() {
    return Digests.of(text.toString()).substring(0, DIGITS);
  }
}
