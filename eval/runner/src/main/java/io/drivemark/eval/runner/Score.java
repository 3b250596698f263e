package io.drivemark.eval.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.runner.record.ResultsJson;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a folder of predictions scored. Immutable.
 *
 * @param scores the metrics under the protocol
 * @param foreignPixels pixels whose stored value has no meaning; the protocol judged them like void
 * @param categoryMiou mean IoU over categories of classes; empty where the dataset has none
 * @param iiou mean instance-level IoU; empty where the dataset does not define it
 */
public record Score(
    Scores scores, long foreignPixels, OptionalDouble categoryMiou, OptionalDouble iiou) {
  public Score {
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(categoryMiou, "categoryMiou");
    Objects.requireNonNull(iiou, "iiou");
  }

  /** Writes the JSON file of {@code score --json}. */
  public void write(Path file) {
    ResultsJson.writeNode(file, json());
  }

  /**
   * The JSON object: mIoU, pixel accuracy, IoU by class (null = undefined), images, judged pixels
   * and the counts K × (K+1), void predictions last.
   */
  public ObjectNode json() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "miou", scores.miou().value());
    put(out, "pixelAccuracy", scores.pixelAccuracy().value());
    values(out.putObject("iou"), scores.iou());
    out.put("images", scores.images());
    out.put("pixels", scores.pixels());
    ArrayNode confusion = out.putArray("confusion");
    for (long[] row : scores.matrix().counts()) {
      ArrayNode counts = confusion.addArray();
      for (long count : row) {
        counts.add(count);
      }
    }
    categoryMiou.ifPresent(v -> out.put("categoryMiou", v));
    iiou.ifPresent(v -> out.put("iiou", v));
    put(out, "meanAccuracy", scores.meanAccuracy().value());
    put(out, "frequencyWeightedIou", scores.frequencyWeightedIou().value());
    values(out.putObject("precision"), scores.precision());
    values(out.putObject("recall"), scores.recall());
    values(out.putObject("f1"), scores.f1());
    ObjectNode protocol = out.putObject("protocol");
    protocol.put("name", scores.protocol().name());
    protocol.put("digest", scores.protocol().digest());
    out.put("voidPixels", scores.matrix().voidPixels());
    out.put("foreignPixels", foreignPixels);
    return out;
  }

  private static void values(ObjectNode out, Map<String, MetricValue> byClass) {
    byClass.forEach((name, value) -> put(out, name, value.value()));
  }

  private static void put(ObjectNode out, String key, OptionalDouble value) {
    if (value.isPresent()) {
      out.put(key, value.getAsDouble());
    } else {
      out.putNull(key);
    }
  }
}
