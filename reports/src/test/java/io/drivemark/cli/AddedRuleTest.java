package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.Contest;
import io.drivemark.eval.decide.Decision;
import io.drivemark.eval.decide.DecisionRule;
import io.drivemark.eval.gauge.Figure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's rule of decision is one class and one line: its table is in the report. */
class AddedRuleTest {
  /** Who has a parameter too many. */
  public static class HeavyRule implements DecisionRule {
    @Override
    public String name() {
      return "heavy";
    }

    @Override
    public String title() {
      return "Too heavy for the car";
    }

    @Override
    public String about() {
      return "Networks of more than a thousand parameters.";
    }

    @Override
    public String others() {
      return "Instead";
    }

    @Override
    public List<Figure> figures() {
      return List.of(
          new Figure(
              "parameters",
              "Parameters",
              Figure.Unit.COUNT,
              Figure.Better.LOWER,
              true,
              "How many it has."));
    }

    @Override
    public List<Decision> decide(Contest contest) {
      return contest.candidates().stream()
          .filter(c -> parameters(contest, c.number()) > 1000)
          .map(
              c ->
                  new Decision(
                      c, List.of(), Map.of("parameters", (double) parameters(contest, c.number()))))
          .toList();
    }

    private static long parameters(Contest contest, int number) {
      return contest.entries().get(number).cost().orElseThrow().params().orElse(0);
    }
  }

  @TempDir Path folder;

  @Test
  void itsDecisionsStandInTheReport() throws IOException, URISyntaxException {
    Path out = folder.resolve("out");
    KeptResultsTest.copy("/kept-results-1", out);
    Invocation.of("report", out.toString()).fine();
    assertFalse(Files.readString(out.resolve("report.html")).contains("Too heavy for the car"));
    Plugin.installed(
        folder,
        DecisionRule.class,
        HeavyRule.class,
        () -> Invocation.of("report", out.toString()).fine());
    String page = Files.readString(out.resolve("report.html"));
    int table = page.indexOf("<h2>Too heavy for the car</h2>");
    assertTrue(table > 0, "the rule's table is there");
    String rest = page.substring(table, page.indexOf("</table>", table));
    assertTrue(rest.contains("Networks of more than a thousand parameters."), rest);
    assertTrue(rest.contains("espnet-synthdrive") && rest.contains("enet-untrained"), rest);
    assertTrue(rest.matches("(?s).*>\\d{5,}<.*"), "the figure is written: " + rest);
  }
}
