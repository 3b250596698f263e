package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Mix;
import io.drivemark.eval.runner.record.cue.CueFacts.Mode;
import io.drivemark.eval.runner.record.cue.CueFacts.Setting;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.CueWords;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.table.BoardTables;
import io.drivemark.reports.table.Field;
import io.drivemark.reports.table.MarkdownReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks with cues around them in the report. */
@Tag("text")
class CueReportTest {
  private static final Entry PLAIN =
      SyntheticStudy.entry(
          "betanet", "betanet", Optional.empty(), "onnxruntime", 0.6873, 31.4, 0.79e6);

  private static CueFacts facts() {
    return new CueFacts(
        List.of(
            new Setting("smooth", Map.of("keep", "0.5")),
            new Setting("keyframes", Map.of("every", "2"))),
        OptionalDouble.of(30),
        24,
        12,
        24,
        12,
        1,
        Optional.of(
            new Timing(
                24,
                List.of(new Mode(0, 12, 1.26), new Mode(1, 12, 31.4)),
                Optional.of(new Deadline(33.333333, 200, 3, 2)))),
        Optional.of(new Mix(List.of(0.58, 0.56), 0.57, 0.56)));
  }

  private static Entry cued() {
    Entry entry =
        SyntheticStudy.entry(
            "betanet-cue", "betanet", Optional.of("betanet"), "onnxruntime", 0.58, 16.3, 0.79e6);
    ModelFacts m = entry.model();
    return entry
        .withModel(
            new ModelFacts(
                m.name(),
                m.architecture(),
                ModelFacts.CUE,
                m.parent(),
                Optional.of("smooth0.5+keyframes2"),
                m.labels(),
                m.digest(),
                m.options(),
                m.provenance()))
        .withCues(Optional.of(facts()));
  }

  private static Board board(Entry... entries) {
    return Board.of(SyntheticStudy.result(List.of(entries))).get(0);
  }

  @Test
  void whatCuesMadeOfRunsAndTimesIsSaid() {
    Map<String, String> words = CueWords.facts(cued());
    assertEquals("smooth (keep 0.5), then keyframes (every 2)", words.get("Cues"));
    assertEquals(
        "networks ran 0.50 times a picture in the mean; labels were 0.50 pictures old, 1 at most",
        words.get("Runs"));
    assertTrue(words.get("Times").startsWith("16.3 ms a picture in the mean"), words.get("Times"));
    assertTrue(
        words
            .get("Times")
            .endsWith(
                "; 1.26 ms where no network runs (12 of the timed pictures); 31.4 ms where a network"
                    + " runs once (12 of the timed pictures); 3 of 200 runs took longer than the"
                    + " 33.3 ms to the next picture, up to 2 in a row"),
        words.get("Times"));
    assertEquals(
        "mIoU 57.00 % in the mean of the 2, 56.00 % at the worst, by the counts by delay of"
            + " betanet",
        words.get("Other offsets"));
    assertTrue(CueWords.facts(PLAIN).isEmpty());
  }

  @Test
  void cuesAreNoPruning() {
    Entry pruned =
        SyntheticStudy.entry(
            "betanet-filter", "betanet", Optional.of("betanet"), "onnxruntime", 0.6, 20, 0.5e6);
    assertEquals(List.of(), Family.of(board(PLAIN, cued())));
    List<Family> families = Family.of(board(PLAIN, cued(), pruned));
    assertEquals(1, families.size());
    assertEquals(
        List.of("betanet-filter"),
        families.get(0).variants().stream().map(v -> v.contender().model()).toList());
  }

  @Test
  void theTableOfModelsHasTheirColumnsWhereThereAreAny() {
    List<String> without =
        BoardTables.modelFields(List.of(board(PLAIN))).stream().map(Field::key).toList();
    List<String> with =
        BoardTables.modelFields(List.of(board(PLAIN, cued()))).stream().map(Field::key).toList();
    assertFalse(without.contains("runs_per_picture"));
    List<String> more = with.stream().filter(key -> !without.contains(key)).toList();
    assertEquals(
        List.of("runs_per_picture", "label_age", "ms_with_run", "ms_between", "deadline_misses"),
        more);
  }

  @Test
  void theMarkdownReportHasASectionWhereThereAreAny() {
    StudyResult with = SyntheticStudy.result(List.of(PLAIN, cued()));
    String text = MarkdownReport.text(with, Board.of(with), List.of());
    assertTrue(text.contains("### Cues around networks\n\n- **betanet-cue"), text);
    StudyResult without = SyntheticStudy.result(List.of(PLAIN));
    assertFalse(MarkdownReport.text(without, Board.of(without), List.of()).contains("Cues around"));
  }
}
