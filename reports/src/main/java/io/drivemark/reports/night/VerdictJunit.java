package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A verdict as JUnit XML: a test case for each figure, and one for the night as a whole. It has the
 * attributes that every reader knows and no others. A figure keeps its name from night to night:
 * the series' label, the metric and the first digits of the series' key, since two series may have
 * one label. What was not judged is skipped, not passed; an open event fails its figures; too
 * little judged is an error of the night. Stateless.
 */
public final class VerdictJunit {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int DIGITS = 8;
  private static final String PRINTS = "prints";

  private VerdictJunit() {}

  /** A test case, as it grows. */
  private static final class Case {
    private final Series series;
    private final String metric;
    private final List<String> failures = new ArrayList<>();
    private String skipped = "";

    Case(Series series, String metric) {
      this.series = series;
      this.metric = metric;
    }
  }

  /** The text, ending in a line feed. */
  public static String text(Verdict verdict) {
    List<Case> cases = cases(verdict);
    boolean judged = verdict.coverage().suffices();
    long failed = cases.stream().filter(c -> !c.failures.isEmpty()).count();
    long skipped = cases.stream().filter(VerdictJunit::isSkipped).count();
    StringBuilder out = new StringBuilder();
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite")
        .append(attribute("name", "drivemark nightly"))
        .append(attribute("tests", Integer.toString(cases.size() + 1)))
        .append(attribute("failures", Long.toString(failed)))
        .append(attribute("errors", judged ? "0" : "1"))
        .append(attribute("skipped", Long.toString(skipped)))
        .append(attribute("time", "0"))
        .append(attribute("timestamp", TIME.format(verdict.night().start())))
        .append(attribute("hostname", Inert.name(verdict.machine())))
        .append(">\n");
    begin("drivemark", "coverage", out);
    if (judged) {
      out.append("/>\n");
    } else {
      child("error", "not judged", CensusWords.coverage(verdict.coverage()), reasons(verdict), out);
    }
    cases.forEach(one -> write(one, out));
    return out.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static List<Case> cases(Verdict verdict) {
    Map<String, Case> out = new LinkedHashMap<>();
    for (Census one : verdict.census()) {
      Case test = at(out, one.series(), one.metric());
      test.skipped =
          switch (one.state()) {
            case JUDGED -> "";
            case NOT_JUDGED -> one.reason();
            case GONE -> "gone: " + one.reason();
          };
    }
    for (AccuracyFinding finding : verdict.accuracy()) {
      Case test = at(out, finding.series(), PRINTS);
      test.skipped =
          switch (finding.state()) {
            case FIRST -> "nothing to compare with";
            case NOT_COMPARABLE -> "not comparable: " + finding.note();
            case TAKEN -> "not measured anew: " + finding.note();
            case SAME, DETERMINISM, ROUNDING, CHANGED, WORSE -> "";
          };
    }
    for (Event event : EventWords.open(verdict)) {
      for (Event.Change change : event.changes()) {
        at(out, change.series(), change.metric())
            .failures
            .add(EventWords.change(change) + "; event " + Inert.name(event.uid()));
      }
    }
    return List.copyOf(out.values());
  }

  private static Case at(Map<String, Case> cases, Series series, String metric) {
    return cases.computeIfAbsent(series.key() + "\n" + metric, key -> new Case(series, metric));
  }

  /** A figure of an open event fails, though it was not judged tonight. */
  private static boolean isSkipped(Case one) {
    return one.failures.isEmpty() && !one.skipped.isEmpty();
  }

  private static void write(Case one, StringBuilder out) {
    String key = one.series.key();
    begin(
        one.series.label(),
        one.metric
            + (one.series.isAll() ? "" : " " + key.substring(0, Math.min(DIGITS, key.length()))),
        out);
    if (!one.failures.isEmpty()) {
      child("failure", "worse", one.failures.get(0), String.join("\n", one.failures), out);
    } else if (isSkipped(one)) {
      out.append(">\n      <skipped")
          .append(attribute("message", Inert.sentence(one.skipped)))
          .append("/>\n    </testcase>\n");
    } else {
      out.append("/>\n");
    }
  }

  private static void begin(String classname, String name, StringBuilder out) {
    out.append("    <testcase")
        .append(attribute("classname", Inert.name(classname)))
        .append(attribute("name", Inert.name(name)))
        .append(attribute("time", "0"));
  }

  private static void child(
      String element, String type, String message, String text, StringBuilder out) {
    out.append(">\n      <")
        .append(element)
        .append(attribute("message", message))
        .append(attribute("type", type))
        .append('>')
        .append(escaped(text))
        .append("</")
        .append(element)
        .append(">\n    </testcase>\n");
  }

  private static String reasons(Verdict verdict) {
    List<String> out = new ArrayList<>();
    out.add(Inert.sentence(verdict.sentence()));
    verdict.reasons().forEach(reason -> out.add(Inert.sentence(reason)));
    CensusWords.by(verdict, Census.State.NOT_JUDGED)
        .forEach(group -> out.add(group.figures().size() + " × " + group.reason()));
    return String.join("\n", out);
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + escaped(value) + "\"";
  }

  /** What XML cannot hold is gone already, see {@link Inert}. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
