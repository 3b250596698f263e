package io.drivemark.reports.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightPlan.Format;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/** Whole outputs are in {@code verdict-formats}, written by this program and read line by line. */
class VerdictFormatsTest {
  private static final List<String> HOSTILE =
      List.of(
          "</testcase><img src=x onerror=alert(1)>",
          "a\"b\\c\n\r\t%0A%0D\n::error::x,y:z",
          "\u0000\u001b[31m\u2028\u202e\ud800",
          "&lt; ]]> ' -->",
          "| a | b |\n|---|\n# `x` [y](http://z) ![p](q) @someone #1",
          "x".repeat(10_000));

  /** Which attributes every reader of JUnit XML knows, by element. */
  private static final Map<String, Set<String>> JUNIT =
      Map.of(
          "testsuites",
          Set.of(),
          "testsuite",
          Set.of("name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"),
          "testcase",
          Set.of("classname", "name", "time"),
          "failure",
          Set.of("message", "type"),
          "error",
          Set.of("message", "type"),
          "skipped",
          Set.of("message"));

  private static Verdict verdict(String name) {
    return switch (name) {
      case "fine" -> MadeVerdicts.fine();
      case "everything" -> MadeVerdicts.everything("enet");
      case "hostile" -> MadeVerdicts.everything("</a>|`[x](y)\n%0A::error::,\"'");
      case "open" -> MadeVerdicts.open(12);
      case "not-judged" -> MadeVerdicts.notJudged();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "everything, MARKDOWN",
    "everything, JUNIT",
    "everything, GITHUB",
    "everything, SARIF",
    "hostile, MARKDOWN",
    "hostile, JUNIT",
    "hostile, GITHUB",
    "hostile, SARIF",
    "open, GITHUB",
    "not-judged, MARKDOWN",
    "not-judged, JUNIT",
    "not-judged, GITHUB",
    "fine, MARKDOWN",
    "fine, JUNIT",
    "fine, GITHUB",
  })
  void aWholeView(String name, Format format) throws Exception {
    String file = "/verdict-formats/" + name + "-" + VerdictFormats.file(format);
    try (InputStream in = VerdictFormatsTest.class.getResourceAsStream(file)) {
      assertEquals(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"),
          VerdictFormats.text(format, verdict(name)));
    }
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> out = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      out.add((Element) found.item(i));
    }
    return out;
  }

  @Test
  void hostileNamesAreTextInJunitXml() throws Exception {
    int usual = elements(parse(VerdictJunit.text(verdict("everything"))), "*").size();
    for (String name : HOSTILE) {
      Document document = parse(VerdictJunit.text(MadeVerdicts.everything(name)));
      List<Element> all = elements(document, "*");
      assertEquals(usual, all.size(), name);
      Set<String> names = new HashSet<>();
      for (Element element : all) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
          String attribute = attributes.item(i).getNodeName();
          assertTrue(JUNIT.get(element.getTagName()).contains(attribute), attribute);
        }
        if (element.getTagName().equals("testcase")) {
          assertTrue(
              names.add(element.getAttribute("classname") + "\n" + element.getAttribute("name")));
        }
      }
      assertEquals(
          "" + elements(document, "testcase").size(),
          elements(document, "testsuite").get(0).getAttribute("tests"));
    }
  }

  @Test
  void hostileNamesAreTextInAnnotations() {
    for (String name : HOSTILE) {
      List<String> lines = GithubAnnotations.text(MadeVerdicts.everything(name)).lines().toList();
      assertEquals(2, lines.size(), name);
      assertTrue(lines.get(0).startsWith("::notice title=Drivemark%3A worse::Worse: "), name);
      assertTrue(lines.get(1).matches("::error title=[^:,]*::Since 2026-11-19, [^%]*"), name);
      assertTrue(lines.get(1).contains("latency +5.2 %25%2C 42.13 to 44.30 ms"), name);
    }
  }

  @Test
  void hostileNamesAreTextInMarkdown() {
    long usual = VerdictMarkdown.text(verdict("everything")).lines().count();
    for (String name : HOSTILE) {
      String text = VerdictMarkdown.text(MadeVerdicts.everything(name));
      assertEquals(usual, text.lines().count(), name);
      assertFalse(text.matches("(?s).*[<>\\u0000\\u001b\\u202e].*"), name);
      assertFalse(text.matches("(?s).*(?<!\\\\)\\]\\(.*"), name);
      assertFalse(text.contains("://"), name);
      text.lines()
          .filter(line -> line.startsWith("| "))
          .forEach(line -> assertEquals(10, line.split("(?<!\\\\)\\|", -1).length - 1, line));
      assertTrue(text.length() < 40_000, name);
    }
  }

  @Test
  void hostileNamesAreTextInSarif() throws Exception {
    for (String name : HOSTILE) {
      String text = VerdictSarif.text(MadeVerdicts.everything(name));
      assertFalse(text.matches("(?s).*[<>&\\u0000\\u001b\\u202e].*"), name);
      JsonNode run = new ObjectMapper().readTree(text).get("runs").get(0);
      assertEquals(2, run.get("results").size(), name);
      assertTrue(
          run.get("results")
              .get(0)
              .get("message")
              .get("text")
              .asText()
              .contains("latency +5.2 %, 42.13 to 44.30 ms"),
          name);
    }
  }

  /** The rules of SARIF 2.1.0, and of GitHub, that hold for what is written here. */
  @Test
  void aSarifResultPointsToItsRuleAndHasAPlaceAndAFingerprint() throws Exception {
    JsonNode root = new ObjectMapper().readTree(VerdictSarif.text(verdict("everything")));
    assertEquals("2.1.0", root.get("version").asText());
    JsonNode run = root.get("runs").get(0);
    JsonNode rules = run.get("tool").get("driver").get("rules");
    Set<String> prints = new HashSet<>();
    for (JsonNode result : run.get("results")) {
      assertEquals(
          result.get("ruleId"), rules.get(result.get("ruleIndex").asInt()).get("id"), "rule");
      assertTrue(Set.of("error", "note").contains(result.get("level").asText()));
      assertTrue(
          Set.of("new", "unchanged", "absent").contains(result.get("baselineState").asText()));
      assertTrue(prints.add(result.get("partialFingerprints").get("drivemarkEvent/v1").asText()));
      assertEquals(
          "verdict.json",
          result
              .get("locations")
              .get(0)
              .get("physicalLocation")
              .get("artifactLocation")
              .get("uri")
              .asText());
    }
    assertEquals(Set.of("e1e1e1e1e1e1", "e2e2e2e2e2e2"), prints);
  }

  @Test
  void anOpenEventOfAFigureThatWasNotJudgedTonightFails() throws Exception {
    Verdict all = verdict("everything");
    Verdict later =
        new Verdict(
            all.night(),
            all.machine(),
            all.state(),
            all.sentence(),
            all.coverage(),
            all.reasons(),
            all.census().stream()
                .map(
                    c ->
                        new io.drivemark.eval.history.judge.Census(
                            c.series(),
                            c.metric(),
                            io.drivemark.eval.history.judge.Census.State.NOT_JUDGED,
                            "the engine is missing"))
                .toList(),
            List.of(),
            List.of(),
            all.events(),
            List.of(),
            all.confirm());
    Element suite = elements(parse(VerdictJunit.text(later)), "testsuite").get(0);
    assertEquals("2", suite.getAttribute("failures"));
    assertEquals("3", suite.getAttribute("skipped"));
    assertEquals("1", suite.getAttribute("errors"));
  }
}
