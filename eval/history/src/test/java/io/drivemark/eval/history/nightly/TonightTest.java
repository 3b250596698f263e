package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TonightTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  @TempDir Path nights;

  private Tonight begin(Instant now, OptionalLong latest) {
    return Tonight.begin(nights, "plan", now, latest);
  }

  private long order(Instant now) {
    return begin(now, OptionalLong.empty()).record().order();
  }

  @Test
  void nightsKeepTheirOrderWhereTheClockJumpsBack() {
    long first = order(NOW);
    assertEquals(NOW.toEpochMilli(), first);
    assertEquals(first + 1, order(NOW.minusSeconds(86_400)));
    assertEquals(first + 2, order(NOW.minusSeconds(3_600)));
    assertEquals(
        List.of("2026-11-20T02-00-00Z", "2026-11-19T02-00-00Z", "2026-11-20T01-00-00Z"),
        NightFolder.all(nights).stream().map(NightFolder::id).toList(),
        "whatever they are called");
    Instant later = NOW.plusSeconds(86_400);
    assertEquals(later.toEpochMilli(), order(later));
  }

  @Test
  void aNightComesAfterThoseThatAreRememberedThoughTheirFoldersAreElsewhere() {
    long year = NOW.plusSeconds(365 * 86_400).toEpochMilli();
    assertEquals(year + 1, begin(NOW, OptionalLong.of(year)).record().order());
    assertEquals(year + 2, order(NOW));
    Instant later = NOW.plusSeconds(366 * 86_400);
    assertEquals(later.toEpochMilli(), begin(later, OptionalLong.of(year)).record().order());
  }

  @Test
  void theNightThatGoesOnIsTheLatestInOrderNotByName() {
    Tonight ahead = begin(NOW.plusSeconds(86_400), OptionalLong.empty());
    ahead.note(record -> record.finished(NOW.plusSeconds(90_000)));
    Tonight killed = begin(NOW, OptionalLong.empty());
    assertEquals(
        killed.folder(),
        Tonight.killed(nights, "plan", NOW.plusSeconds(60)).orElseThrow().folder());
  }

  @Test
  void recordsThatSayNoOrderAreOrderedByTheClock() throws IOException {
    Path file = begin(NOW, OptionalLong.empty()).folder().record();
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"order\" : [0-9]+,", ""));
    assertEquals(NOW.toEpochMilli(), NightJson.read(file).order());
    Files.writeString(file, text.replaceFirst("\"order\" : [0-9]+,", "\"order\" : \"x\","));
    assertEquals(
        file + ": order: found \"x\", expected a whole number",
        assertThrows(BadInputException.class, () -> NightJson.read(file)).getMessage());
  }
}
