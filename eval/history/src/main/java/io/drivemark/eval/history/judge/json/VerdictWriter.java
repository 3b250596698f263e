package io.drivemark.eval.history.judge.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** The tree of a verdict. Series stand in it once, everything else has their keys. */
final class VerdictWriter {
  private final JsonNodeFactory nodes;
  private final Map<String, Series> series = new TreeMap<>();

  VerdictWriter(JsonNodeFactory nodes) {
    this.nodes = nodes;
  }

  ObjectNode write(Verdict verdict) {
    ObjectNode out = nodes.objectNode();
    out.put("schema", VerdictJson.SCHEMA);
    out.set("night", ref(verdict.night()));
    out.put("machine", verdict.machine());
    out.put("state", verdict.state().word());
    out.put("sentence", verdict.sentence());
    out.set("coverage", coverage(verdict.coverage()));
    out.set("reasons", texts(verdict.reasons()));
    out.set("news", texts(verdict.news()));
    if (verdict.confirm().isPresent()) {
      out.set("confirm", confirm(verdict.confirm().get()));
    } else {
      out.putNull("confirm");
    }
    ArrayNode all = out.putArray("series");
    out.set("events", list(verdict.events(), this::event));
    out.set("alarms", list(verdict.alarms(), this::alarm));
    out.set("accuracy", list(verdict.accuracy(), this::finding));
    out.set("census", list(verdict.census(), this::census));
    series.values().forEach(one -> all.add(series(one)));
    return out;
  }

  private <T> ArrayNode list(List<T> values, Function<T, ObjectNode> one) {
    ArrayNode out = nodes.arrayNode();
    values.forEach(value -> out.add(one.apply(value)));
    return out;
  }

  private ArrayNode texts(List<String> texts) {
    ArrayNode out = nodes.arrayNode();
    texts.forEach(out::add);
    return out;
  }

  private String key(Series one) {
    series.put(one.key(), one);
    return one.key();
  }

  private ArrayNode keys(List<Series> of) {
    return texts(of.stream().map(this::key).toList());
  }

  private ObjectNode series(Series one) {
    return nodes
        .objectNode()
        .put("key", one.key())
        .put("label", one.label())
        .put("model", one.model())
        .put("dataset", one.dataset())
        .put("engine", one.engine());
  }

  private ObjectNode ref(Night.Ref ref) {
    return nodes
        .objectNode()
        .put("uid", ref.uid())
        .put("order", ref.order())
        .put("start", ref.start().toString());
  }

  private ObjectNode coverage(Verdict.Coverage coverage) {
    return nodes
        .objectNode()
        .put("judged", coverage.judged())
        .put("notJudged", coverage.notJudged())
        .put("gone", coverage.gone())
        .put("share", coverage.share())
        .put("required", coverage.required());
  }

  private ObjectNode confirm(ConfirmPlan plan) {
    ObjectNode out = nodes.objectNode();
    out.set("candidates", keys(plan.candidates()));
    out.set("mates", keys(plan.mates()));
    return out.put("forks", plan.forks());
  }

  private ObjectNode onset(Onset onset) {
    ObjectNode out = nodes.objectNode();
    out.set("before", ref(onset.before()));
    out.set("first", ref(onset.first()));
    out.set("earliest", ref(onset.earliest()));
    out.set("latest", ref(onset.latest()));
    return out;
  }

  private ObjectNode event(Event event) {
    ObjectNode out = nodes.objectNode();
    out.put("uid", event.uid());
    out.put("machine", event.machine());
    out.put("state", event.state().word());
    out.put("worse", event.worse());
    out.put("cause", event.cause().word());
    out.set("onset", onset(event.onset()));
    out.set("opened", ref(event.opened()));
    out.set("closed", event.closed().<ObjectNode>map(this::ref).orElse(null));
    out.set("conditions", texts(event.conditions()));
    out.set("decision", event.decision().<ObjectNode>map(this::decision).orElse(null));
    out.set("changes", list(event.changes(), this::change));
    return out;
  }

  private ObjectNode decision(Event.Decision decision) {
    return nodes
        .objectNode()
        .put("by", decision.by())
        .put("because", decision.because())
        .put("at", decision.at().toString());
  }

  private ObjectNode change(Event.Change change) {
    return nodes
        .objectNode()
        .put("series", key(change.series()))
        .put("metric", change.metric())
        .put("class", change.ofClass().orElse(null))
        .put("kind", change.kind().word())
        .put("baseline", change.baseline())
        .put("level", change.level())
        .put("change", change.change());
  }

  private ObjectNode alarm(Alarm alarm) {
    ObjectNode out = nodes.objectNode();
    out.put("kind", alarm.kind().word());
    out.put("state", alarm.state().word());
    out.put("series", key(alarm.series()));
    out.put("metric", alarm.metric());
    out.put("class", alarm.ofClass().orElse(null));
    out.put("worse", alarm.worse());
    out.put("baseline", alarm.baseline());
    out.put("level", alarm.level());
    out.put("change", alarm.change());
    out.put("floor", alarm.floor());
    out.put("scatter", boxed(alarm.scatter()));
    out.put("p", boxed(alarm.p()));
    out.put("q", boxed(alarm.q()));
    out.put("nights", alarm.nights());
    out.set("onset", onset(alarm.onset()));
    return out.put("note", alarm.note());
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private ObjectNode finding(AccuracyFinding finding) {
    ObjectNode out = nodes.objectNode();
    out.put("series", key(finding.series()));
    out.put("state", finding.state().word());
    out.set("before", finding.before().<ObjectNode>map(this::ref).orElse(null));
    out.set("declared", texts(finding.declared()));
    out.set("difference", finding.difference().<ObjectNode>map(this::difference).orElse(null));
    return out.put("note", finding.note());
  }

  private ObjectNode difference(ExactDifference difference) {
    ObjectNode out = nodes.objectNode();
    out.put("before", difference.before());
    out.put("framesMoved", difference.framesMoved());
    out.put("pixelsMoved", difference.pixelsMoved());
    out.put("withinFragile", difference.withinFragile());
    out.set("frames", texts(difference.frames()));
    return out;
  }

  private ObjectNode census(Census census) {
    return nodes
        .objectNode()
        .put("series", key(census.series()))
        .put("metric", census.metric())
        .put("state", census.state().word())
        .put("reason", census.reason());
  }
}
