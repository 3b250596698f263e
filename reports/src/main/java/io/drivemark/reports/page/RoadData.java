package io.drivemark.reports.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.decide.road.RoadLadder.Rung;
import io.drivemark.eval.runner.record.driving.Driving;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.RoadWords;
import java.util.List;
import java.util.OptionalDouble;

/** What the chart of late answers shows, as JSON. Stateless. */
final class RoadData {
  private RoadData() {}

  /** Adds a curve a contender, the perfect answer, and where each is at each camera rate. */
  static void put(ObjectNode board, Board of) {
    List<Contender> driven =
        of.contenders().stream().filter(c -> c.entry().driving().isPresent()).toList();
    if (driven.isEmpty()) {
      return;
    }
    ObjectNode road = board.putObject("road");
    ArrayNode perfect = road.putArray("perfect");
    driven
        .get(0)
        .entry()
        .driving()
        .orElseThrow()
        .curve()
        .forEach(d -> point(perfect, d.ms(), d.perfect()));
    ArrayNode curves = road.putArray("curves");
    for (Contender c : driven) {
      ObjectNode curve = curves.addObject();
      curve.put("contender", c.number());
      ArrayNode points = curve.putArray("points");
      c.entry().driving().orElseThrow().curve().forEach(d -> point(points, d.ms(), d.miou()));
    }
    ArrayNode rungs = road.putArray("rungs");
    for (Rung rung : RoadWords.ladder(of).rungs()) {
      ObjectNode node = rungs.addObject();
      node.put("camera", rung.camera());
      node.put("policy", rung.policy());
      node.put("hardware", rung.hardware());
      ArrayNode dots = node.putArray("dots");
      rung.order()
          .forEach(
              place -> {
                Driving.Road r = place.road();
                OptionalDouble age =
                    r.age().map(Driving.Age::seenMs).orElse(OptionalDouble.empty());
                if (age.isPresent()) {
                  ObjectNode dot = dots.addObject();
                  dot.put("contender", place.entry());
                  dot.put("ms", age.getAsDouble());
                  dot.put("miou", r.miou().getAsDouble());
                }
              });
    }
  }

  private static void point(ArrayNode points, double ms, OptionalDouble value) {
    if (value.isPresent()) {
      points.addArray().add(ms).add(value.getAsDouble());
    }
  }
}
