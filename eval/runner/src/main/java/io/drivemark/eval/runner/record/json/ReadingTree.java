package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.ClassValue;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;

/**
 * A gauge's reading as the JSON object that {@link RecordMapper} makes of it, without a mapper: a
 * score writes nothing else that needs one, and to load one takes longer than to write. Stateless.
 */
final class ReadingTree {
  private ReadingTree() {}

  static void put(ObjectNode out, GaugeReading reading) {
    out.put("gauge", reading.gauge());
    out.put("derivation", reading.derivation());
    reading.settings().forEach(out.putObject("settings")::put);
    ArrayNode figures = out.putArray("figures");
    reading.figures().forEach(figure -> put(figures.addObject(), figure));
  }

  private static void put(ObjectNode out, GaugeReading.Figure figure) {
    out.put("id", figure.id());
    out.put("title", figure.title());
    out.put("unit", figure.unit());
    out.put("better", figure.better());
    out.put("shown", figure.shown());
    out.put("about", figure.about());
    ResultsJson.put(out, "value", figure.value());
    ResultsJson.put(out, "low", figure.low());
    ResultsJson.put(out, "high", figure.high());
    ArrayNode byClass = out.putArray("byClass");
    for (ClassValue of : figure.byClass()) {
      ResultsJson.put(byClass.addObject().put("name", of.name()), "value", of.value());
    }
    ArrayNode slices = out.putArray("slices");
    for (SliceValue of : figure.slices()) {
      ObjectNode slice = slices.addObject();
      slice.put("attribute", of.attribute());
      slice.put("value", of.value());
      slice.put("images", of.images());
      ResultsJson.put(slice, "figure", of.figure());
    }
  }
}
