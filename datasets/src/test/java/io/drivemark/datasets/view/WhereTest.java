package io.drivemark.datasets.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetContract;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhereTest {
  private static Dataset drawn() {
    return new SynthDrive(SynthOptions.of(40, 4, 36, 48, "val").withSequences(1, 2));
  }

  @Nested
  class KeepsTheContract extends DatasetContract {
    @Override
    protected Dataset open() {
      return Where.of(drawn(), Map.of("light", "day"));
    }
  }

  @Test
  void theFramesWithTheAttributesAreThereInOrder() {
    Dataset all = drawn();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, String> attributes = all.frame(i).attributes();
      if (attributes.get("light").equals("day") && attributes.get("weather").equals("rain")) {
        expected.add(all.ids().get(i));
      }
    }
    assertTrue(!expected.isEmpty() && expected.size() < 40, expected.toString());
    Dataset some = Where.of(all, Map.of("weather", "rain", "light", "day"));
    assertEquals(expected, some.ids());
    for (int i = 0; i < some.ids().size(); i++) {
      assertEquals(some.ids().get(i), some.frame(i).id());
    }
    assertEquals("synthdrive+where(light=day,weather=rain)", some.name());
    assertNotEquals(all.digest(), some.digest());
    assertSame(all, Where.of(all, Map.of()));
  }

  @Test
  void aLimitCountsAmongThem() {
    DatasetRequest request =
        DatasetRequest.of("synthdrive", "val")
            .withOption("size", "36x48")
            .withWhere(Map.of("light", "night"))
            .withLimit(2);
    Dataset some = Datasets.open(request);
    assertEquals(2, some.ids().size());
    assertEquals("night", some.frame(1).attributes().get("light"));
  }

  @Test
  void whatNoFrameHasIsRefusedWithWhatThereIs() {
    assertEquals(
        "where: frames of synthdrive val have no attribute 'lihgt' (did you mean 'light'?); they have"
            + " light, place, sequence, weather",
        message(Map.of("lihgt", "day")));
    assertEquals(
        "where: no frame of synthdrive val has light 'noon'; there are day, dusk, glare, night",
        message(Map.of("light", "noon")));
    Map<String, String> never = Map.of("sequence", "val_000000", "light", other("val_000000"));
    assertEquals(
        "where: no frame of synthdrive val has all of {light="
            + never.get("light")
            + ", sequence=val_000000} together",
        message(never));
  }

  private static String other(String sequence) {
    String own = Where.of(drawn(), Map.of("sequence", sequence)).frame(0).attributes().get("light");
    return own.equals("day") ? "dusk" : "day";
  }

  private static String message(Map<String, String> attributes) {
    return assertThrows(BadInputException.class, () -> Where.of(drawn(), attributes)).getMessage();
  }

  @Test
  void verifyLooksAtWholeSplits() {
    DatasetRequest request =
        DatasetRequest.of("synthdrive", "val").withWhere(Map.of("light", "dusk"));
    assertEquals(
        "verify looks at whole splits, not at the frames with {light=dusk} alone; leave --where"
            + " out",
        assertThrows(
                BadInputException.class,
                () -> DatasetVerifier.verify(request, false, Progress.NONE))
            .getMessage());
  }
}
