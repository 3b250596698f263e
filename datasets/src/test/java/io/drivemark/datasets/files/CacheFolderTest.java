package io.drivemark.datasets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where things are kept that can be made again. */
class CacheFolderTest {
  private static final Path HOME = Path.of("/home/someone").toAbsolutePath();

  @Test
  void folderIsWhatTheEnvironmentNamesElseInTheHome() {
    Path elsewhere = Path.of("/elsewhere").toAbsolutePath();
    assertEquals(HOME.resolve(".cache/drivemark"), CacheFolder.of(Map.of(), HOME));
    assertEquals(
        elsewhere.resolve("drivemark"),
        CacheFolder.of(Map.of("XDG_CACHE_HOME", elsewhere.toString()), HOME));
    assertEquals(
        elsewhere.resolve("drivemark"),
        CacheFolder.of(Map.of("LOCALAPPDATA", elsewhere.toString()), HOME));
    assertEquals(
        HOME.resolve(".cache/drivemark"),
        CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative"), HOME));
  }
}
