package io.drivemark.datasets.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The YAML texts shipped beside this package. Stateless. */
final class Resources {
  private Resources() {}

  /** The text of a shipped file such as {@code labels/camvid-11.yaml}; empty if there is none. */
  static Optional<String> text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("shipped file " + name, e);
    }
  }
}
