package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/** The speed of an entry as JSON, and back. Stateless. */
final class SpeedJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SpeedJson() {}

  /** Writes the fields of an entry that are about speed, null where it was not measured. */
  static void write(ObjectNode out, Optional<Speed> maybe) {
    EntryJson.set(out, "latencyMs", maybe.map(Speed::endToEnd), SpeedJson::latency);
    EntryJson.put(
        out, "fps", maybe.map(s -> OptionalDouble.of(s.fps())).orElse(OptionalDouble.empty()));
    EntryJson.set(out, "modelLatencyMs", maybe.map(Speed::model), SpeedJson::latency);
    EntryJson.put(
        out, "imageDecodeMs", maybe.map(Speed::imageDecodeMs).orElse(OptionalDouble.empty()));
    EntryJson.set(out, "latency", maybe, SpeedJson::details);
  }

  /** The speed in an entry's fields, if there is one. */
  static Optional<Speed> read(JsonFields in) {
    return in.optionalObject("latency")
        .map(
            more ->
                new Speed(
                    readLatency(in.object("latencyMs")),
                    readLatency(in.object("modelLatencyMs")),
                    in.optionalNumber("imageDecodeMs"),
                    more.optionalObject("control").map(SpeedJson::readControl),
                    more.optionalObject("rotation").map(SpeedJson::readRotation),
                    more.numbers("endToEndSamplesMs"),
                    more.numbers("modelSamplesMs"),
                    more.text("environment"),
                    more.optionalNumber("loadBefore"),
                    more.optionalNumber("loadAfter"),
                    more.objects("operators", SpeedJson::readOperator)));
  }

  private static ObjectNode details(Speed speed) {
    ObjectNode out = JSON.objectNode();
    EntryJson.set(out, "control", speed.control(), SpeedJson::control);
    EntryJson.set(out, "rotation", speed.rotation(), SpeedJson::rotation);
    ArrayNode endToEnd = out.putArray("endToEndSamplesMs");
    speed.endToEndSamplesMs().forEach(endToEnd::add);
    ArrayNode model = out.putArray("modelSamplesMs");
    speed.modelSamplesMs().forEach(model::add);
    out.put("environment", speed.environment());
    EntryJson.put(out, "loadBefore", speed.loadBefore());
    EntryJson.put(out, "loadAfter", speed.loadAfter());
    ArrayNode operators = out.putArray("operators");
    speed.operators().forEach(time -> operators.add(operator(time)));
    return out;
  }

  private static ObjectNode control(Speed.Control control) {
    ObjectNode out = JSON.objectNode();
    out.put("model", control.model());
    out.put("ratio", control.ratio());
    out.put("bandLow", control.bandLow());
    out.put("bandHigh", control.bandHigh());
    out.put("kind", control.kind().key());
    return out;
  }

  private static Speed.Control readControl(JsonFields in) {
    return new Speed.Control(
        in.text("model"),
        in.number("ratio"),
        in.number("bandLow"),
        in.number("bandHigh"),
        in.optionalText("kind").map(k -> kind(in, k)).orElse(Speed.ControlKind.SAME_SESSION));
  }

  private static Speed.ControlKind kind(JsonFields in, String key) {
    for (Speed.ControlKind kind : Speed.ControlKind.values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    throw in.problem("control kind '" + key + "', expected 'same session' or 'second session'");
  }

  private static ObjectNode rotation(Speed.Rotation rotation) {
    ObjectNode out = JSON.objectNode();
    out.put("id", rotation.id());
    out.put("sessions", rotation.sessions());
    out.put("reference", rotation.reference());
    rotation.referenceKey().ifPresent(key -> out.put("referenceKey", key));
    out.put("referenceMs", rotation.referenceMs());
    out.put("referenceModelMs", rotation.referenceModelMs());
    return out;
  }

  private static Speed.Rotation readRotation(JsonFields in) {
    try {
      return new Speed.Rotation(
          in.text("id"),
          in.integer("sessions"),
          in.text("reference"),
          in.optionalText("referenceKey"),
          in.number("referenceMs"),
          in.number("referenceModelMs"));
    } catch (IllegalArgumentException e) {
      throw in.problem(e.getMessage());
    }
  }

  private static ObjectNode operator(OperatorTime time) {
    ObjectNode out = JSON.objectNode();
    out.put("node", time.node());
    out.put("kind", time.kind());
    out.put("ms", time.ms());
    out.put("macs", time.macs());
    time.instead().ifPresent(instead -> out.put("instead", instead));
    return out;
  }

  private static OperatorTime readOperator(JsonFields in) {
    return new OperatorTime(
        in.text("node"),
        in.text("kind"),
        in.number("ms"),
        in.whole("macs"),
        in.optionalText("instead"));
  }

  private static ObjectNode latency(Speed.Latency latency) {
    ObjectNode out = JSON.objectNode();
    out.put("count", latency.count());
    out.put("mean", latency.mean());
    out.put("p50", latency.p50());
    out.put("p95", latency.p95());
    EntryJson.put(out, "p99", latency.p99());
    out.put("min", latency.min());
    out.put("max", latency.max());
    EntryJson.put(out, "meanLow", latency.meanLow());
    EntryJson.put(out, "meanHigh", latency.meanHigh());
    return out;
  }

  private static Speed.Latency readLatency(JsonFields in) {
    return new Speed.Latency(
        in.integer("count"),
        in.number("mean"),
        in.number("p50"),
        in.number("p95"),
        in.optionalNumber("p99"),
        in.number("min"),
        in.number("max"),
        in.optionalNumber("meanLow"),
        in.optionalNumber("meanHigh"));
  }
}
