package io.drivemark.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.reports.select.Selected;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SelectPageTest {
  private static final String HOSTILE =
      "</style><script>alert(1)</script>\n\"'&%s " + "x".repeat(300);

  private static String page(String label, List<String> why) {
    BoardSelection board = Selected.with(label, "latencyMs<=25");
    return SelectPage.text(List.of(board), why, List.of("results"));
  }

  @Test
  void aPageHasEveryStateItsBudgetAndWhy() {
    String page = page("fast", List.of("beaten"));
    for (String part :
        List.of(
            "<h1>strong is the most accurate that keeps the budget latencyMs&lt;=25 for certain; the"
                + " best may as well be near.</h1>",
            "<h2><i class=\"dot front\"></i>On the front for certain</h2>",
            "<h2><i class=\"dot beaten\"></i>Certainly beaten</h2>",
            "<h2><i class=\"dot open\"></i>Open</h2>",
            "<h2><i class=\"dot notComparable\"></i>Not comparable</h2>",
            "<h2>Budget latencyMs&lt;=25</h2>",
            "<h2>Why not beaten?</h2>",
            "the same file as strong",
            "mean latency, ms",
            "Speed was measured in one process",
            "<p>From results. ")) {
      assertTrue(page.contains(part), () -> part + " is missing in\n" + page);
    }
    // four networks are drawn: the twin is the same point, the untrained one has none
    assertEquals(4, Pattern.compile("<circle ").matcher(page).results().count());
  }

  @Test
  void itLoadsNothingAndRunsNothing() {
    String page = page("fast", List.of());
    assertTrue(page.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
    assertFalse(page.contains("<script"), page);
    assertFalse(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(page).find(), page);
  }

  @Test
  void aHostileNameIsInert() {
    String page = page(HOSTILE, List.of(HOSTILE));
    assertFalse(page.contains("<script"), page);
    assertTrue(page.contains("&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), page);
  }
}
