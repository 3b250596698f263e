package io.drivemark.eval.runner.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.drivemark.eval.gauge.Columns;
import io.drivemark.eval.gauge.Counts;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.runner.accuracy.FrameRow;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.inference.OutputUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowTextTest {
  private static final Columns PLAIN = Columns.of(List.of("a", "b"));
  private static final Columns KEYED = new Columns(List.of("class", "size"), List.of("n"));
  private static final Print PRINT = new Print("0123456789abcdef", OptionalLong.of(7));

  private static FrameRow.Labels labels(Print print, long b, OptionalLong macs) {
    return new FrameRow.Labels(
        12,
        "street \"7\", left",
        Map.of(
            "plain",
            Counts.of(PLAIN, Long.MAX_VALUE, b),
            "keyed",
            new Counts.Rows(KEYED)
                .add(List.of("car", "far"), 3)
                .add(List.of("bus", ""), 0)
                .counts()),
        List.of("flicker: one\nand two"),
        print,
        new OutputUse(240, 3, 1),
        macs);
  }

  private static FrameRow again(FrameRow row) {
    return RowText.row(
        RowText.tree(RowText.line(row)), name -> name.equals("plain") ? PLAIN : KEYED);
  }

  private static String difference(FrameRow one, FrameRow other) {
    return RowText.difference(RowText.tree(RowText.line(one)), RowText.tree(RowText.line(other)));
  }

  @Test
  void rowsAreReadAgainAsTheyWere() {
    DepthScores scores =
        new DepthScores(
            5, 0.1, 1.0 / 3, Double.MIN_VALUE, 1e300, 0, 2, 3, 4, 5, 0.7000000000000001, 0.8, 1);
    Print bare = new Print("fedcba9876543210", OptionalLong.empty());
    List<FrameRow> rows =
        List.of(
            labels(PRINT, 2, OptionalLong.empty()),
            labels(bare, 0, OptionalLong.of(99)),
            new FrameRow.Distances(3, "a", Optional.of(scores), bare),
            new FrameRow.Distances(3, "a", Optional.empty(), bare),
            new FrameRow.LeftOut(4, "b", "frame b left out: gone", false, List.of()),
            new FrameRow.LeftOut(4, "b", "frame b left out: gone", true, List.of("x")));
    for (FrameRow row : rows) {
      assertEquals(row, again(row));
      assertEquals(1, RowText.line(row).lines().count());
    }
  }

  @Test
  void pathsInReasonsOfFramesLeftOutMayDiffer() {
    FrameRow here = new FrameRow.LeftOut(4, "b", "frame b left out: /a/b.png", false, List.of());
    FrameRow there = new FrameRow.LeftOut(4, "b", "frame b left out: /c/b.png", false, List.of());
    assertNotEquals(RowText.line(here), RowText.line(there));
    assertEquals(RowText.alike(RowText.line(here)), RowText.alike(RowText.line(there)));
    FrameRow seen = new FrameRow.LeftOut(4, "b", "frame b left out: /a/b.png", true, List.of());
    assertNotEquals(RowText.alike(RowText.line(here)), RowText.alike(RowText.line(seen)));
  }

  @Test
  void whatDiffersIsSaid() {
    FrameRow one = labels(PRINT, 2, OptionalLong.of(1));
    assertEquals(
        "they predict alike and differ in counts of plain",
        difference(one, labels(PRINT, 3, OptionalLong.of(1))));
    assertEquals(
        "they predict alike and differ in macs",
        difference(one, labels(PRINT, 2, OptionalLong.of(2))));
    assertEquals(
        "what they predict differs (prints 0123456789abcdef and fedcba9876543210)",
        difference(
            one, labels(new Print("fedcba9876543210", OptionalLong.of(7)), 2, OptionalLong.of(1))));
    assertEquals(
        "one of them left it out: frame b left out: gone",
        difference(one, new FrameRow.LeftOut(12, "b", "frame b left out: gone", false, List.of())));
    assertEquals(
        "one of them has more than the other",
        difference(labels(PRINT, 2, OptionalLong.empty()), one));
  }
}
