package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Difference;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Plain;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.record.robust.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustSectionTest {
  @TempDir Path folder;

  private static Span span(double value, double reach) {
    return new Span(
        OptionalDouble.of(value),
        OptionalDouble.of(value - reach),
        OptionalDouble.of(value + reach));
  }

  private static Robustness robustness(double clean, double fog, double night) {
    return new Robustness(
        "key",
        1,
        40,
        "10 clusters: sequences",
        OptionalDouble.of(clean),
        List.of(new Level("fog", 3, OptionalDouble.of(fog), span(clean - fog, 0.01))),
        span(fog, 0.02),
        span(fog / clean, 0.03),
        Optional.of(new Plain("light=day weather=clear", OptionalDouble.of(clean + 0.01))),
        List.of(
            new Condition(
                "light=night",
                "light=night weather=clear",
                OptionalDouble.of(night),
                span(clean - night, 0.01))),
        List.of(),
        List.of(new Shot("frame_1", "fog-3", "fog-image.jpg", "fog-prediction.png")));
  }

  @Test
  void theSectionHasTheTableTheClaimsAndThePictures() throws Exception {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries());
    Path cell = folder.resolve(entries.get(0).folder());
    RgbImage grey = RgbImage.of(8, 8, new byte[3 * 64]);
    ImageCodec.writeImage(cell.resolve("fog-image.jpg"), grey);
    Difference less =
        new Difference(
            entries.get(0).model().name(),
            span(-0.15, 0.02),
            span(-0.25, 0.05),
            OptionalDouble.of(0.002),
            OptionalDouble.of(0.002));
    Entry first = entries.get(0).withRobustness(Optional.of(robustness(0.6, 0.45, 0.3)));
    Entry second =
        entries
            .get(1)
            .withRobustness(Optional.of(robustness(0.6, 0.30, 0.2).withDifferences(List.of(less))));
    Optional<String> parent = second.model().parent();
    assertTrue(
        parent.isEmpty() || parent.get().equals(first.model().name()),
        "the second is held against the first: " + parent);
    entries.set(0, first);
    entries.set(1, second);
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    int section = html.indexOf("<h2>In bad light and weather</h2>");
    assertTrue(section > 0);
    assertTrue(
        html.indexOf(
                "40 frames, each as it is and in 3 other states; the truth is the same in all."
                    + " Figures are mIoU in percent, of a corruption the mean over its severities (3)."
                    + " Intervals of 95 % and tests draw 10 clusters: sequences, clean and corrupted"
                    + " together.",
                section)
            > 0);
    for (String text :
        List.of(
            ">fog<",
            ">light=night<",
            ">45.00 (43.00 to 47.00)<",
            ">75.00 (72.00 to 78.00)<",
            ">1.27<",
            "alt=\"Photograph, fog-3\"",
            "Frame frame_1 in all states, of each corruption the worst, and what ")) {
      assertTrue(html.indexOf(text, section) > 0, text);
    }
    String claim = " keeps less of its clean mIoU than " + first.model().name() + ": rPC −25.00";
    assertTrue(html.indexOf(claim, section) > 0, claim);
    assertTrue(html.indexOf("; p = 0.002 by the swap test, adjusted.", section) > 0);
  }

  /** Of four clusters nothing can be claimed, however far apart two networks are. */
  @Test
  void tooFewClustersAreSaidInsteadOfAClaim() throws Exception {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries());
    Difference less =
        new Difference(
            entries.get(0).model().name(),
            span(-0.15, 0.02),
            span(-0.25, 0.05),
            OptionalDouble.of(0.125),
            OptionalDouble.of(0.125),
            Optional.of(4),
            Optional.of(
                new RobustCalibration.Difference(
                    span(0.01, 0.005), span(0.05, 0.01), OptionalDouble.of(0.125))));
    entries.set(0, entries.get(0).withRobustness(Optional.of(howSure(0.6, 0.45, 0.3))));
    entries.set(
        1,
        entries
            .get(1)
            .withRobustness(Optional.of(howSure(0.6, 0.30, 0.2).withDifferences(List.of(less)))));
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    String text = Files.readString(folder.resolve("report.md"));
    String first = entries.get(0).model().name();
    for (String said :
        List.of(
            " is held against "
                + first
                + ": rPC −25.00 (95 %: −30.00 to −20.00), mPC −15.00; too few clusters for a test (4,"
                + " at least 6 are needed).",
            " is held against "
                + first
                + ": calibration error +5.00 (95 %: +4.00 to +6.00) under corruption, +1.00 (95 %:"
                + " +0.50 to +1.50) on frames as they are; too few clusters for a test (4, at least 6"
                + " are needed).",
            ": calibration error 4.00 % on frames as they are, 11.50 % in the mean under"
                + " corruption: +7.50 (95 %: +5.50 to +9.50); most under fog, 11.50 %: +7.50"
                + " (95 %: +5.50 to +9.50).")) {
      assertTrue(html.contains(said), said);
      assertTrue(text.contains(said), said);
    }
    assertTrue(html.contains(">11.50 (9.50 to 13.50)<"), "the table of errors");
    assertTrue(
        text.contains("| Model | Clean | Mean | Rise | fog | light=night |"), "and in Markdown");
    List<String> lines = Files.readString(folder.resolve("results.csv")).lines().toList();
    List<String> head = List.of(lines.get(0).split(",", -1));
    List<String> row = List.of(lines.get(1).split(",", -1));
    assertEquals("0.04", row.get(head.indexOf("robust_clean_calibration_error")));
    assertEquals(
        0.115, Double.parseDouble(row.get(head.indexOf("calibration_error_under_fog-3"))), 1e-12);
    assertEquals(
        0.105, Double.parseDouble(row.get(head.indexOf("overconfidence_under_fog-3"))), 1e-12);
    assertEquals(
        0.075, Double.parseDouble(row.get(head.indexOf("robust_calibration_rise"))), 1e-12);
  }

  private static Robustness howSure(double clean, double fog, double night) {
    Robustness r = robustness(clean, fog, night);
    return r.withCalibration(Optional.of(RoadScenes.calibration(r)));
  }

  @Test
  void networksWithCuesAreNamedWithTheReason() throws Exception {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries());
    entries.set(0, entries.get(0).withRobustness(Optional.of(robustness(0.6, 0.45, 0.3))));
    CueFacts cues =
        new CueFacts(
            List.of(new CueFacts.Setting("keyframes", Map.of("every", "2"))),
            OptionalDouble.of(30),
            4,
            2,
            4,
            2,
            1,
            Optional.empty(),
            Optional.empty());
    entries.set(1, entries.get(1).withCues(Optional.of(cues)));
    Reports.write(SyntheticStudy.result(entries), folder);
    for (String file : List.of("report.html", "report.md")) {
      String text = Files.readString(folder.resolve(file));
      assertTrue(text.contains(" Not judged so: " + entries.get(1).model().name()), file);
      assertTrue(
          text.contains(
              ", with cues around them; corrupted frames stand apart, without those before them."),
          file);
    }
  }

  @Test
  void oneClusterIsNotSaidToBeDrawn() throws Exception {
    List<Entry> entries = new ArrayList<>(SyntheticStudy.write(folder).entries());
    Span alone = new Span(OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.empty());
    Robustness single =
        new Robustness(
            "key",
            1,
            1,
            "1 cluster: one sequence",
            OptionalDouble.of(0.6),
            List.of(new Level("fog", 3, OptionalDouble.of(0.5), alone)),
            alone,
            alone,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());
    entries.set(0, entries.get(0).withRobustness(Optional.of(single)));
    String html = Files.readString(Reports.write(SyntheticStudy.result(entries), folder));
    assertTrue(
        html.contains(
            "1 frame, each as it is and in 1 other state; the truth is the same in all. Figures are"
                + " mIoU in percent, of a corruption the mean over its severities (3). There are no"
                + " intervals and no tests: nothing follows for other frames from 1 cluster: one"
                + " sequence."),
        html.substring(html.indexOf("In bad light")).substring(0, 600));
  }

  @Test
  void aStudyThatCorruptsNothingHasNoSuchSection() throws Exception {
    String html = Files.readString(Reports.write(SyntheticStudy.write(folder), folder));
    assertFalse(html.contains("In bad light and weather"));
    assertEquals(-1, html.indexOf("rPC"));
  }
}
