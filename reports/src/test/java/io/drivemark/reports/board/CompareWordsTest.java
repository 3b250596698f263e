package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.compare.Allowance;
import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.CellComparison.Expected;
import io.drivemark.eval.history.compare.CellComparison.Finding;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.Moved;
import io.drivemark.eval.history.compare.Changed;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.Direction;
import io.drivemark.eval.history.compare.Elsewhere;
import io.drivemark.eval.history.compare.LatencyChange;
import io.drivemark.eval.history.compare.Side;
import io.drivemark.eval.history.compare.Unpaired;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.reports.page.ComparePage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CompareWordsTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final String EVIL = "<img src=x onerror=alert(1)>";
  private static final Path KEPT = kept();
  private static final StudyResult RESULT = RunStore.read(KEPT);

  private static Path kept() {
    try {
      return Path.of(CompareWordsTest.class.getResource("/kept-results-1").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CellComparison cell(
      Finding finding, double difference, Direction gate, LatencyChange latency) {
    Entry entry = RESULT.entries().get(1);
    boolean same = finding == Finding.SAME_BITS;
    return new CellComparison(
        SeriesKey.of(entry),
        entry,
        entry,
        Measure.MIOU,
        List.of(new Changed("engine", "onnxruntime 1", EVIL)),
        Expected.OTHERS,
        finding,
        same
            ? Optional.empty()
            : Optional.of(new Moved(1, 24, OptionalLong.of(1), OptionalLong.of(3), true)),
        OptionalDouble.of(difference),
        gate,
        new Elsewhere(NONE, NONE, NONE, NONE, false, Direction.UNKNOWN),
        List.of(),
        gate == Direction.WORSE ? List.of("Pole") : List.of(),
        List.of(),
        same
            ? List.of()
            : List.of(
                new FrameChange(EVIL, OptionalLong.of(1), OptionalLong.of(3), NONE, NONE, NONE)),
        latency);
  }

  private static LatencyChange latency(double log, Direction direction) {
    OptionalDouble ratio = OptionalDouble.of(log);
    return new LatencyChange(
        "",
        OptionalDouble.of(10),
        OptionalDouble.of(11),
        new LatencyChange.Processes(1, 1),
        ratio,
        ratio,
        OptionalDouble.of(0.01),
        direction);
  }

  private static Comparison comparison(
      List<CellComparison> cells, List<Unpaired> unpaired, boolean notable) {
    Side side =
        new Side(
            "A", KEPT, RESULT.started(), MachineKey.of(RESULT.environment()), RESULT.environment());
    return new Comparison(
        side,
        side,
        Allowance.defaults(),
        List.of(),
        cells,
        unpaired,
        new Comparison.Shared(3, OptionalDouble.of(0.2), notable));
  }

  private static final String SERIES =
      "espnet-synthdrive on synthdrive/val with onnxruntime, 1 thread, at 48x64: ";
  private static final LatencyChange SAME = latency(0, Direction.SAME);

  @Test
  void brokenDeterminismIsSaidWithItsFrame() {
    Comparison found =
        comparison(List.of(cell(Finding.DETERMINISM, 0, Direction.SAME, SAME)), List.of(), false);
    assertEquals(
        "B is worse in 1 of 1 cell; determinism is broken in 1", CompareWords.headline(found));
    assertEquals(
        List.of(
            SERIES
                + "the same bits were to be expected and are not there: 1 of 24 frames, at least 1"
                + " pixel, most in frame "
                + EVIL),
        CompareWords.worse(found));
  }

  @Test
  void whatIsWorseIsSaidWithWhatIsAllowed() {
    Comparison found =
        comparison(
            List.of(
                cell(Finding.CHANGED, -0.0123, Direction.WORSE, latency(0.1, Direction.WORSE)),
                cell(Finding.SAME_BITS, 0, Direction.SAME, SAME)),
            List.of(),
            true);
    assertEquals("B is worse in 1 of 2 cells", CompareWords.headline(found));
    assertEquals(
        List.of(
            SERIES + "−1.23 points of mIoU on these frames, 0.05 points are allowed",
            SERIES
                + "latency +10.5 % beside what the cells have in common, −1.0 % to +1.0 % mean"
                + " nothing"),
        CompareWords.worse(found));
    assertEquals(
        List.of(
            SERIES + "B predicts nowhere what A does: Pole",
            "all 3 timed cells moved together by +22.1 %: the machine was in another state, or what"
                + " all networks share changed; two results cannot tell which, measure both again"),
        CompareWords.notes(found));
  }

  @Test
  void whatStandsAgainstAComparisonIsSaidWithBothValues() {
    Unpaired refused =
        new Unpaired(
            "net on camvid/val",
            Unpaired.Reason.DATASET,
            new Changed("dataset's digest", "aa", "bb"));
    assertEquals(
        "net on camvid/val: another dataset; dataset's digest: aa in A, bb in B",
        CompareWords.unpaired(refused));
    assertEquals(
        "Nothing can be compared",
        CompareWords.headline(comparison(List.of(), List.of(refused), false)));
    assertEquals(
        "Not all can be compared: 1 difference stands against it; 1 cell can, and B is not worse"
            + " there",
        CompareWords.headline(
            comparison(
                List.of(cell(Finding.ROUNDING, 0, Direction.SAME, SAME)),
                List.of(refused),
                false)));
  }

  @Test
  void namesOnThePageAreTextWhateverTheyHold() {
    String page =
        ComparePage.text(
            comparison(
                List.of(cell(Finding.DETERMINISM, 0, Direction.SAME, SAME)),
                List.of(
                    new Unpaired(
                        EVIL, Unpaired.Reason.PROTOCOL, new Changed("protocol", EVIL, EVIL))),
                false));
    assertFalse(page.contains(EVIL));
    assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assertTrue(page.contains("<h1 class=\"bad\">"));
    assertFalse(page.toLowerCase(java.util.Locale.ROOT).contains("significant"));
  }
}
