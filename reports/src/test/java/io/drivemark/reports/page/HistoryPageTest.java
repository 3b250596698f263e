package io.drivemark.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.view.HistoryFilter;
import io.drivemark.eval.history.view.HistoryJson;
import io.drivemark.eval.history.view.Panel;
import io.drivemark.eval.history.view.Panels;
import io.drivemark.reports.night.MadeVerdicts;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HistoryPageTest {
  private static final Pattern CELL = Pattern.compile("<figure class=\"cell");

  private static String page(HistoryView view) {
    return HistoryPage.text(view, Panels.of(view), "sqlite:history.db");
  }

  @Test
  void aYearOfFortySeriesIsUnder3Megabytes() {
    HistoryView year = MadeHistory.of(365, 40, "enet");
    String page = page(year);
    assertEquals(240, CELL.matcher(page).results().count());
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 3_000_000);
  }

  @Test
  void machinesHaveSectionsAndDrawingsOfTheirOwn() {
    HistoryView view = MadeHistory.of(60, 2, "enet");
    List<String> sections =
        Pattern.compile("(?s)<section id=\"machine-.*?</section>")
            .matcher(page(view))
            .results()
            .map(MatchResult::group)
            .toList();
    assertEquals(2, sections.size());
    assertTrue(sections.get(0).contains("<h2>" + MadeHistory.ONE.label() + "</h2>"));
    assertTrue(sections.get(1).contains("<h2>" + MadeHistory.TWO.label() + "</h2>"));
    // the second machine is four times as slow; its numbers stand in its section alone
    assertTrue(sections.get(0).contains("<b>11.") && !sections.get(0).contains("<b>4"));
    assertTrue(sections.get(1).contains("<b>4") && !sections.get(1).contains("<b>11."));
    for (String section : sections) {
      assertEquals(6, CELL.matcher(section).results().count());
    }
  }

  @Test
  void levelsLieBetweenEventsThatHold() {
    HistoryView view = MadeHistory.of(100, 2, "enet");
    List<Panel> panels = Panels.of(view);
    Panel slower =
        panels.stream()
            .filter(p -> p.line().series().model().equals("enet-0"))
            .filter(p -> p.line().metric().equals("latencyMs"))
            .filter(p -> p.line().machine().equals(MadeHistory.ONE.digest()))
            .findFirst()
            .orElseThrow();
    assertEquals(3, slower.levels().size());
    assertEquals(List.of(0, 30, 60), slower.levels().stream().map(Panel.Level::from).toList());
    assertEquals(12, slower.levels().get(0).value(), 0.1);
    assertEquals(12 * 0.92, slower.levels().get(1).value(), 0.1);
    assertEquals(12 * 0.92 * 1.06, slower.levels().get(2).value(), 0.1);
    assertTrue(slower.isWorse());
    // events are of one machine and of their figures alone
    for (Panel panel : panels) {
      boolean timed = panel.line().metric().equals("latencyMs");
      boolean one = panel.line().machine().equals(MadeHistory.ONE.digest());
      int expected = !timed || !one ? 0 : panel.line().series().model().equals("enet-0") ? 2 : 1;
      assertEquals(expected, panel.marks().size(), panel.line().series().label());
    }
  }

  @Test
  void aHistoryIsCutByDayAndSeries() {
    HistoryView view = MadeHistory.of(100, 12, "enet");
    HistoryView cut =
        new HistoryFilter(List.of("enet-1", "*-11 on*"), Optional.of(LocalDate.parse("2026-03-01")))
            .of(view);
    assertEquals(9, cut.nights().size());
    assertEquals(
        List.of("enet-1", "enet-11"),
        cut.lines().stream().map(l -> l.series().model()).distinct().toList());
    cut.lines().forEach(line -> line.points().forEach(p -> assertTrue(p.night() < 9)));
    assertEquals(9, HistoryJson.of(cut, Panels.of(cut)).get("nights").size());
  }

  @Test
  void aCharacterOfTwoHalvesIsOneCharacterOfAGlob() {
    HistoryView view = MadeHistory.of(20, 2, "\uD83D\uDE97");
    for (String glob : List.of("\uD83D\uDE97-1", "?-1")) {
      assertEquals(
          List.of("\uD83D\uDE97-1"),
          new HistoryFilter(List.of(glob), Optional.empty())
              .of(view).lines().stream().map(l -> l.series().model()).distinct().toList(),
          glob);
    }
  }

  @Test
  void hostileNamesAreTextOnPages() {
    for (String name :
        List.of(
            "</script><img src=x onerror=alert(1)>", "\"><b>x", "a\u202eb", "x".repeat(10_000))) {
      for (String page :
          List.of(
              page(MadeHistory.of(40, 2, name)), NightPage.text(MadeVerdicts.everything(name)))) {
        assertFalse(page.contains("<img"), name);
        assertFalse(page.contains("<b>x"), name);
        assertFalse(page.contains("\u202e"), name);
        assertTrue(page.length() < 300_000, name);
      }
    }
  }

  @Test
  void aNightsPageSaysTheVerdictFirstAndItsNumbers() {
    String page = NightPage.text(MadeVerdicts.everything("enet"));
    assertTrue(page.contains("<h1 class=\"verdict worse\">Worse: enet: latency +5.2 %.</h1>"));
    assertTrue(page.contains("3 of 4 figures judged (75 %, at least 90 % needed), 1 gone."));
    assertTrue(
        page.contains(
            "<code>drivemark compare 2026-11-18T02-00-00Z 2026-11-19T02-00-00Z --nights"
                + " nights</code>"));
    assertTrue(page.contains("<p>engine.onnxruntime: 1.29.0 -&gt; enet</p>"));
    for (String number :
        List.of("42.1 ms", "44.3 ms", "+5.2 %", "2.0 %", "&lt; 0.0001", "0.0123")) {
      assertTrue(page.contains(">" + number + "</td>"), number);
    }
    assertFalse(page.matches("(?s).*(src|href)=\"(http|//).*"), "nothing is loaded");
  }

  @Test
  void oneNightIsDrawnInTheMiddle() {
    String page = page(MadeHistory.of(1, 1, "enet"));
    assertTrue(page.contains("The last night was not judged."));
    assertTrue(page.contains("<path class=\"v\" d=\"M365 86H375\"/>"));
  }

  @Test
  void theScaleOfWhatIsNeverNegativeEndsAtZero() {
    HistoryView view = MadeHistory.of(3, 1, "enet");
    HistoryPlot plot =
        new HistoryPlot(
            new Panel(
                new HistoryView.SeriesLine(
                    MadeHistory.series("enet"),
                    MadeHistory.ONE.digest(),
                    "latencyMs",
                    Optional.empty(),
                    List.of(MadeHistory.point(0, 1, 0.1), MadeHistory.point(1, 20, 0.1))),
                List.of(),
                List.of()),
            view.nights().size());
    assertEquals(0, plot.low());
    assertEquals(20 + 0.6 * 19, plot.high(), 1e-9);
    assertEquals(0, plot.beyond());
  }
}
