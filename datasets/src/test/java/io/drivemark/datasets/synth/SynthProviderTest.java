package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.problem.BadInputException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SynthProviderTest {
  private static final DatasetRequest VAL = DatasetRequest.of("synthdrive", "val");

  @Test
  void openedByNameItHasWhatTheOptionsSay() {
    Dataset dataset =
        Datasets.open(
            VAL.withOption("count", "7")
                .withOption("seed", "-3")
                .withOption("size", "24x32")
                .withOption("weather", "fog")
                .withOption("light", "night")
                .withOption("sequence", "3")
                .withOption("rate", "10"));
    assertEquals("synthdrive", dataset.name());
    assertEquals("val", dataset.split());
    assertEquals(7, dataset.ids().size());
    Sample sample = dataset.frame(5).sample();
    assertEquals("val_000001_002", sample.id());
    assertEquals(24, sample.image().height());
    assertEquals(32, sample.image().width());
    assertEquals("fog", sample.attributes().get("weather"));
    assertEquals("night", sample.attributes().get("light"));
    assertEquals(0.2, sample.seconds().orElseThrow());
    Map<String, String> slices = dataset.frame(5).attributes();
    assertEquals(Set.of("weather", "light", "place", "sequence"), slices.keySet());
    assertEquals("val_000001", slices.get("sequence"));
    assertTrue(sample.attributes().entrySet().containsAll(slices.entrySet()));
    assertTrue(sample.attributes().containsKey("speed"));
  }

  @Test
  void withoutOptionsItHasCamVidsSize() {
    SynthDrive train = (SynthDrive) Datasets.open(DatasetRequest.of("synthdrive", "train"));
    assertEquals(SynthOptions.of(400, 1, 360, 480, "train"), train.options());
    assertEquals(100, Datasets.open(VAL).ids().size());
  }

  @Test
  void limitCutsTheCount() {
    assertEquals(2, Datasets.open(VAL.withLimit(2)).ids().size());
    assertEquals(5, Datasets.open(VAL.withLimit(9).withOption("count", "5")).ids().size());
  }

  @Test
  void wrongOptionsAreNamed() {
    refused(
        "sed",
        "1",
        "synthdrive: no option 'sed' (did you mean 'seed'?); known: count, light,"
            + " rate, seed, sequence, size, weather");
    refused("count", "many", "synthdrive: count is 'many', expected a whole number");
    refused("count", "0", "synthdrive: count is 0, expected at least 1");
    refused("count", "5000000000", "synthdrive: count is '5000000000', expected a whole number");
    refused("seed", "1.5", "synthdrive: seed is '1.5', expected a whole number");
    refused("rate", "fast", "synthdrive: rate is 'fast', expected a number");
    refused("rate", "NaN", "synthdrive: rate is 'NaN' (it has to be finite), expected a number");
    refused("sequence", "0", "synthdrive: framesPerSequence is 0, expected 1 to 1000");
    refused("size", "360", "synthdrive: size is '360', expected HEIGHTxWIDTH, for example 360x480");
    refused("size", "8x480", "synthdrive: height is 8, expected 16 to 4096");
    refused("size", "360x9000", "synthdrive: width is 9000, expected 16 to 8192");
    refused(
        "weather",
        "rainy",
        "synthdrive: weather is 'rainy' (did you mean 'rain'?), expected one of clear, rain, fog");
    refused(
        "light", "noon", "synthdrive: light is 'noon', expected one of day, dusk, night, glare");
  }

  @Test
  void unknownSplitNamesTheNearest() {
    assertEquals(
        "synthdrive: no split 'vall', there are train, val, test (did you mean 'val'?)",
        assertThrows(
                BadInputException.class,
                () -> Datasets.open(DatasetRequest.of("synthdrive", "vall")))
            .getMessage());
  }

  private static void refused(String key, String value, String message) {
    assertEquals(
        message,
        assertThrows(BadInputException.class, () -> Datasets.open(VAL.withOption(key, value)))
            .getMessage());
  }
}
