package io.drivemark.eval.runner.depth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.metrics.depth.DisparityOutliers;
import io.drivemark.eval.runner.evidence.Csv;
import io.drivemark.eval.runner.evidence.SpreadsheetText;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.score.ScoreJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many disparities of a folder are off. Immutable.
 *
 * @param frames the counts of each frame, by id
 */
public record DisparityScore(Map<String, DisparityOutliers> frames) {
  public DisparityScore {
    frames = Collections.unmodifiableMap(new LinkedHashMap<>(frames));
  }

  /** The counts over all frames. */
  public DisparityOutliers pooled() {
    return frames.values().stream()
        .reduce(DisparityOutliers::plus)
        .orElse(new DisparityOutliers(0, 0));
  }

  /** Writes the share of outliers, the counts and the frames as JSON. */
  public void writeJson(Path file) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, pooled());
    out.put("images", frames.size());
    ArrayNode list = out.putArray("frames");
    frames.forEach((id, counts) -> put(list.addObject().put("id", id), counts));
    ResultsJson.writeNode(file, out);
  }

  private static void put(ObjectNode out, DisparityOutliers counts) {
    ScoreJson.put(out, "d1All", counts.share().value());
    out.put("outliers", counts.outliers());
    out.put("pixels", counts.pixels());
  }

  /** Writes a row for each frame as CSV. */
  public void writeCsv(Path file) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("frame", "pixels", "outliers"));
    frames.forEach(
        (id, counts) ->
            rows.add(
                List.of(
                    SpreadsheetText.safe(id),
                    Long.toString(counts.pixels()),
                    Long.toString(counts.outliers()))));
    Csv.write(file, rows);
  }
}
