package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.reports.board.ReachRangeTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser. Set the system property {@code drivemark.screenshots} to a folder to
 * keep pictures of it, {@code drivemark.report} to look at another report than the made-up one.
 */
class ReportInBrowserTest {
  /** How much of the page one kept picture shows, from top to bottom. */
  private static final int SLICE = 1300;

  @TempDir static Path folder;
  private static Path page;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    Assumptions.assumeTrue(
        program.isPresent(), "neither chromium nor chromium-browser is on the PATH: skipped");
    String given = System.getProperty("drivemark.report");
    Reach reach = ReachRangeTest.reach();
    ReachFile.write(ReachFile.file(folder, reach.conditions()), reach);
    page =
        given == null
            ? Reports.write(
                SyntheticStudy.with(
                    SyntheticStudy.write(folder), "frame made_up_004: truncated PNG; left out"),
                folder)
            : Path.of(given);
    browser = Browser.start(program.get(), folder);
  }

  @AfterEach
  void backToScreen() throws Exception {
    browser.media("", "light");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"desktop, 1280, 900, false", "phone, 360, 740, true"})
  void chartsAreDrawnNothingOverflowsAndTheConsoleIsSilent(
      String name, int width, int height, boolean phone) throws Exception {
    browser.open(page, width, height, phone);
    JsonNode drawn =
        browser.evaluate(
            "Array.from(document.querySelectorAll('[data-chart]')).map(e =>"
                + " [e.dataset.chart, e.querySelectorAll('svg path').length])");
    assertFalse(drawn.isEmpty());
    for (JsonNode chart : drawn) {
      assertTrue(chart.get(1).asInt() > 10, "hardly anything drawn in " + chart);
    }
    int pageWidth = browser.evaluate("document.documentElement.scrollWidth").asInt();
    assertTrue(pageWidth <= width, "the page is " + pageWidth + " wide in " + width);
    assertEquals(List.of(), browser.complaints());
    assertEquals(List.of(), browser.requests());
    keep(name, "light");
    JsonNode hidden =
        browser.evaluate(
            "Array.from(document.querySelectorAll('.scroller')).map(e => e.scrollWidth >"
                + " e.clientWidth && getComputedStyle(e).overflowX !== 'auto')");
    hidden.forEach(cut -> assertFalse(cut.asBoolean(), "a wide table cannot be scrolled"));
  }

  @Test
  void tableSortsOnClickAndBackAgain() throws Exception {
    browser.open(page, 1280, 900, false);
    String column =
        "Array.from(document.querySelectorAll('table.models thead th')).findIndex(h =>"
            + " h.textContent.startsWith('Mean ms'))";
    String values =
        "Array.from(document.querySelector('table.models').tBodies[0].rows).map(r =>"
            + " Number(r.cells[COLUMN].dataset.v))";
    String sorted = values.replace("COLUMN", column);
    String click =
        "document.querySelectorAll('table.models thead th')[COLUMN].querySelector('button').click()"
            .replace("COLUMN", column);
    JsonNode before = browser.evaluate(sorted);
    browser.evaluate(click);
    JsonNode ascending = browser.evaluate(sorted);
    browser.evaluate(click);
    JsonNode descending = browser.evaluate(sorted);
    assertNotEquals(before, ascending);
    for (int i = 1; i < ascending.size(); i++) {
      assertTrue(ascending.get(i - 1).asDouble() <= ascending.get(i).asDouble(), "" + ascending);
      assertTrue(descending.get(i - 1).asDouble() >= descending.get(i).asDouble(), "" + descending);
    }
    assertEquals(
        "descending",
        browser
            .evaluate(
                "document.querySelector('table.models thead th[aria-sort]').getAttribute('aria-sort')")
            .asText());
  }

  @Test
  void switchesRedrawTheirCharts() throws Exception {
    browser.open(page, 1280, 900, false);
    for (String[] pair :
        new String[][] {
          {"axis", "scatter"}, {"stage", "latency"}, {"form", "latency"}, {"cost", "cost"}
        }) {
      String svg = "document.querySelector('[data-chart=" + pair[1] + "] svg').innerHTML";
      String before = browser.evaluate(svg).asText();
      browser.evaluate(
          "(document.querySelector('[data-"
              + pair[0]
              + "] button:last-child').click(),"
              + " new Promise(done => setTimeout(done, 600)))");
      assertNotEquals(before, browser.evaluate(svg).asText(), pair[0]);
    }
    assertEquals(List.of(), browser.complaints());
    keep("switched", "light");
  }

  @Test
  void galleryShowsErrorsWhenAsked() throws Exception {
    browser.open(page, 1280, 900, false);
    String shown =
        "getComputedStyle(document.querySelector('.gallery img.KIND')).display !== 'none'";
    assertTrue(browser.evaluate(shown.replace("KIND", "prediction")).asBoolean());
    assertFalse(browser.evaluate(shown.replace("KIND", "error")).asBoolean());
    browser.evaluate("document.querySelector('[data-gallery] button[data-value=error]').click()");
    assertFalse(browser.evaluate(shown.replace("KIND", "prediction")).asBoolean());
    assertTrue(browser.evaluate(shown.replace("KIND", "error")).asBoolean());
  }

  @Test
  void darkColoursAndPaperWorkToo() throws Exception {
    browser.media("screen", "dark");
    browser.open(page, 1280, 900, false);
    assertEquals(List.of(), browser.complaints());
    keep("desktop", "dark");
    browser.media("print", "light");
    browser.open(page, 720, 1000, false);
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    int paper = browser.evaluate("document.documentElement.scrollWidth").asInt();
    assertTrue(paper <= 720, "on paper it is " + paper + " wide");
    keep("paper", "light");
    browser.media("", "light");
    browser.open(page, 1280, 900, false);
    Path pdf = folder.resolve("report.pdf");
    browser.pdf(pdf);
    assertTrue(Files.size(pdf) > 10_000);
    String kept = System.getProperty("drivemark.screenshots");
    if (kept != null) {
      Files.copy(
          pdf,
          Path.of(kept).resolve("report.pdf"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void keep(String name, String scheme) throws Exception {
    String kept = System.getProperty("drivemark.screenshots");
    if (kept != null) {
      int width = browser.evaluate("window.innerWidth").asInt();
      browser.screenshots(
          Files.createDirectories(Path.of(kept)), name + "-" + scheme, width, SLICE);
    }
  }
}
