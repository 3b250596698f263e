package io.drivemark.eval.runner.depth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.evidence.Csv;
import io.drivemark.eval.runner.evidence.SpreadsheetText;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How well a folder of distances agrees with the truth. Immutable.
 *
 * @param rule which pixels were judged
 * @param frames the errors of each frame that has a judged pixel, by id
 * @param unjudged ids of the frames that have none
 */
public record DepthScore(DepthRule rule, Map<String, DepthScores> frames, List<String> unjudged) {
  public DepthScore {
    Objects.requireNonNull(rule, "rule");
    frames = Collections.unmodifiableMap(new LinkedHashMap<>(frames));
    unjudged = List.copyOf(unjudged);
  }

  /** The means over frames, each frame counting alike. */
  public DepthScores mean() {
    return DepthScores.mean(List.copyOf(frames.values()));
  }

  /** Writes means, rule and frames as JSON. */
  public void writeJson(Path file) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    DepthScores mean = mean();
    mean.byName().forEach(out::put);
    out.put("images", frames.size());
    out.put("pixels", mean.pixels());
    ObjectNode judged = out.putObject("rule");
    judged.put("leastMetres", rule.leastMetres());
    if (Double.isInfinite(rule.mostMetres())) {
      judged.putNull("mostMetres");
    } else {
      judged.put("mostMetres", rule.mostMetres());
    }
    judged.put("crop", rule.crop().name().toLowerCase(Locale.ROOT));
    ArrayNode list = out.putArray("frames");
    frames.forEach(
        (id, scores) -> {
          ObjectNode node = list.addObject();
          node.put("id", id);
          node.put("pixels", scores.pixels());
          scores.byName().forEach(node::put);
        });
    ArrayNode empty = out.putArray("unjudged");
    unjudged.forEach(empty::add);
    ResultsJson.writeNode(file, out);
  }

  /** Writes a row for each frame as CSV. */
  public void writeCsv(Path file) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("frame", "pixels"));
    header.addAll(mean().byName().keySet());
    rows.add(header);
    frames.forEach(
        (id, scores) -> {
          List<String> row =
              new ArrayList<>(List.of(SpreadsheetText.safe(id), Long.toString(scores.pixels())));
          scores.byName().values().forEach(value -> row.add(Double.toString(value)));
          rows.add(row);
        });
    Csv.write(file, rows);
  }
}
