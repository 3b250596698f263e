package io.drivemark.eval.runner.record.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drivemark.config.JsonText;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.ClassValue;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReadingTreeTest {
  private static GaugeReading.Figure figure(OptionalDouble value, boolean shown) {
    boolean has = value.isPresent();
    return new GaugeReading.Figure(
        "miou",
        "mIoU \u00e9",
        "fraction",
        "higher",
        shown,
        "what it says",
        value,
        has ? OptionalDouble.of(0.25) : value,
        has ? OptionalDouble.of(1.0) : value,
        has
            ? List.of(new ClassValue("road", value), new ClassValue("sky", OptionalDouble.empty()))
            : List.of(),
        has
            ? List.of(
                new SliceValue("light", "dusk", 7, value),
                new SliceValue("light", "day", 1, OptionalDouble.empty()))
            : List.of());
  }

  @Test
  void readingsAreWhatTheMapperMakesOfThem() {
    GaugeReading full =
        new GaugeReading(
            "confusion",
            3,
            Map.of("b", "2", "a", "1"),
            List.of(figure(OptionalDouble.of(0.1), true), figure(OptionalDouble.empty(), false)));
    GaugeReading bare = new GaugeReading("bare", 1, Map.of(), List.of());
    ArrayNode expected = JsonNodeFactory.instance.arrayNode();
    expected.add(RecordMapper.write(full)).add(RecordMapper.write(bare));
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    ResultsJson.readings(found, List.of(full, bare));
    assertEquals(expected, found);
    assertEquals(JsonText.indented(expected), JsonText.indented(found));
  }
}
