package io.drivemark.eval.runner.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Scores;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a folder of predictions scored. Immutable.
 *
 * @param scores the metrics under the protocol
 * @param foreignPixels pixels whose stored value has no meaning; the protocol judged them like void
 * @param categoryMiou mean IoU over categories of classes; empty where the dataset has none
 * @param iiou mean instance-level IoU over classes; empty where the dataset does not define it
 * @param details what else is to be said
 * @param frames the counts of each frame, in the dataset's order
 * @param notes what casts doubt on it or is left out, a sentence each
 * @param reading how the files were read
 * @param resized how many files had another size than their truth
 * @param readings what each gauge gave
 */
public record Score(
    Scores scores,
    long foreignPixels,
    OptionalDouble categoryMiou,
    OptionalDouble iiou,
    ScoreDetails details,
    List<ConfusionMatrix> frames,
    List<String> notes,
    PredictionReading reading,
    int resized,
    List<GaugeReading> readings) {
  public Score {
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(categoryMiou, "categoryMiou");
    Objects.requireNonNull(iiou, "iiou");
    Objects.requireNonNull(details, "details");
    frames = List.copyOf(frames);
    notes = List.copyOf(notes);
    readings = List.copyOf(readings);
  }

  /** Whether any stored value had no meaning. */
  public boolean hasForeignPixels() {
    return foreignPixels > 0;
  }

  /** Readings of gauges whose figures are not among the details, those of plug-ins first of all. */
  public List<GaugeReading> further() {
    return readings.stream().filter(r -> !Counted.DETAILED.contains(r.gauge())).toList();
  }

  /** Writes the JSON file of {@code score --json}. */
  public void write(Path file) {
    ResultsJson.writeNode(file, json());
  }

  /**
   * The JSON object: mIoU, pixel accuracy, IoU by class (null = undefined), images, judged pixels,
   * the counts K × (K+1), void predictions last, and the details. Under a protocol that weighs
   * pixels, pixels and counts are sums of confidences, {@code weightOfOnePixel} for a sure one.
   */
  public ObjectNode json() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ScoreJson.put(out, "miou", scores.miou().value());
    ScoreJson.put(out, "pixelAccuracy", scores.pixelAccuracy().value());
    ScoreJson.values(out.putObject("iou"), scores.iou());
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
    ScoreJson.put(out, "meanAccuracy", scores.meanAccuracy().value());
    ScoreJson.put(out, "frequencyWeightedIou", scores.frequencyWeightedIou().value());
    ScoreJson.values(out.putObject("precision"), scores.precision());
    ScoreJson.values(out.putObject("recall"), scores.recall());
    ScoreJson.values(out.putObject("f1"), scores.f1());
    ObjectNode protocol = out.putObject("protocol");
    protocol.put("name", scores.protocol().name());
    protocol.put("digest", scores.protocol().digest());
    out.put("voidPixels", scores.matrix().voidPixels());
    out.put("foreignPixels", foreignPixels);
    if (scores.protocol().weighting() == Protocol.Weighting.CONFIDENCE) {
      out.put("weightOfOnePixel", Confidences.OF_ONE_PIXEL);
    }
    ScoreJson.put(out.putObject("reading"), reading, resized);
    ScoreJson.put(out, details);
    ResultsJson.readings(out.putArray("readings"), readings);
    if (!notes.isEmpty()) {
      notes.forEach(out.putArray("notes")::add);
    }
    return out;
  }
}
