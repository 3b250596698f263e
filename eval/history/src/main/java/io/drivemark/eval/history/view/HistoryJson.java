package io.drivemark.eval.history.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.store.HistoryView;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A history as JSON, {@value #SCHEMA}: {@code nights} in their order, {@code lines} with points
 * whose {@code night} is a place among them, {@code events} and {@code decisions}. A value that is
 * undefined is null, a night that has no figure has no point. Stateless.
 */
public final class HistoryJson {
  /** The value of {@code schema}. */
  public static final String SCHEMA = "drivemark-history/1";

  private HistoryJson() {}

  /** The tree of a history. */
  public static ObjectNode of(HistoryView view, List<Panel> panels) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    ArrayNode nights = out.putArray("nights");
    view.nights().forEach(night -> night(night, nights.addObject()));
    ArrayNode lines = out.putArray("lines");
    panels.forEach(panel -> line(panel, lines.addObject()));
    ArrayNode events = out.putArray("events");
    view.events().forEach(event -> event(event, events.addObject()));
    ArrayNode decisions = out.putArray("decisions");
    view.decisions().forEach(decision -> decision(decision, decisions.addObject()));
    return out;
  }

  private static void night(NightLine night, ObjectNode out) {
    out.put("uid", night.ref().uid());
    out.put("start", night.ref().start().toString());
    out.put("kind", night.kind());
    out.put("machine", night.machine().digest());
    out.put("hardware", night.machine().label());
    out.put("folder", night.folder());
    night.unquiet().ifPresent(why -> out.put("unquiet", why));
    night.excluded().ifPresent(why -> out.put("excluded", why));
    ObjectNode conditions = out.putObject("conditions");
    night.conditions().forEach(conditions::put);
    night
        .verdict()
        .ifPresent(
            said ->
                out.putObject("verdict")
                    .put("state", said.state())
                    .put("sentence", said.sentence())
                    .put("judged", said.judged())
                    .put("notJudged", said.notJudged())
                    .put("gone", said.gone()));
  }

  private static void line(Panel panel, ObjectNode out) {
    SeriesLine line = panel.line();
    out.put("series", line.series().digest());
    out.put("label", line.series().label());
    out.put("model", line.series().model());
    out.put("dataset", line.series().dataset() + "/" + line.series().split());
    out.put("engine", line.series().engine());
    out.put("machine", line.machine());
    out.put("metric", line.metric());
    line.ofClass().ifPresent(name -> out.put("ofClass", name));
    ArrayNode levels = out.putArray("levels");
    panel
        .levels()
        .forEach(
            level ->
                levels
                    .addObject()
                    .put("from", level.from())
                    .put("to", level.to())
                    .put("value", level.value()));
    ArrayNode points = out.putArray("points");
    for (Point point : line.points()) {
      ObjectNode node = points.addObject().put("night", point.night());
      put(node, "value", point.value());
      put(node, "low", point.low());
      put(node, "high", point.high());
    }
  }

  private static void put(ObjectNode out, String name, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(name, value.getAsDouble());
    } else if (name.equals("value")) {
      out.putNull(name);
    }
  }

  private static void event(Event event, ObjectNode out) {
    out.put("uid", event.uid());
    out.put("machine", event.machine());
    out.put("state", event.state().word());
    out.put("worse", event.worse());
    out.put("cause", event.cause().word());
    out.putObject("onset")
        .put("before", event.onset().before().uid())
        .put("first", event.onset().first().uid())
        .put("earliest", event.onset().earliest().uid())
        .put("latest", event.onset().latest().uid());
    out.put("opened", event.opened().uid());
    event.closed().ifPresent(by -> out.put("closed", by.uid()));
    ArrayNode changes = out.putArray("changes");
    for (Event.Change change : event.changes()) {
      ObjectNode node = changes.addObject();
      node.put("series", change.series().key()).put("metric", change.metric());
      change.ofClass().ifPresent(name -> node.put("ofClass", name));
      node.put("kind", change.kind().word())
          .put("baseline", change.baseline())
          .put("level", change.level())
          .put("change", change.change());
    }
    ArrayNode conditions = out.putArray("conditions");
    event.conditions().forEach(conditions::add);
  }

  private static void decision(Decision decision, ObjectNode out) {
    out.put("kind", decision.kind().word())
        .put("subject", decision.subject())
        .put("text", decision.text())
        .put("by", decision.by())
        .put("at", decision.at().toString());
  }
}
