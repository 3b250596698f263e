package io.drivemark.eval.history.judge.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerdictJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Night.Ref night(int order) {
    return new Night.Ref(
        "n" + order, order, Instant.parse("2026-11-20T02:00:00Z").plusSeconds(order));
  }

  /** A verdict with everything in it. */
  static Verdict verdict(String name) {
    Series series = new Series("k-" + name, name + " on camvid/val", name, "camvid/val", "onnx");
    Onset onset = new Onset(night(1), night(2), night(1), night(3));
    Alarm alarm =
        new Alarm(
            Alarm.Kind.NIGHT,
            Alarm.State.CONFIRMED,
            series,
            "latencyMs",
            Optional.empty(),
            true,
            42.125,
            44.3,
            44.3 / 42.125 - 1,
            0.02,
            OptionalDouble.of(0.01),
            OptionalDouble.of(1e-5),
            OptionalDouble.of(4e-4),
            60,
            onset,
            "first +5.2 %");
    Alarm exact =
        new Alarm(
            Alarm.Kind.ACCURACY,
            Alarm.State.CONFIRMED,
            series,
            "iou",
            Optional.of(name),
            true,
            0.5,
            0.25,
            -0.25,
            0.005,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            1,
            onset,
            "");
    Event event =
        new Event(
            "0123456789ab",
            "machine",
            Event.State.ACCEPTED,
            true,
            Cause.ENGINE,
            List.of(
                new Event.Change(
                    Series.ALL, "latencyMs", Optional.empty(), Alarm.Kind.LEVEL, 1, 1.05, 0.05)),
            onset,
            night(3),
            Optional.of(night(4)),
            List.of("engine.onnxruntime: 1.29 -> " + name),
            Optional.of(new Event.Decision(name, name, Instant.parse("2026-11-21T10:00:00Z"))));
    return new Verdict(
        night(4),
        "machine",
        Verdict.State.WORSE,
        "Worse: " + name + ".",
        new Verdict.Coverage(3, 1, 2, 0.9),
        List.of(name),
        List.of(
            new Census(series, "latencyMs", Census.State.JUDGED, ""),
            new Census(series, "miou", Census.State.NOT_JUDGED, name)),
        List.of(
            new AccuracyFinding(
                series,
                AccuracyFinding.State.WORSE,
                Optional.of(night(2)),
                List.of("model"),
                Optional.of(new ExactDifference("n2", 3, 1L << 40, false, List.of(name))),
                name),
            new AccuracyFinding(
                Series.ALL,
                AccuracyFinding.State.FIRST,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "")),
        List.of(alarm, exact),
        List.of(event, event.closed(Event.State.FIXED, night(4))),
        List.of("0123456789ab"),
        Optional.of(new ConfirmPlan(List.of(series), List.of(Series.ALL), 2)));
  }

  @Test
  void whatIsReadEqualsWhatWasWritten() {
    Verdict verdict = verdict("enet");
    assertEquals(verdict, VerdictJson.read(VerdictJson.write(verdict), "verdict.json"));
  }

  @Test
  void hostileNamesAreInertAndStayTheSame() {
    List<String> names =
        List.of(
            "</script><img src=x onerror=alert(1)>",
            "a\"b\\c\n\r\t%0A%0D::error::",
            "\u0000\u001b[31m\u2028\u202e",
            "&lt; ]]> '",
            "x".repeat(10_000));
    for (String name : names) {
      String text = VerdictJson.write(verdict(name));
      assertEquals(verdict(name), VerdictJson.read(text, "verdict.json"));
      assertFalse(text.matches("(?s).*[<>&\\u0000\\u001b].*"), name);
    }
  }

  @Test
  void theFileIsAsItsSchemaSays() throws IOException {
    JsonNode schema;
    try (InputStream in =
        VerdictJson.class.getResourceAsStream("drivemark-verdict-1.schema.json")) {
      schema = MAPPER.readTree(in);
    }
    JsonNode file = MAPPER.readTree(VerdictJson.write(verdict("enet")));
    List<String> problems = new ArrayList<>();
    new SchemaCheck(schema, problems).check(schema, file, "");
    assertEquals(List.of(), problems);

    // the check itself finds what does not fit
    ((com.fasterxml.jackson.databind.node.ObjectNode) file.get("coverage")).put("judged", "3");
    ((com.fasterxml.jackson.databind.node.ObjectNode) file).put("state", "good").put("more", 1);
    ((com.fasterxml.jackson.databind.node.ObjectNode) file.get("events").get(0)).remove("uid");
    new SchemaCheck(schema, problems).check(schema, file, "");
    assertEquals(
        List.of(
            "/state: \"good\" is not allowed",
            "/coverage/judged: \"3\" is no [\"integer\"]",
            "/events/0/uid: missing",
            "/more: not in the schema"),
        problems);
  }

  @Test
  void aWrongFileIsRefusedWithThePlace() {
    String text = VerdictJson.write(verdict("enet"));
    assertEquals(
        "v.json: schema: \"drivemark-verdict/1\" expected, found \"drivemark-verdict/2\"",
        refusal(text.replace("drivemark-verdict/1", "drivemark-verdict/2")));
    assertEquals(
        "v.json: state: one of fine, worse, not judged expected, found \"good\"",
        refusal(
            text.replace(
                "\"state\" : \"worse\",\n  \"sentence\"",
                "\"state\" : \"good\",\n  \"sentence\"")));
    assertEquals(
        "v.json: alarms[0].nights: a whole number of at least 0 expected, found -60",
        refusal(text.replace("\"nights\" : 60", "\"nights\" : -60")));
    assertEquals(
        "v.json: night.start: a time as 2026-11-20T02:00:00Z expected, found \"yesterday\"",
        refusal(text.replaceFirst("\"start\" : \"[^\"]*\"", "\"start\" : \"yesterday\"")));
    assertTrue(refusal(text.substring(0, 100)).startsWith("v.json: no JSON: "));
    assertEquals("v.json: an object expected, found []", refusal("[]"));
  }

  private static String refusal(String text) {
    return assertThrows(BadInputException.class, () -> VerdictJson.read(text, "v.json"))
        .getMessage();
  }
}
