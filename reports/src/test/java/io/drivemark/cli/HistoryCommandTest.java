package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a store that holds a real run. */
class HistoryCommandTest {
  @TempDir Path folder;
  private String url;

  @BeforeEach
  void aStore() throws IOException, URISyntaxException {
    Path night = folder.resolve("nights/first");
    KeptResultsTest.copy("/kept-results-2", night);
    url = "sqlite:" + folder.resolve("history.db");
    Invocation.of("store", "init", "--store", url).fine();
    Invocation.of("store", "import", night.toString(), "--store", url).fine();
  }

  private String[] history(String... args) {
    return Stream.concat(Stream.of("history", "--store", url), Stream.of(args))
        .toArray(String[]::new);
  }

  private void refused(String message, String... args) {
    Invocation.refused(List.of("drivemark history: " + message), history(args));
  }

  @Test
  void aPageAndJsonAreWritten() throws IOException {
    Path pages = folder.resolve("pages");
    Path json = folder.resolve("history.json");
    Invocation run =
        Invocation.of(history("--html", pages.toString(), "--json", json.toString())).fine();
    JsonNode tree = ResultsJson.readNode(json);
    assertEquals("drivemark-history/1", tree.get("schema").asText());
    assertEquals(1, tree.get("nights").size());
    int figures = tree.get("lines").size();
    assertTrue(figures > 0);
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches(
                "1 night on 1 machine, " + figures + " figures of [0-9]+ series, 0 events open"),
        lines.get(0));
    assertEquals(
        List.of("Page: " + pages.resolve("index.html"), "JSON: " + json), lines.subList(1, 3));
    String page = Files.readString(pages.resolve("index.html"));
    assertTrue(page.contains("No event is open. The last night was not judged."), "headline");
    assertFalse(page.matches("(?s).*(src|href)=\"(http|//).*"), "nothing is loaded");
  }

  @Test
  void nothingToWriteIsRefused() {
    refused("nothing is to be written; give --html DIR for a page or --json FILE for numbers");
  }

  @Test
  void aDayThatIsNoneIsRefused() {
    refused(
        "--since is 'yesterday', expected a day as 2026-11-20",
        "--since",
        "yesterday",
        "--json",
        folder.resolve("h.json").toString());
  }

  @Test
  void aFigureThatNoNightHasIsRefusedWithTheNearest() {
    refused(
        "--metric: no night in "
            + url
            + " has a figure 'latencyM' (did you mean 'latencyMs'?); nights are judged by latencyMs,"
            + " latencyP95Ms, miou, absRel",
        "--metric",
        "latencyM",
        "--json",
        folder.resolve("h.json").toString());
  }

  @Test
  void aSeriesThatIsNotThereIsRefusedWithThoseThatAre() {
    Invocation run =
        Invocation.of(
            history("--series", "nobody*", "--json", folder.resolve("h.json").toString()));
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .startsWith(
                "drivemark history: --series: nothing in "
                    + url
                    + " matches 'nobody*'; models are "),
        run.err());
  }

  @Test
  void nightsBeforeADayAreLeftOut() {
    Invocation run =
        Invocation.of(
            history("--since", "2999-01-01", "--json", folder.resolve("h.json").toString()));
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .matches(
                "(?s)drivemark history: --since is 2999-01-01, and the last night in .* began on"
                    + " 20[0-9-]{8}; give an earlier day\n"),
        run.err());
  }

  @Test
  void anEmptyStoreIsRefused() {
    String empty = "sqlite:" + folder.resolve("empty.db");
    Invocation.of("store", "init", "--store", empty).fine();
    Invocation.refused(
        List.of(
            "drivemark history: "
                + empty
                + ": no night is in the store; take some in with 'drivemark store import DIR"
                + " --store "
                + empty
                + "'"),
        "history",
        "--store",
        empty,
        "--json",
        folder.resolve("h.json").toString());
  }

  @Test
  void aStoreThatCannotBeReachedIsNoFaultOfTheInput() {
    Invocation run =
        Invocation.of(
            "history",
            "--store",
            "postgresql://127.0.0.1:1/nights",
            "--json",
            folder.resolve("h.json").toString());
    assertEquals(3, run.exitCode());
  }
}
