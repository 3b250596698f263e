package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.eval.runner.record.json.ReachFile;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.ReachRangeTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** What a model and a condition are called, to see that it stays a name. */
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  /** What makes the page wider than the window: all but what scrolls in a box of its own. */
  private static final String BEYOND =
      "Array.from(document.body.querySelectorAll('*')).filter(e => !e.closest('.scroller, pre, nav'"
          + " + (e.closest('svg') && e.tagName !== 'svg' ? ', svg' : ''))"
          + " && e.getBoundingClientRect().right > WIDTH + 0.5)"
          + ".map(e => e.tagName + '.' + e.getAttribute('class') + ' '"
          + " + Math.round(e.getBoundingClientRect().right) + ' ' + e.textContent.slice(0, 40))";

  @TempDir static Path folder;
  private static StudyResult study;
  private static Path page;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    Assumptions.assumeTrue(
        program.isPresent(), "neither chromium nor chromium-browser is on the PATH: skipped");
    String given = System.getProperty("drivemark.report");
    study = study();
    Reach reach = ReachRangeTest.reach();
    ReachFile.write(ReachFile.file(folder, reach.conditions()), reach);
    page = given == null ? Reports.write(study, folder) : Path.of(given);
    browser = Browser.start(program.get(), folder);
  }

  private static StudyResult study() {
    StudyResult made =
        SyntheticStudy.with(
            SyntheticStudy.write(folder), "frame made_up_004: truncated PNG; left out");
    List<Entry> entries = new ArrayList<>(made.entries());
    entries.add(
        SyntheticStudy.entry(HOSTILE, "alphanet", Optional.empty(), "onnxruntime", 0.5, 12, 0.4e6));
    return new StudyResult(
        made.started(),
        made.finished(),
        made.study(),
        made.environment(),
        RoadScenes.whole(entries, "light=" + HOSTILE),
        made.findings());
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

  /** A line of the table of late answers: network, camera, streaming mIoU, age. */
  private static String line(String label, Driving.Road road) {
    return label
        + "|"
        + (road.camera() == 30 ? "30" : "10")
        + " fps, latest|"
        + road.miou().getAsDouble()
        + "|"
        + road.age().orElseThrow().seenMs().getAsDouble();
  }

  /** The road of a network that was judged at this camera and speed of the hardware. */
  private static Driving.Road road(Contender contender, double camera, double factor) {
    return contender.entry().driving().orElseThrow().roads().stream()
        .filter(r -> r.camera() == camera && r.hardware() == factor)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> out = new TreeSet<>();
    list.forEach(one -> out.add(one.asText()));
    return out;
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "390, 844, true"})
  void roadAndWeatherFitAndFollowTheHardware(int width, int height, boolean phone)
      throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("drivemark.report") == null, "of the made-up study alone");
    browser.open(page, width, height, phone);
    List<Contender> contenders = Board.of(study).get(0).contenders();
    for (int i = 0; i < RoadScenes.FACTORS.size(); i++) {
      double factor = RoadScenes.FACTORS.get(i);
      browser.evaluate(
          "(() => { const f = document.querySelector('form.hardware'); f.factor.value = "
              + i
              + "; f.factor.dispatchEvent(new Event('input', {bubbles: true})); })()");
      assertEquals(
          i == 0 ? "as measured" : "latencies × " + (i == 1 ? 2 : 4),
          browser.evaluate("document.querySelector('form.hardware output').textContent").asText());
      Set<String> lines = new TreeSet<>();
      Set<String> dots = new TreeSet<>();
      for (Contender c : contenders) {
        lines.add(line(c.label(), road(c, 30, factor)));
        lines.add(line(c.label(), road(c, 10, factor)));
        Driving.Road road = road(c, 30, factor);
        dots.add(road.age().orElseThrow().seenMs().getAsDouble() + "|" + road.miou().getAsDouble());
      }
      assertEquals(
          lines,
          texts(
              browser.evaluate(
                  "Array.from(document.querySelectorAll('.road .factor table.streaming'))"
                      + ".filter(t => t.offsetParent).flatMap(t => Array.from(t.tBodies[0].rows))"
                      + ".map(r => [r.cells[0].textContent.replace(/[†\\s]+$/, ''),"
                      + " r.cells[1].textContent, r.cells[3].dataset.v, r.cells[5].dataset.v]"
                      + ".join('|'))")));
      JsonNode drawn =
          browser.evaluate(
              "echarts.getInstanceByDom(document.querySelector('[data-chart=road]'))"
                  + ".getOption().series.find(s => s.type === 'scatter').data.map(d => d.value)");
      Set<String> found = new TreeSet<>();
      drawn.forEach(dot -> found.add(dot.get(0).asDouble() + "|" + dot.get(1).asDouble()));
      assertEquals(dots, found);
      namesOfTheRoadAreApart(phone ? contenders.size() / 2 : contenders.size());
    }
    browser.evaluate(
        "(echarts.getInstanceByDom(document.querySelector('[data-chart=road]')).dispatchAction("
            + "{type: 'showTip', seriesIndex: "
            + (contenders.size() + 2)
            + ", dataIndex: 0}), new Promise(done => setTimeout(done, 100)))");
    assertTrue(
        browser
            .evaluate("document.querySelector('[data-chart=road] .tip').textContent")
            .asText()
            .contains("mean age"));
    assertEquals(0, browser.evaluate("document.querySelectorAll('img[src=\"x\"]').length").asInt());
    assertTrue(
        browser
            .evaluate("document.querySelector('.robust thead').textContent")
            .asText()
            .contains(HOSTILE));
    assertEquals(
        Set.of(),
        texts(browser.evaluate(BEYOND.replace("WIDTH", "" + width))),
        "parts that reach beyond the window");
    int pageWidth = browser.evaluate("document.documentElement.scrollWidth").asInt();
    assertTrue(pageWidth <= width, "the page is " + pageWidth + " wide in " + width);
    JsonNode captions =
        browser.evaluate(
            "Array.from(document.querySelectorAll('.road .scroller, .robust .scroller,"
                + " .metres .scroller')).filter(s => s.offsetParent).map(s =>"
                + " s.getAttribute('aria-label') + (s.scrollWidth <= s.clientWidth"
                + " || getComputedStyle(s).overflowX === 'auto' ? '' : ' is cut'))");
    for (String table :
        List.of(
            "Late answers, by camera rate and policy",
            "Where the camera fails on some pictures",
            "People found in percent, by how old the answer is; in brackets by a perfect answer",
            "What corruptions, weather and light cost",
            "How far confidences are off: expected calibration error in percent, 0 where labels are"
                + " right as often as they say",
            "In metres of road; shares in percent; a dash is undefined",
            "People found in percent, by how far away they are; in brackets how many there are")) {
      assertTrue(texts(captions).contains(table), table + " in " + captions);
    }
    JsonNode untitled =
        browser.evaluate(
            "Array.from(document.querySelectorAll('.road > .scroller, .metres > h3 ~ .scroller,"
                + " .robust > h3 ~ .scroller')).filter(s => s.previousElementSibling.tagName !== 'H3')"
                + ".map(s => s.getAttribute('aria-label'))");
    assertEquals(Set.of(), texts(untitled), "tables without a title one sees");
    assertEquals(List.of(), browser.complaints());
  }

  /** Names beside dots lie on no other; on a phone some may have no room. */
  private static void namesOfTheRoadAreApart(int least) throws Exception {
    browser.evaluate("new Promise(done => setTimeout(done, 400))"); // dots move to their places
    JsonNode lying =
        browser.evaluate(
            "(() => { const names = JSON.parse(document.getElementById('data').textContent)"
                + ".boards[0].contenders.map(c => c.short || c.model);"
                + " const all = Array.from(document.querySelectorAll('[data-chart=road] svg text'))"
                + ".filter(t => names.includes(t.textContent))"
                + ".map(t => ({name: t.textContent, box: t.getBoundingClientRect()}));"
                + " const out = [String(all.length)];"
                + " all.forEach((a, i) => all.slice(0, i).forEach(b => {"
                + " if (Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1"
                + " && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 3)"
                + " out.push(a.name + ' on ' + b.name); })); return out; })()");
    assertEquals(1, lying.size(), "names that lie on others: " + lying);
    assertTrue(lying.get(0).asInt() >= least, lying + " names of " + least);
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
