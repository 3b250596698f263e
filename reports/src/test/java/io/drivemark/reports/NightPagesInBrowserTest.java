package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.view.Panels;
import io.drivemark.reports.board.MadeComparison;
import io.drivemark.reports.night.MadeVerdicts;
import io.drivemark.reports.page.ComparePage;
import io.drivemark.reports.page.HistoryPage;
import io.drivemark.reports.page.MadeHistory;
import io.drivemark.reports.page.NightPage;
import io.drivemark.reports.page.SelectPage;
import io.drivemark.reports.select.Selected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages of nights in a real browser: a night, the history, a comparison, a selection. Set the
 * system property {@code drivemark.screenshots} to a folder to keep pictures of them.
 */
class NightPagesInBrowserTest {
  private static final int SLICE = 1600;

  /** Would run, load and break lines, and is too long for any column. */
  private static final String HOSTILE =
      "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>\"'&%s\n\u202e"
          + "x".repeat(300);

  @TempDir static Path folder;
  private static final Map<String, Path> PAGES = new TreeMap<>();
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    Assumptions.assumeTrue(
        program.isPresent(), "neither chromium nor chromium-browser is on the PATH: skipped");
    for (String name : List.of("enet", HOSTILE)) {
      String of = name.equals(HOSTILE) ? "-hostile" : "";
      write("night" + of, NightPage.text(MadeVerdicts.everything(name)));
      HistoryView view = MadeHistory.of(120, 3, name);
      write("history" + of, HistoryPage.text(view, Panels.of(view), "sqlite:history.db"));
      write("compare" + of, ComparePage.text(MadeComparison.with(name)));
      write(
          "select" + of,
          SelectPage.text(
              List.of(Selected.with(name, "latencyMs<=25")), List.of("beaten"), List.of(name)));
    }
    browser = Browser.start(program.get(), folder);
  }

  private static void write(String name, String text) throws Exception {
    PAGES.put(name, Files.writeString(folder.resolve(name + ".html"), text));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "390, 844, true"})
  void nothingOverflowsNothingRunsAndTheConsoleIsSilent(int width, int height, boolean phone)
      throws Exception {
    for (Map.Entry<String, Path> page : PAGES.entrySet()) {
      browser.load(page.getValue(), width, height, phone);
      String where = page.getKey() + " at " + width;
      int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
      assertTrue(wide <= width, where + ": the page is " + wide + " wide");
      JsonNode cut =
          browser.evaluate(
              "Array.from(document.querySelectorAll('.scroller')).filter(e => e.scrollWidth >"
                  + " e.clientWidth && getComputedStyle(e).overflowX !== 'auto').length");
      assertEquals(0, cut.asInt(), where + ": a wide table cannot be scrolled");
      assertFalse(browser.evaluate("'ran' in window").asBoolean(), where + ": a name ran");
      int images =
          browser.evaluate("document.querySelectorAll('img:not([src^=\"data:\"])').length").asInt();
      assertEquals(0, images, where + ": a name became an image");
      assertEquals(List.of(), browser.complaints(), where);
      assertEquals(List.of(), browser.requests(), where);
      keep(page.getKey(), width);
    }
  }

  @Test
  void onPaperNothingOverflows() throws Exception {
    browser.media("print", "light");
    try {
      for (Map.Entry<String, Path> page : PAGES.entrySet()) {
        browser.load(page.getValue(), 720, 1000, false);
        int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
        assertTrue(wide <= 720, page.getKey() + " is " + wide + " wide on paper");
      }
    } finally {
      browser.media("", "light");
    }
  }

  @Test
  void theHistoryShowsWhatIsChosen() throws Exception {
    browser.load(PAGES.get("history"), 1280, 900, false);
    String shown = "document.querySelectorAll('.cell:not([hidden])').length";
    int all = browser.evaluate(shown).asInt();
    assertTrue(all > 3, "only " + all + " drawings");
    String choose =
        "(e => { e.value = VALUE; e.dispatchEvent(new Event('change', {bubbles: true})); })"
            + "(document.querySelector('.filter [name=KEY]'))";
    browser.evaluate(choose.replace("KEY", "model").replace("VALUE", "'enet-0'"));
    int one = browser.evaluate(shown).asInt();
    assertEquals(all / 3, one);
    browser.evaluate(choose.replace("KEY", "events").replace("VALUE", "'open'"));
    assertEquals(1, browser.evaluate(shown).asInt());
    assertEquals(
        "1 of " + all + " figures",
        browser.evaluate("document.querySelector('.filter output').textContent").asText());
    browser.evaluate(choose.replace("KEY", "events").replace("VALUE", "''"));
    browser.evaluate(choose.replace("KEY", "model").replace("VALUE", "''"));
    assertEquals(all, browser.evaluate(shown).asInt());
  }

  private static void keep(String name, int width) throws Exception {
    String kept = System.getProperty("drivemark.screenshots");
    if (kept != null) {
      browser.screenshots(Files.createDirectories(Path.of(kept)), name + "-" + width, width, SLICE);
    }
  }
}
