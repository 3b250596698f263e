package io.drivemark.datasets.files;

import java.nio.file.Path;
import java.util.Map;

/** Where this program keeps what it can make again. Stateless. */
public final class CacheFolder {
  private CacheFolder() {}

  /** The user's, by the environment. */
  public static Path ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** {@code drivemark} in XDG_CACHE_HOME, on Windows in LOCALAPPDATA, else in ~/.cache. */
  static Path of(Map<String, String> environment, Path home) {
    for (String variable : new String[] {"XDG_CACHE_HOME", "LOCALAPPDATA"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty() && Path.of(value).isAbsolute()) {
        return Path.of(value).resolve("drivemark");
      }
    }
    return home.resolve(".cache").resolve("drivemark");
  }
}
