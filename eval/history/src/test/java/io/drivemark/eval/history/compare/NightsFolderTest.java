package io.drivemark.eval.history.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightsFolderTest {
  @TempDir Path nights;

  private Path night(String name, long order) throws IOException {
    Path night = Files.createDirectories(nights.resolve(name));
    Files.writeString(night.resolve("results.json"), "{}");
    NightJson.write(
        new NightFolder(night).record(), NightRecord.begun(name, Instant.EPOCH, order, "plan"));
    return night;
  }

  @Test
  void theLastNightIsTheLatestInOrderThoughAClockRanAhead() throws IOException {
    night("2026-01-01T02-00-00Z", 1);
    night("2027-01-01T02-00-00Z", 2);
    Path last = night("2026-01-02T02-00-00Z", 3);
    assertEquals(Optional.of(last), new NightsFolder(nights).folder("last"));
  }

  @Test
  void whereOneHasNoRecordTheyAreOrderedByTheirNames() throws IOException {
    Path last = night("2027-01-01T02-00-00Z", 2);
    Path other = night("2026-01-02T02-00-00Z", 3);
    Files.delete(new NightFolder(other).record());
    assertEquals(Optional.of(last), new NightsFolder(nights).folder("last"));
  }
}
