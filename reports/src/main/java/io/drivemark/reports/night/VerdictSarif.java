package io.drivemark.reports.night;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.config.JsonText;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import java.util.List;

/**
 * A verdict as SARIF 2.1.0: a result for each event. Readers tell results of two nights apart by
 * the event's uid, which stays while it lives, and not by rules of their own. Stateless.
 */
public final class VerdictSarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private VerdictSarif() {}

  /** The text, ending in a line feed. */
  public static String text(Verdict verdict) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = out.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Drivemark");
    ArrayNode rules = driver.putArray("rules");
    for (Alarm.Kind kind : Alarm.Kind.values()) {
      ObjectNode rule = rules.addObject().put("id", kind.word());
      rule.putObject("shortDescription").put("text", rule(kind));
    }
    run.putObject("automationDetails")
        .put("id", "drivemark-nightly/" + Inert.name(verdict.machine()));
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", verdict.coverage().suffices());
    ArrayNode notes = invocation.putArray("toolExecutionNotifications");
    note(verdict.coverage().suffices() ? "note" : "error", verdict.sentence(), notes);
    verdict.reasons().forEach(reason -> note("warning", reason, notes));
    ArrayNode results = run.putArray("results");
    verdict.events().stream()
        .filter(event -> event.worse() && !event.changes().isEmpty())
        .forEach(event -> result(event, verdict, results.addObject()));
    return JsonText.indented(out)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
        + "\n";
  }

  private static void note(String level, String text, ArrayNode notes) {
    notes.addObject().put("level", level).putObject("message").put("text", Inert.sentence(text));
  }

  private static String rule(Alarm.Kind kind) {
    return switch (kind) {
      case NIGHT -> "A latency is above what the nights before let expect.";
      case LEVEL -> "The level of a latency changed.";
      case DRIFT -> "A figure crept away from the pinned night.";
      case ACCURACY -> "An exact figure is worse.";
      case DETERMINISM -> "Label maps that were to be equal are not.";
    };
  }

  private static void result(Event event, Verdict verdict, ObjectNode out) {
    Alarm.Kind kind = event.changes().get(0).kind();
    out.put("ruleId", kind.word()).put("ruleIndex", kind.ordinal());
    out.put("level", event.isOpen() ? "error" : "note");
    out.put("baselineState", baseline(event, verdict));
    out.putObject("message")
        .put(
            "text",
            EventWords.title(event)
                + ". Onset "
                + EventWords.onset(event.onset())
                + "; laid to "
                + EventWords.cause(event)
                + "; "
                + EventWords.status(event, verdict)
                + ". "
                + EventWords.compare(event));
    out.putObject("partialFingerprints").put("drivemarkEvent/v1", Inert.name(event.uid()));
    ObjectNode location = out.putArray("locations").addObject();
    ObjectNode physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", NightFolder.VERDICT);
    physical.putObject("region").put("startLine", 1);
    ArrayNode logical = location.putArray("logicalLocations");
    List<String> labels =
        event.changes().stream().map(c -> Inert.name(c.series().label())).distinct().toList();
    labels.forEach(label -> logical.addObject().put("name", label).put("kind", "resource"));
    event
        .decision()
        .ifPresent(
            said ->
                out.putArray("suppressions")
                    .addObject()
                    .put("kind", "external")
                    .put("status", "accepted")
                    .put(
                        "justification",
                        Inert.name(said.by()) + ": " + Inert.sentence(said.because())));
  }

  private static String baseline(Event event, Verdict verdict) {
    if (event.state() == Event.State.FIXED) {
      return "absent";
    }
    return event.opened().equals(verdict.night()) ? "new" : "unchanged";
  }
}
