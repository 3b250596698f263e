package io.drivemark.eval.runner.record.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drivemark.eval.runner.record.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The field {@code accuracy} of an entry: an {@link Accuracy} with a map by class name for each
 * number, as the contract has it. Immutable.
 *
 * @param iou its keys are the classes, in index order
 * @param colors {@code #rrggbb}
 */
record AccuracyView(
    OptionalDouble miou,
    OptionalDouble pixelAccuracy,
    OptionalDouble meanAccuracy,
    OptionalDouble frequencyWeightedIou,
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.SET) Map<String, OptionalDouble> iou,
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.SET) Map<String, OptionalDouble> precision,
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.SET) Map<String, OptionalDouble> recall,
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.SET) Map<String, OptionalDouble> f1,
    @JsonSetter(nulls = Nulls.FAIL) Map<String, String> colors,
    @JsonSetter(nulls = Nulls.FAIL) Map<String, Long> truthPixels,
    List<List<Long>> confusion) {

  static AccuracyView of(Accuracy accuracy) {
    List<Accuracy.ClassScore> classes = accuracy.classes();
    return new AccuracyView(
        accuracy.miou(),
        accuracy.pixelAccuracy(),
        accuracy.meanAccuracy(),
        accuracy.frequencyWeightedIou(),
        byName(classes, Accuracy.ClassScore::iou),
        byName(classes, Accuracy.ClassScore::precision),
        byName(classes, Accuracy.ClassScore::recall),
        byName(classes, Accuracy.ClassScore::f1),
        byName(classes, score -> String.format(Locale.ROOT, "#%06x", score.color())),
        byName(classes, Accuracy.ClassScore::truthPixels),
        accuracy.confusion());
  }

  private static <T> Map<String, T> byName(
      List<Accuracy.ClassScore> classes, Function<Accuracy.ClassScore, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    classes.forEach(score -> map.put(score.name(), value.apply(score)));
    return map;
  }

  /**
   * The accuracy of these fields.
   *
   * @param at where they stand
   */
  Accuracy accuracy(JsonPlace at) {
    for (List<Long> row : confusion) {
      for (long count : row) {
        if (count < 0) {
          throw at.field("confusion").wrong(LongNode.valueOf(count), "rows of counts");
        }
      }
    }
    List<Accuracy.ClassScore> classes = new ArrayList<>();
    iou.forEach(
        (name, value) ->
            classes.add(
                new Accuracy.ClassScore(
                    name,
                    color(at.field("colors").field(name), name),
                    value,
                    precision.getOrDefault(name, OptionalDouble.empty()),
                    recall.getOrDefault(name, OptionalDouble.empty()),
                    f1.getOrDefault(name, OptionalDouble.empty()),
                    at.field("truthPixels")
                        .field(name)
                        .required(Optional.ofNullable(truthPixels.get(name)), "a whole number"))));
    return new Accuracy(
        miou, pixelAccuracy, meanAccuracy, frequencyWeightedIou, classes, confusion);
  }

  private int color(JsonPlace at, String name) {
    String text = at.required(Optional.ofNullable(colors.get(name)), "a text");
    if (!text.matches("#[0-9a-f]{6}")) {
      throw at.wrong(TextNode.valueOf(text), "#rrggbb");
    }
    return Integer.parseInt(text.substring(1), 16);
  }
}
