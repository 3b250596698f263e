package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.corruption.Corrupted;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.datasets.view.Limited;
import io.drivemark.datasets.view.Where;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SynthConditionsTest {
  private static final Dataset MIXED = new SynthDrive(SynthOptions.of(8, 5, 30, 40, "val"));

  /** Twelve weathers and lights of the same scenes: not one label or distance differs. */
  @Test
  void truthIsTheSameInAllTwelveConditions() {
    Map<String, List<String>> conditions = MIXED.conditions();
    assertEquals(List.of("clear", "rain", "fog"), conditions.get("weather"));
    assertEquals(List.of("day", "dusk", "night", "glare"), conditions.get("light"));
    for (int i = 0; i < 8; i += 4) {
      Sample own = MIXED.frame(i).sample();
      for (String weather : conditions.get("weather")) {
        for (String light : conditions.get("light")) {
          Dataset other = MIXED.under(Map.of("weather", weather, "light", light));
          Sample sample = other.frame(i).sample();
          assertEquals(MIXED.ids(), other.ids());
          assertArrayEquals(own.truth().pixels(), sample.truth().pixels(), weather + " " + light);
          assertArrayEquals(own.depth().get().metres(), sample.depth().get().metres());
          assertEquals(weather, sample.attributes().get("weather"));
          assertEquals(light, sample.attributes().get("light"));
        }
      }
    }
  }

  @Test
  void whatIsNotNamedStays() {
    Dataset night = MIXED.under(Map.of("light", "night"));
    for (int i = 0; i < 8; i += 4) {
      assertEquals("night", night.frame(i).attributes().get("light"));
      assertEquals(
          MIXED.frame(i).attributes().get("weather"), night.frame(i).attributes().get("weather"));
    }
    assertNotEquals(MIXED.digest(), night.digest());
  }

  @Test
  void framesThatAreChosenStayChosen() {
    Dataset few = Limited.of(MIXED, 3).under(Map.of("weather", "fog", "light", "day"));
    assertEquals(MIXED.ids().subList(0, 3), few.ids());
    assertEquals("fog", few.frame(2).attributes().get("weather"));
    Dataset drive = Where.of(MIXED, Map.of("sequence", "val_000001"));
    Dataset rainy = drive.under(Map.of("weather", "rain"));
    assertEquals(drive.ids(), rainy.ids());
    assertEquals(drive.frame(1).truth(), rainy.frame(1).truth());
    assertEquals("rain", rainy.frame(1).attributes().get("weather"));
  }

  @Test
  void unknownConditionsAreToldWithTheKnownOnes() {
    assertEquals(
        "synthdrive: no condition 'wether' (did you mean 'weather'?); known: light, weather",
        refusal(MIXED, Map.of("wether", "fog")));
    assertEquals(
        "synthdrive: no light 'nigt' (did you mean 'night'?); known: day, dusk, night, glare",
        refusal(MIXED, Map.of("light", "nigt")));
    Dataset noisy = new Corrupted(MIXED, Corruptions.installed().level("dark", 1));
    assertEquals(Map.of(), noisy.conditions());
    assertEquals(
        "dataset "
            + noisy.name()
            + " has one photograph of each scene, found the condition {light=night}; synthdrive can"
            + " be drawn under others",
        refusal(noisy, Map.of("light", "night")));
  }

  private static String refusal(Dataset dataset, Map<String, String> values) {
    return assertThrows(BadInputException.class, () -> dataset.under(values)).getMessage();
  }
}
