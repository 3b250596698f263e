package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Intervals and slices of an entry as JSON, and back. Stateless. */
final class ConfidenceJson {
  private ConfidenceJson() {}

  static ObjectNode write(Confidence confidence) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("clusters", confidence.clusters());
    out.put("resamples", confidence.resamples());
    out.put("seed", confidence.seed());
    out.put("level", confidence.level());
    range(out.putObject("miou"), confidence.miou());
    ObjectNode iou = out.putObject("iou");
    confidence.iou().forEach((name, range) -> range(iou.putObject(name), range));
    return out;
  }

  static Confidence read(JsonFields in) {
    JsonFields iou = in.object("iou");
    Map<String, Confidence.Range> ranges = new LinkedHashMap<>();
    iou.keys().forEachRemaining(name -> ranges.put(name, range(iou.object(name))));
    return new Confidence(
        in.text("clusters"),
        in.integer("resamples"),
        in.whole("seed"),
        in.number("level"),
        range(in.object("miou")),
        ranges);
  }

  static void write(ArrayNode out, List<SliceScore> slices) {
    for (SliceScore slice : slices) {
      ObjectNode node = out.addObject();
      node.put("attribute", slice.attribute());
      node.put("value", slice.value());
      node.put("images", slice.images());
      EntryJson.put(node, "miou", slice.miou());
    }
  }

  static SliceScore slice(JsonFields in) {
    return new SliceScore(
        in.text("attribute"), in.text("value"), in.integer("images"), in.optionalNumber("miou"));
  }

  private static void range(ObjectNode out, Confidence.Range range) {
    EntryJson.put(out, "low", range.low());
    EntryJson.put(out, "high", range.high());
    EntryJson.put(out, "bcaLow", range.bcaLow());
    EntryJson.put(out, "bcaHigh", range.bcaHigh());
    EntryJson.put(out, "expandedLow", range.expandedLow());
    EntryJson.put(out, "expandedHigh", range.expandedHigh());
  }

  private static Confidence.Range range(JsonFields in) {
    return new Confidence.Range(
        in.optionalNumber("low"),
        in.optionalNumber("high"),
        in.optionalNumber("bcaLow"),
        in.optionalNumber("bcaHigh"),
        in.optionalNumber("expandedLow"),
        in.optionalNumber("expandedHigh"));
  }
}
