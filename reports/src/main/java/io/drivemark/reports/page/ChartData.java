package io.drivemark.reports.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.decide.ReachSpan;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.Latency;
import io.drivemark.eval.runner.record.reach.Reach;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.MeasureWords;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the charts show, as JSON that is safe inside a script element. Stateless. */
final class ChartData {

  private ChartData() {}

  static String json(List<Board> boards, List<Reach> reaches, Map<String, String> colors) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode list = root.putArray("boards");
    for (Board board : boards) {
      ObjectNode node = list.addObject();
      node.put("name", board.yardstick().dataset() + " " + board.yardstick().split());
      node.put("band", board.control().map(Timing::band).orElse(0.0));
      ObjectNode measure = node.putObject("measure");
      measure.put("title", MeasureWords.title(board.measure()));
      measure.put("percent", MeasureWords.isPercent(board.measure()));
      measure.put("more", board.measure().isMoreBetter());
      measure.put("same", board.measure().same());
      ArrayNode front = node.putArray("front");
      board.front().forEach(c -> front.add(c.number()));
      RoadData.put(node, board);
      ArrayNode contenders = node.putArray("contenders");
      board.contenders().forEach(c -> contender(contenders.addObject(), board, c, colors));
    }
    ArrayNode random = root.putArray("reaches");
    reaches.forEach(reach -> reach(random.addObject(), reach));
    // A script element ends at "</" whatever the JSON means by it.
    return root.toString()
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static void reach(ObjectNode out, Reach reach) {
    put(out, "band", ReachSpan.band(reach));
    ArrayNode points = out.putArray("points");
    for (Reach.Point p : reach.points()) {
      ObjectNode point = points.addObject();
      point.put("kind", p.kind());
      point.put("number", p.number());
      point.put("macs", Distribution.round(p.macs()));
      point.put("params", Distribution.round(p.params()));
      point.put("latency", Distribution.round(p.latency()));
    }
  }

  private static void contender(
      ObjectNode out, Board board, Contender contender, Map<String, String> colors) {
    Entry entry = contender.entry();
    out.put("label", contender.label());
    out.put("model", contender.model());
    out.put("architecture", entry.model().architecture());
    out.put("color", colors.get(entry.model().architecture()));
    out.put("engine", entry.engine().name());
    out.put("symbol", Palette.symbol(entry.engine().name()));
    out.put("threads", entry.engine().threads());
    out.put("precision", contender.precision());
    out.put("input", entry.input().toString());
    out.put("technique", entry.model().technique());
    out.put("front", board.front().contains(contender));
    out.put("trained", contender.trained());
    Family.parent(board, contender)
        .ifPresent(
            parent -> {
              out.put("parent", parent.number());
              String prefix = parent.model() + "-";
              if (contender.model().startsWith(prefix)) {
                out.put("short", contender.model().substring(prefix.length()));
              }
            });
    put(out, "value", contender.accuracy());
    put(out, "valueLow", board.measure().low(entry));
    put(out, "valueHigh", board.measure().high(entry));
    entry.cost().ifPresent(cost -> cost.params().ifPresent(params -> out.put("params", params)));
    entry.cost().ifPresent(cost -> cost.macsPerFrame().ifPresent(macs -> out.put("macs", macs)));
    entry
        .speed()
        .ifPresent(
            speed -> {
              stage(out.putObject("end"), speed.endToEnd(), speed.endToEndSamplesMs());
              stage(out.putObject("engineAlone"), speed.model(), speed.modelSamplesMs());
              out.put("fps", speed.fps());
              speed.byFrame().ifPresent(byFrame -> frames(out.putArray("frames"), byFrame));
            });
  }

  /** Frames that were timed one by one. */
  private static void frames(ArrayNode out, Speed.ByFrame byFrame) {
    for (Speed.FrameTime time : byFrame.frames()) {
      ObjectNode frame = out.addObject();
      frame.put("id", time.id());
      frame.put("runs", time.runs());
      frame.put("ms", Distribution.round(time.ms()));
      frame.put("macs", time.macs());
    }
  }

  private static void stage(ObjectNode out, Latency latency, List<Double> samples) {
    out.put("count", latency.count());
    out.put("mean", latency.mean());
    out.put("p50", latency.p50());
    out.put("p95", latency.p95());
    put(out, "p99", latency.p99());
    put(out, "low", latency.meanLow());
    put(out, "high", latency.meanHigh());
    Distribution.put(out, samples);
  }

  private static void put(ObjectNode out, String key, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(key, value.getAsDouble());
    } else {
      out.putNull(key);
    }
  }

  /** Whether any contender's speed was measured. */
  static boolean hasSpeed(Board board) {
    return board.contenders().stream().map(c -> c.entry().speed()).anyMatch(s -> s.isPresent());
  }

  /** Whether cost and speed are both known of any contender. */
  static boolean hasCost(Board board) {
    return board.contenders().stream()
        .map(Contender::entry)
        .anyMatch(e -> e.speed().map(Speed::model).isPresent() && e.cost().isPresent());
  }
}
