package io.drivemark.eval.history.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code night.json}: a {@link NightRecord} in the schema {@value #SCHEMA}. Stateless. */
public final class NightJson {
  /** The schema's name, the first field of the file. */
  public static final String SCHEMA = "drivemark-night-record/1";

  private NightJson() {}

  /** Writes the file in one step. */
  public static void write(Path file, NightRecord night) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("id", night.id());
    out.put("started", night.started().toString());
    out.put("order", night.order());
    out.put("finished", night.finished().map(Instant::toString).orElse(null));
    out.put("plan", night.plan());
    out.put("looked", night.looked());
    out.put("unquiet", night.unquiet().orElse(null));
    ArrayNode notes = out.putArray("notes");
    night.notes().forEach(notes::add);
    ObjectNode seconds = out.putObject("seconds");
    night.seconds().forEach(seconds::put);
    ArrayNode rulers = out.putArray("rulers");
    night.rulers().forEach(ruler -> rulers.add(ForkJson.ruler(ruler)));
    ResultsJson.writeNode(file, out);
  }

  /**
   * Reads the file; fields it does not know are ignored.
   *
   * @throws BadInputException if it is missing, no JSON, of another schema, or a field is missing
   *     or of the wrong kind
   */
  public static NightRecord read(Path file) {
    JsonNode json = ResultsJson.readNode(file);
    String schema = text(file, json, "schema");
    if (!schema.equals(SCHEMA)) {
      throw wrong(file, "schema", schema, SCHEMA);
    }
    List<RulerTimes> rulers = new ArrayList<>();
    for (JsonNode ruler : json.path("rulers")) {
      rulers.add(ForkJson.readRuler(file.toString(), "rulers[" + rulers.size() + "]", ruler));
    }
    List<String> notes = new ArrayList<>();
    for (JsonNode note : json.path("notes")) {
      notes.add(note.asText());
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    json.path("seconds")
        .properties()
        .forEach(s -> seconds.put(s.getKey(), s.getValue().asDouble()));
    JsonNode looked = json.path("looked");
    if (!looked.isBoolean()) {
      throw wrong(file, "looked", looked.toString(), "true or false");
    }
    Instant started = instant(file, "started", text(file, json, "started"));
    return new NightRecord(
        text(file, json, "id"),
        started,
        order(file, json, started),
        text(file, json, "plan"),
        Optional.ofNullable(json.path("unquiet").textValue()),
        looked.booleanValue(),
        rulers,
        notes,
        seconds,
        Optional.ofNullable(json.path("finished").textValue())
            .map(text -> instant(file, "finished", text)));
  }

  /** Records that do not say it are ordered by the clock. */
  private static long order(Path file, JsonNode json, Instant started) {
    JsonNode order = json.path("order");
    if (order.isMissingNode()) {
      return started.toEpochMilli();
    }
    if (!order.isIntegralNumber() || !order.canConvertToLong()) {
      throw wrong(file, "order", order.toString(), "a whole number");
    }
    return order.longValue();
  }

  private static String text(Path file, JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw wrong(file, field, value.isMissingNode() ? "nothing" : value.toString(), "a text");
    }
    return value.textValue();
  }

  private static Instant instant(Path file, String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(file, field, text, "a time as 2026-01-31T12:00:00Z");
    }
  }

  private static BadInputException wrong(Path file, String field, String found, String expected) {
    return new BadInputException(
        file + ": " + field + ": found " + found + ", expected " + expected);
  }
}
