package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir private Path folder;
  private Path kept;

  @BeforeEach
  void copy() throws IOException, URISyntaxException {
    kept = folder.resolve("kept");
    KeptResultsTest.copy("/kept-results-1", kept);
  }

  @Test
  void aFolderAgainstItselfIsEqual() {
    Invocation run = Invocation.of("compare", kept.toString(), kept.toString()).fine();
    assertEquals("", run.err());
    assertEquals(
        List.of(
            "Nothing changed in all 2 cells, the same bits in 0.",
            "  enet-untrained on synthdrive/val with onnxruntime, 1 thread, at 48x64: not judged;"
                + " latency 0.0 % beside what the cells have in common, −17.3 % to +20.9 % mean"
                + " nothing: the same",
            "  espnet-synthdrive on synthdrive/val with onnxruntime, 1 thread, at 48x64: the same"
                + " counts; latency 0.0 % beside what the cells have in common, −17.3 % to +20.9 %"
                + " mean nothing: the same"),
        run.out().lines().toList());
  }

  @Test
  void pageAndJsonAreWritten() throws IOException {
    Path html = folder.resolve("out/page.html");
    Path json = folder.resolve("out/changes.json");
    Invocation.of(
            "compare",
            kept.toString(),
            kept.toString(),
            "--html",
            html.toString(),
            "--json",
            json.toString())
        .fine();
    String page = Files.readString(html);
    assertTrue(page.contains("<h1 class=\"good\">Nothing changed in all 2 cells"), page);
    assertFalse(page.contains("http://"), "the page loads nothing");
    assertFalse(page.contains("https://"), "the page loads nothing");
    JsonNode node = new ObjectMapper().readTree(json.toFile());
    assertEquals("drivemark-compare/1", node.path("schema").asText());
    assertEquals("equal", node.path("outcome").asText());
    assertEquals(0, node.path("exitCode").asInt());
    assertEquals(2, node.path("cells").size());
  }

  /** The record is of today's kind, with a name that somebody chose to do harm with. */
  @Test
  void hostileNamesAreInert() throws IOException {
    String evil =
        "<img src=x onerror=alert(1)>\\n%s</script>" + "x".repeat(10_000) + "\\u001b[2J\\r";
    Path other = folder.resolve("other");
    copyAs(other, evil);
    Path html = folder.resolve("page.html");
    Invocation run =
        Invocation.of("compare", other.toString(), kept.toString(), "--html", html.toString());
    String page = Files.readString(html);
    assertFalse(page.contains("<img src=x"), "markup of a name is text");
    assertFalse(page.contains("</script>"), "markup of a name is text");
    assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"), page);
    assertTrue(run.err().lines().allMatch(l -> l.startsWith("not compared: ")), run.err());
    assertFalse(Pattern.compile("[\\p{Cntrl}&&[^\n]]").matcher(run.out() + run.err()).find());
  }

  private void copyAs(Path to, String name) throws IOException {
    try {
      KeptResultsTest.copy("/kept-results-1", to);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    Path results = to.resolve("results.json");
    String text = Files.readString(results);
    Files.writeString(
        results, text.replace("\"model\" : \"enet-untrained\"", "\"model\" : \"" + name + "\""));
  }

  @Test
  void lastAndLastGoodAreNights() throws IOException {
    Path nights = folder.resolve("nights");
    Files.createDirectories(nights);
    copyNight(nights, "2026-11-01T02-00-00Z", "{\"state\": \"fine\"}");
    copyNight(nights, "2026-11-02T02-00-00Z", "{\"state\": \"worse\"}");
    copyNight(nights, "2026-11-03T02-00-00Z", "");
    Path json = folder.resolve("changes.json");
    Invocation.of(
            "compare",
            "last-good",
            "last",
            "--nights",
            nights.toString(),
            "--json",
            json.toString())
        .fine();
    JsonNode node = new ObjectMapper().readTree(json.toFile());
    assertEquals(nights.resolve("2026-11-01T02-00-00Z").toString(), node.at("/a/folder").asText());
    assertEquals(nights.resolve("2026-11-03T02-00-00Z").toString(), node.at("/b/folder").asText());
    Invocation.refused(
        List.of(
            "drivemark compare: pinned: found no folder of this name, and no night; there are last,"
                + " last-good, 2026-11-01T02-00-00Z, 2026-11-02T02-00-00Z, 2026-11-03T02-00-00Z"),
        "compare",
        "pinned",
        "last",
        "--nights",
        nights.toString());
  }

  @Test
  void thePinnedNightIsThatOfTheNightsFile() throws IOException {
    Path nights = folder.resolve("nights");
    Files.createDirectories(nights);
    copyNight(nights, "2026-11-01T02-00-00Z", "{\"state\": \"fine\"}");
    copyNight(nights, "2026-11-02T02-00-00Z", "{\"state\": \"fine\"}");
    Path file = folder.resolve("night.yaml");
    String night = "schema: drivemark-night/1\nstudy: study.yaml\n";
    Files.writeString(file, night);
    String[] compare = {"compare", "pinned", "last", "--nights", file.toString()};
    Invocation.refused(
        List.of(
            "drivemark compare: "
                + file
                + ": pins no night; add the line pinned: NIGHT, with a night's name or an annotation"
                + " of it"),
        compare);
    Files.writeString(file, night + "pinned: 2026-11-01T02-00-00Z\n");
    pinnedIsTheFirst(compare, nights);

    String store = "sqlite:" + folder.resolve("history.db");
    Invocation.of("store", "init", "--store", store).fine();
    Invocation.of("store", "import", nights.toString(), "--store", store).fine();
    Files.writeString(file, night + "pinned: v1.4\n");
    Invocation unknown = Invocation.of(compare);
    assertEquals(2, unknown.exitCode());
    assertTrue(
        unknown
            .err()
            .startsWith(
                "drivemark compare: "
                    + file
                    + ": pinned: night 'v1.4': there is none in the store"),
        unknown.err());
    Invocation.of("annotate", "2026-11-01T02-00-00Z", "v1.4", "--store", store).fine();
    pinnedIsTheFirst(compare, nights);
  }

  private static void pinnedIsTheFirst(String[] compare, Path nights) throws IOException {
    Path json = nights.resolveSibling("pinned.json");
    List<String> all = new ArrayList<>(List.of(compare));
    all.addAll(List.of("--json", json.toString()));
    Invocation.of(all.toArray(String[]::new)).fine();
    JsonNode node = new ObjectMapper().readTree(json.toFile());
    assertEquals(
        nights.resolve("2026-11-01T02-00-00Z").toRealPath(),
        Path.of(node.at("/a/folder").asText()).toRealPath());
    assertEquals(
        nights.resolve("2026-11-02T02-00-00Z").toRealPath(),
        Path.of(node.at("/b/folder").asText()).toRealPath());
  }

  private void copyNight(Path nights, String name, String verdict) throws IOException {
    Path night = nights.resolve(name);
    try {
      KeptResultsTest.copy("/kept-results-1", night);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (!verdict.isEmpty()) {
      Files.writeString(night.resolve("verdict.json"), verdict);
    }
  }

  @Test
  void withoutAGoodNightThereIsNoLastGood() {
    Path nights = folder.resolve("none");
    assertTrue(nights.toFile().mkdir());
    Invocation.refused(
        List.of(
            "drivemark compare: last-good: "
                + nights
                + " has no night whose verdict.json says 'fine'; name a night or a folder"),
        "compare",
        "last-good",
        kept.toString(),
        "--nights",
        nights.toString());
  }

  @Test
  void whatIsNotThereIsRefused() {
    Invocation.refused(
        List.of(
            "drivemark compare: last: found no folder of this name; give an output folder of 'drivemark"
                + " run', or --nights DIR with last, last-good or a night's name"),
        "compare",
        "last",
        kept.toString());
  }

  @Test
  void anAllowanceThatCannotBeReadIsRefused() {
    String kept1 = kept.toString();
    Invocation.refused(
        List.of(
            "drivemark compare: --allow: found 'mio', expected one of miou, absRel, latency; for example"
                + " miou=0.002,latency=2%"),
        "compare",
        kept1,
        kept1,
        "--allow",
        "mio=0.1");
    Invocation.refused(
        List.of(
            "drivemark compare: --allow: latency is '2', expected a number of 0 or more and less than 1, or"
                + " a percentage below 100 %; for example miou=0.002,latency=2%"),
        "compare",
        kept1,
        kept1,
        "--allow",
        "latency=2");
    Invocation.refused(
        List.of(
            "drivemark compare: --allow: miou stands there twice; keep one; for example"
                + " miou=0.002,latency=2%"),
        "compare",
        kept1,
        kept1,
        "--allow",
        "miou=0.1,miou=0.2");
  }
}
