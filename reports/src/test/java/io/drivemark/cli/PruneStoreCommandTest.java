package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.store.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights, of which one goes. */
class PruneStoreCommandTest {
  private static final Path KEPT = Path.of("src/test/resources/kept-results-2");

  @TempDir Path folder;
  private Path nights;
  private Path first;
  private String url;

  @BeforeEach
  void twoNights() throws IOException {
    nights = folder.resolve("nights");
    url = "sqlite:" + folder.resolve("history.db");
    first = night("2026-01-01T02-00-00Z", Instant.parse("2026-01-01T02:00:00Z"));
    Path second = night("2026-01-02T02-00-00Z", Instant.parse("2026-01-02T02:00:00Z"));
    try (Stream<Path> all = Files.walk(second)) {
      Path record = all.filter(f -> f.endsWith("record.json")).findFirst().orElseThrow();
      String text = Files.readString(record);
      String changed =
          text.replaceFirst(
              "\"evidence/tallies.csv\" : \"[0-9a-f]{8}", "\"evidence/tallies.csv\" : \"deadbeef");
      assertFalse(text.equals(changed), "other evidence is another night");
      Files.writeString(record, changed);
      Files.delete(record.resolveSibling("evidence/tallies.csv"));
    }
    assertEquals(0, prepare("init"));
    assertEquals(0, prepare("import", nights.toString()));
  }

  private int prepare(String... args) {
    return Invocation.of(
            Stream.of(Stream.of("store"), Stream.of(args), Stream.of("--store", url))
                .flatMap(part -> part)
                .toArray(String[]::new))
        .exitCode();
  }

  private Path night(String name, Instant started) throws IOException {
    Path night = nights.resolve(name);
    try (Stream<Path> all = Files.walk(KEPT)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = night.resolve(KEPT.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    NightJson.write(
        new NightFolder(night).record(),
        NightRecord.begun(name, started, started.toEpochMilli(), "plan"));
    return night;
  }

  private Invocation prune() {
    return Invocation.of(
        "store",
        "prune",
        "--keep",
        "1",
        "--dump",
        folder.resolve("dump.jsonl").toString(),
        "--store",
        url);
  }

  @Test
  void nothingGoesWhileANightRunsThere() {
    try (RunLock running = RunLock.take(nights)) {
      assertTrue(running != null);
      Invocation run = prune();
      assertEquals(3, run.exitCode());
      assertEquals(
          "drivemark store prune: "
              + nights
              + ": a night is running there; prune when it has ended\n",
          run.err());
      assertTrue(Files.exists(first));
    }
    assertEquals("gone\t" + first + "\n1 path removed, 1 night whole\n", prune().fine().out());
    assertFalse(Files.exists(first));
    assertEquals("0 paths removed, 0 nights whole\n", prune().fine().out());
  }

  @Test
  void aNightWithoutAFolderHereIsCounted() throws IOException {
    Files.move(first, folder.resolve("elsewhere"));
    assertEquals(
        "0 paths removed, 1 night whole, 1 of them without a folder here\n", prune().fine().out());
    assertTrue(Files.exists(folder.resolve("elsewhere")));
  }
}
