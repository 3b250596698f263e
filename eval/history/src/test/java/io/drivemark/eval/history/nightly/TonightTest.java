package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.history.night.NightJson;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TonightTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  @TempDir Path nights;

  private long order(Instant now) {
    return Tonight.begin(nights, "plan", now).record().order();
  }

  @Test
  void nightsKeepTheirOrderWhereTheClockJumpsBack() {
    long first = order(NOW);
    assertEquals(NOW.toEpochMilli(), first);
    assertEquals(first + 1, order(NOW.minusSeconds(86_400)));
    assertEquals(first + 2, order(NOW.minusSeconds(3_600)));
    Instant later = NOW.plusSeconds(86_400);
    assertEquals(later.toEpochMilli(), order(later));
  }

  @Test
  void recordsThatSayNoOrderAreOrderedByTheClock() throws IOException {
    Path file = Tonight.begin(nights, "plan", NOW).folder().record();
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"order\" : [0-9]+,", ""));
    assertEquals(NOW.toEpochMilli(), NightJson.read(file).order());
    Files.writeString(file, text.replaceFirst("\"order\" : [0-9]+,", "\"order\" : \"x\","));
    assertEquals(
        file + ": order: found \"x\", expected a whole number",
        assertThrows(BadInputException.class, () -> NightJson.read(file)).getMessage());
  }
}
