package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.gauge.road.DistanceGauge;
import io.drivemark.eval.gauge.road.FreespaceGauge;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.driving.Driving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures in metres stand in a section of their own, by bands of distance. */
class RoadReportTest {
  @TempDir Path folder;

  /** Answers are at the most so old when the next one comes. */
  private static Driving driving(double peakMs) {
    OptionalDouble none = OptionalDouble.empty();
    Driving.Age age = new Driving.Age(20, none, 80, 100, none, peakMs);
    Driving.Road road =
        new Driving.Road(
            30,
            "latest",
            1,
            none,
            none,
            none,
            none,
            none,
            none,
            0,
            0,
            0,
            Optional.of("nothing was judged"),
            Optional.of(age),
            new Driving.Deadline(33, 200, 0, 0, 0.02, 0, 0),
            0,
            Optional.empty(),
            Optional.empty());
    return new Driving(1, 30, 1, 4, 1, 0, 1, List.of(50.0), 0.2, 6, List.of(), List.of(road));
  }

  private String page(boolean asked) throws Exception {
    StudyResult study = SyntheticStudy.write(folder);
    List<Entry> entries = new ArrayList<>();
    long n = 0;
    for (Entry entry : study.entries()) {
      List<GaugeReading> readings = new ArrayList<>(entry.readings());
      if (asked) {
        long found = 18 - n++;
        readings.add(
            RoadScenes.reading(
                new DistanceGauge(),
                Map.of("people 8 m", 20L, "people found 8 m", found, "people 44 m", 7L)));
        readings.add(
            RoadScenes.reading(
                new FreespaceGauge(),
                Map.of(
                    "corridor 10-15 m columns",
                    40L,
                    "corridor 10-15 m dangerous",
                    9L,
                    "corridor 10-15 m a row mm",
                    40L * 590,
                    "corridor 10-15 m error mm",
                    40L * 1250)));
      }
      entries.add(entry.withReadings(readings).withDriving(Optional.of(driving(150))));
    }
    return Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
  }

  @Test
  void aSectionOfTheirOwnHasThemByDistance() throws Exception {
    String html = page(true);
    int errors = html.indexOf("<h2>Errors that matter</h2>");
    int metres = html.indexOf("<h2>In metres</h2>");
    assertTrue(errors > 0 && metres > errors);
    assertFalse(
        html.substring(errors, metres).contains("within 20 m"), "they stand in one place only");
    String section = html.substring(metres, html.indexOf("<h2>", metres + 5));
    for (String text :
        List.of(
            "alphanet-toy · onnxruntime finds nine of ten people in every band up to 10 m; surely at no"
                + " distance. It takes 0.35 s at the most until the brakes act, so a car stands within"
                + " that distance from 33 km/h.",
            "betanet-x2.0-toy · onnxruntime finds 85.0 % of the 20 people within 10 m: no distance at"
                + " which one can rely on it.",
            ">People found within 20 m<",
            ">Freespace error (m)<",
            ">1.25<",
            ">22.5<",
            "People found in percent, by how far away they are",
            ">0 to 10 m (20)<",
            ">30 to 50 m (7)<",
            ">10 to 20 m (a row is 0.59 m)<",
            ">90.0<")) {
      assertTrue(section.contains(text), text + " in " + section);
    }
    assertFalse(section.contains(">10 to 20 m (0)<"), "a band without anybody has no column");
    assertFalse(section.contains("Other single objects found"), "there are none");
    assertFalse(section.contains(">Ghosts<"), "nobody asked for them");
    String csv = Files.readString(folder.resolve("results.csv"));
    assertTrue(csv.lines().findFirst().orElseThrow().contains("figure_peopleFoundNear"), csv);
  }

  @Test
  void aStudyThatDoesNotAskHasNoSuchSection() throws Exception {
    assertEquals(-1, page(false).indexOf("<h2>In metres</h2>"));
  }
}
