package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.record.Entry;
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

  @Test
  void aStudyThatCorruptsNothingHasNoSuchSection() throws Exception {
    String html = Files.readString(Reports.write(SyntheticStudy.write(folder), folder));
    assertFalse(html.contains("In bad light and weather"));
    assertEquals(-1, html.indexOf("rPC"));
  }
}
