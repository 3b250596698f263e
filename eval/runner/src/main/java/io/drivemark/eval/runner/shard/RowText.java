package io.drivemark.eval.runner.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.accuracy.FrameRow;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.inference.OutputUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Rows of frames as lines of JSON. Equal rows are equal lines, byte for byte; errors of distances
 * have as many digits as tell them apart. Stateless.
 */
final class RowText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LEFT_OUT = "leftOut";
  private static final String PRINT = "print";
  private static final String COUNTS = "counts";
  private static final String ERRORS = "errors";
  private static final int ERROR_COUNT = 12;

  private RowText() {}

  static String line(FrameRow row) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("frame", row.index());
    out.put("sample", row.sample());
    if (row instanceof FrameRow.LeftOut leftOut) {
      out.put(LEFT_OUT, leftOut.issue());
      out.put("seen", leftOut.seen());
      problems(out, leftOut.problems());
    } else if (row instanceof FrameRow.Labels labels) {
      print(out, labels.print());
      out.putArray("use")
          .add(labels.use().pixels())
          .add(labels.use().beyond())
          .add(labels.use().unmapped());
      labels.macs().ifPresent(macs -> out.put("macs", macs));
      ObjectNode counts = out.putObject(COUNTS);
      labels.counts().forEach((gauge, found) -> counts.set(gauge, counts(found)));
      problems(out, labels.problems());
    } else if (row instanceof FrameRow.Distances distances) {
      print(out, distances.print());
      ArrayNode errors = out.putArray(ERRORS);
      distances
          .scores()
          .ifPresent(
              scores -> {
                errors.add(Long.toString(scores.pixels()));
                scores.byName().values().forEach(error -> errors.add(Double.toString(error)));
              });
    }
    return text(out);
  }

  private static void print(ObjectNode out, Print print) {
    out.put(PRINT, print.print());
    print.fragile().ifPresent(fragile -> out.put("fragile", fragile));
  }

  private static void problems(ObjectNode out, List<String> problems) {
    ArrayNode all = out.putArray("problems");
    problems.forEach(all::add);
  }

  private static ArrayNode counts(Counts counts) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    counts.forEach(
        (keys, numbers) -> {
          ArrayNode row = rows.addArray();
          ArrayNode names = row.addArray();
          keys.forEach(names::add);
          ArrayNode values = row.addArray();
          for (long number : numbers) {
            values.add(number);
          }
        });
    return rows;
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + e.getMessage(), e);
    }
  }

  /**
   * The tree of a line.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  static JsonNode tree(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Whether a line is of a frame that was left out. */
  static boolean isLeftOut(JsonNode line) {
    return line.has(LEFT_OUT);
  }

  /**
   * The line with what every worker must find alike: why a file cannot be read may be said with the
   * path that it has on a machine.
   */
  static String alike(String line) {
    JsonNode tree = tree(line);
    if (!isLeftOut(tree)) {
      return line;
    }
    return text(((ObjectNode) tree).put(LEFT_OUT, ""));
  }

  /** In what two lines of a frame differ, in words. */
  static String difference(JsonNode one, JsonNode other) {
    if (isLeftOut(one) != isLeftOut(other)) {
      return "one of them left it out: " + (isLeftOut(one) ? one : other).path(LEFT_OUT).asText();
    }
    if (!one.path(PRINT).equals(other.path(PRINT))) {
      return "what they predict differs (prints "
          + one.path(PRINT).asText()
          + " and "
          + other.path(PRINT).asText()
          + ")";
    }
    List<String> fields = new ArrayList<>();
    one.path(COUNTS)
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().equals(other.path(COUNTS).path(field.getKey()))) {
                fields.add("counts of " + field.getKey());
              }
            });
    one.properties()
        .forEach(
            field -> {
              boolean same = field.getValue().equals(other.path(field.getKey()));
              if (!same && !field.getKey().equals(COUNTS)) {
                fields.add(field.getKey());
              }
            });
    return fields.isEmpty()
        ? "one of them has more than the other"
        : "they predict alike and differ in " + String.join(", ", fields);
  }

  /**
   * The row of a line.
   *
   * @param columns of a gauge that applies, by its name
   * @throws IllegalArgumentException if it is damaged
   */
  static FrameRow row(JsonNode json, Function<String, Columns> columns) {
    int index = json.required("frame").intValue();
    String sample = json.required("sample").textValue();
    if (isLeftOut(json)) {
      return new FrameRow.LeftOut(
          index,
          sample,
          json.required(LEFT_OUT).textValue(),
          json.required("seen").booleanValue(),
          problems(json));
    }
    Print print =
        new Print(
            json.required(PRINT).textValue(),
            json.has("fragile")
                ? OptionalLong.of(json.required("fragile").longValue())
                : OptionalLong.empty());
    if (json.has(ERRORS)) {
      return new FrameRow.Distances(index, sample, scores(json.required(ERRORS)), print);
    }
    JsonNode use = json.required("use");
    Map<String, Counts> counts = new LinkedHashMap<>();
    json.required(COUNTS)
        .properties()
        .forEach(f -> counts.put(f.getKey(), counts(columns.apply(f.getKey()), f.getValue())));
    return new FrameRow.Labels(
        index,
        sample,
        counts,
        problems(json),
        print,
        new OutputUse(
            use.required(0).longValue(), use.required(1).longValue(), use.required(2).longValue()),
        json.has("macs") ? OptionalLong.of(json.get("macs").longValue()) : OptionalLong.empty());
  }

  private static List<String> problems(JsonNode json) {
    return WorkList.all(json.required("problems"), JsonNode::textValue);
  }

  private static Counts counts(Columns columns, JsonNode json) {
    Counts.Rows rows = new Counts.Rows(columns);
    for (JsonNode row : json) {
      List<Long> numbers = WorkList.all(row.required(1), JsonNode::longValue);
      rows.add(
          WorkList.all(row.required(0), JsonNode::textValue),
          numbers.stream().mapToLong(Long::longValue).toArray());
    }
    return rows.counts();
  }

  private static Optional<DepthScores> scores(JsonNode json) {
    if (json.isEmpty()) {
      return Optional.empty();
    }
    if (json.size() != 1 + ERROR_COUNT) {
      throw new IllegalArgumentException("found " + json.size() + " errors of distances");
    }
    double[] v = new double[ERROR_COUNT];
    for (int i = 0; i < ERROR_COUNT; i++) {
      v[i] = Double.parseDouble(json.get(1 + i).textValue());
    }
    return Optional.of(
        new DepthScores(
            Long.parseLong(json.get(0).textValue()),
            v[0],
            v[1],
            v[2],
            v[3],
            v[4],
            v[5],
            v[6],
            v[7],
            v[8],
            v[9],
            v[10],
            v[11]));
  }
}
