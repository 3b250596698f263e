package io.drivemark.eval.history.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.SliceChange;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A comparison as JSON, {@value #SCHEMA}: a contract, described in {@code eval/compare.md}. Fields
 * may be added; null is undefined or not known. Stateless.
 */
public final class ComparisonJson {
  /** What the field {@code schema} says. */
  public static final String SCHEMA = "drivemark-compare/1";

  private ComparisonJson() {}

  /** The JSON object of a comparison. */
  public static ObjectNode write(Comparison comparison) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("outcome", comparison.outcome().word());
    out.put("exitCode", comparison.outcome().exitCode());
    side(out.putObject("a"), comparison.a());
    side(out.putObject("b"), comparison.b());
    ObjectNode allowed = out.putObject("allowed");
    allowed.put("miou", comparison.allowance().miou());
    allowed.put("absRel", comparison.allowance().absRel());
    allowed.put("latency", comparison.allowance().latency());
    changes(out.putArray("conditions"), comparison.conditions());
    ArrayNode cells = out.putArray("cells");
    comparison.cells().forEach(cell -> cell(cells.addObject(), cell));
    ArrayNode unpaired = out.putArray("unpaired");
    for (Unpaired one : comparison.unpaired()) {
      ObjectNode node = unpaired.addObject();
      node.put("series", one.series());
      node.put("reason", one.reason().word());
      node.put("refused", one.reason().refused());
      change(node, one.difference());
    }
    ObjectNode shared = out.putObject("latencyShared");
    shared.put("cells", comparison.shared().cells());
    number(shared, "logRatio", comparison.shared().ratio());
    shared.put("notable", comparison.shared().notable());
    return out;
  }

  private static void side(ObjectNode out, Side side) {
    out.put("name", side.name());
    out.put("folder", side.folder().toString());
    out.put("started", side.started().toString());
    out.put("machine", side.machine().label());
    out.put("machineKey", side.machine().digest());
  }

  private static void changes(ArrayNode out, List<Changed> changes) {
    changes.forEach(change -> change(out.addObject(), change));
  }

  private static void change(ObjectNode out, Changed change) {
    out.put("what", change.what());
    out.put("a", change.inA());
    out.put("b", change.inB());
  }

  private static void cell(ObjectNode out, CellComparison cell) {
    out.put("series", cell.series().label());
    out.put("seriesKey", cell.series().digest());
    out.put("model", cell.series().model());
    out.put("folderA", cell.a().folder());
    out.put("folderB", cell.b().folder());
    out.put("measure", word(cell.measure()));
    out.put("expected", cell.expected().word());
    out.put("finding", cell.finding().word());
    changes(out.putArray("declared"), cell.declared());
    out.putNull("moved");
    cell.moved()
        .ifPresent(
            moved -> {
              ObjectNode node = out.putObject("moved");
              node.put("frames", moved.frames());
              node.put("of", moved.of());
              number(node, "pixelsAtLeast", moved.pixels());
              number(node, "fragile", moved.fragile());
              node.put("withinFragile", moved.withinFragile());
            });
    number(out, "a", cell.measure().value(cell.a()));
    number(out, "b", cell.measure().value(cell.b()));
    number(out, "difference", cell.difference());
    out.put("verdict", cell.gate().word());
    elsewhere(out.putObject("elsewhere"), cell.elsewhere());
    ArrayNode lost = out.putArray("lostClasses");
    cell.lost().forEach(lost::add);
    ArrayNode classes = out.putArray("classes");
    cell.classes().forEach(change -> change(classes.addObject(), change));
    ArrayNode slices = out.putArray("slices");
    cell.slices().forEach(change -> change(slices.addObject(), change));
    ArrayNode frames = out.putArray("frames");
    cell.frames().forEach(change -> change(frames.addObject(), change));
    latency(out.putObject("latency"), cell.latency());
  }

  private static String word(Measure measure) {
    return switch (measure) {
      case MIOU -> "miou";
      case ABS_REL -> "absRel";
    };
  }

  private static void change(ObjectNode out, ClassChange change) {
    out.put("class", change.name());
    values(out, change.a(), change.b(), change.difference());
    out.put("same", change.same());
    elsewhere(out.putObject("elsewhere"), change.elsewhere());
  }

  private static void change(ObjectNode out, SliceChange change) {
    out.put("attribute", change.attribute());
    out.put("value", change.value());
    out.put("images", change.images());
    values(out, change.a(), change.b(), change.difference());
  }

  private static void change(ObjectNode out, FrameChange change) {
    out.put("frame", change.id());
    number(out, "pixelsAtLeast", change.pixels());
    number(out, "fragile", change.fragile());
    values(out, change.a(), change.b(), change.difference());
  }

  private static void values(
      ObjectNode out, OptionalDouble a, OptionalDouble b, OptionalDouble difference) {
    number(out, "a", a);
    number(out, "b", b);
    number(out, "difference", difference);
  }

  private static void elsewhere(ObjectNode out, Elsewhere elsewhere) {
    number(out, "low", elsewhere.low());
    number(out, "high", elsewhere.high());
    number(out, "p", elsewhere.p());
    number(out, "adjustedP", elsewhere.adjustedP());
    out.put("equivalent", elsewhere.equivalent());
    out.put("verdict", elsewhere.direction().word());
  }

  private static void latency(ObjectNode out, LatencyChange latency) {
    out.put("compared", latency.compared());
    out.put("reason", latency.reason());
    number(out, "meanMsA", latency.meanA());
    number(out, "meanMsB", latency.meanB());
    out.put("processesA", latency.processes().inA());
    out.put("processesB", latency.processes().inB());
    number(out, "logRatio", latency.ratio());
    number(out, "logRatioOfShared", latency.ofShared());
    number(out, "logBand", latency.band());
    out.put("verdict", latency.direction().word());
  }

  private static void number(ObjectNode out, String name, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(name, value.getAsDouble());
    } else {
      out.putNull(name);
    }
  }

  private static void number(ObjectNode out, String name, OptionalLong value) {
    if (value.isPresent()) {
      out.put(name, value.getAsLong());
    } else {
      out.putNull(name);
    }
  }
}
