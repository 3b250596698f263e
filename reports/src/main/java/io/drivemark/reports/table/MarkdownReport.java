package io.drivemark.reports.table;

import io.drivemark.eval.decide.OperatorShares;
import io.drivemark.eval.decide.select.BoardSelection;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.board.Advice;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.BoardTitles;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.CueWords;
import io.drivemark.reports.board.DynamicWords;
import io.drivemark.reports.board.EqualLatency;
import io.drivemark.reports.board.Family;
import io.drivemark.reports.board.MeasureWords;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.board.OperatorAdvice;
import io.drivemark.reports.board.Remainder;
import io.drivemark.reports.board.Variant;
import io.drivemark.reports.select.CertainWords;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tech.tablesaw.api.Table;

/** {@code report.md}: the report for places that show no page, a merge request say. Stateless. */
public final class MarkdownReport {
  private static final int MOST_NAMES = 8;

  private static final Set<String> COLUMNS =
      Set.of(
          "model",
          "engine",
          "miou",
          "abs_rel",
          "rmse",
          "delta1",
          "mean_ms",
          "fps",
          "p95_ms",
          "p99_ms",
          "model_mean_ms",
          "params",
          "stored_precision",
          "macs",
          "input",
          "threads");

  private static final Set<String> VARIANT_COLUMNS =
      Set.of(
          "contender",
          "miou",
          "miou_change",
          "miou_change_low",
          "miou_change_high",
          "abs_rel",
          "abs_rel_change",
          "abs_rel_change_low",
          "abs_rel_change_high",
          "mean_ms",
          "latency_change",
          "model_latency_change",
          "macs_change",
          "params_change",
          "clock_share",
          "prune_training");

  private MarkdownReport() {}

  /** The file's text. */
  public static String text(
      StudyResult result, List<Board> boards, List<BoardSelection> selections) {
    StringBuilder out = new StringBuilder("# Drivemark report\n\n");
    for (Board board : boards) {
      board(
          out,
          board,
          CertainWords.of(board.yardstick(), selections),
          BoardTitles.of(board, boards));
    }
    issues(out, result);
    notes(out, result);
    environment(out, result);
    return out.toString();
  }

  private static void board(StringBuilder out, Board board, List<String> certain, String title) {
    Advice advice = Advice.of(board);
    out.append("## ").append(Markdown.text(title)).append("\n\n");
    out.append("**").append(Markdown.text(advice.headline())).append(".** ");
    out.append(Markdown.text(advice.explanation())).append("\n\n");
    certain.forEach(s -> out.append("- ").append(Markdown.text(s)).append('\n'));
    out.append(certain.isEmpty() ? "" : "\n");
    if (advice.steps().size() > 1) {
      out.append("| a frame may take | drive with | ");
      out.append(MeasureWords.heading(board.measure())).append(" |\n|---|---|---:|\n");
      for (Advice.Step step : advice.steps()) {
        out.append("| ≥ ").append(Numbers.milliseconds(step.fromMs())).append(" ms | ");
        out.append(Markdown.text(step.choice().label())).append(ties(step.ties())).append(" | ");
        out.append(accuracy(step.choice())).append(" |\n");
      }
      out.append('\n');
    }
    out.append("Protocol ").append(Markdown.code(board.yardstick().protocol())).append(" (");
    out.append(Markdown.text(board.yardstick().protocolDigest())).append(')');
    if (!board.yardstick().grid().isEmpty()) {
      out.append(", grid ").append(Markdown.code(board.yardstick().grid()));
    }
    out.append(". ● = on the Pareto front. ");
    out.append(Markdown.text(Advice.tieRule(board)));
    out.append("\n\n");
    List<Field> fields =
        BoardTables.modelFields(List.of(board)).stream()
            .filter(f -> COLUMNS.contains(f.key()))
            .toList();
    table(out, board, board.contenders(), fields, true);
    families(out, board);
    cues(out, board);
    dynamic(out, board);
    SectionMarkdown.append(out, board);
    operators(out, board);
    if (!board.classes().isEmpty()) {
      out.append("IoU by class, %:\n\n");
      table(out, board, board.contenders(), BoardTables.classFields(board), false);
    }
    PublishedMarkdown.append(out, board);
  }

  private static void cues(StringBuilder out, Board board) {
    List<Contender> cued =
        board.contenders().stream().filter(c -> c.entry().cues().isPresent()).toList();
    if (cued.isEmpty()) {
      return;
    }
    out.append("### Cues around networks\n\n");
    for (Contender c : cued) {
      out.append("- **").append(Markdown.text(c.label())).append("**: ");
      out.append(Markdown.text(String.join(" ", CueWords.about(c.entry())))).append('\n');
    }
    out.append('\n');
  }

  private static void dynamic(StringBuilder out, Board board) {
    List<Contender> gated =
        board.contenders().stream()
            .filter(c -> c.entry().cost().flatMap(Cost::gated).isPresent())
            .toList();
    if (gated.isEmpty()) {
      return;
    }
    out.append("### Networks that choose by the frame\n\n");
    for (Contender c : gated) {
      List<String> sentences = new ArrayList<>(DynamicWords.about(c.entry()));
      sentences.addAll(DynamicWords.clock(c.entry()));
      out.append("- **").append(Markdown.text(c.label())).append("**: ");
      out.append(Markdown.text(String.join(" ", sentences))).append('\n');
    }
    out.append('\n');
  }

  private static void families(StringBuilder out, Board board) {
    VariantTables variants = new VariantTables(List.of(board));
    if (variants.isEmpty()) {
      return;
    }
    List<Field> fields =
        variants.fields().stream().filter(f -> VARIANT_COLUMNS.contains(f.key())).toList();
    out.append("### What pruning bought\n\n");
    for (Family family : Family.of(board)) {
      List<Contender> rows = new ArrayList<>();
      family.parent().ifPresent(rows::add);
      family.variants().forEach(v -> rows.add(v.contender()));
      table(out, board, rows, fields, false);
      List<String> sentences = new ArrayList<>(family.remarks());
      sentences.addAll(EqualLatency.verdicts(family));
      for (Variant variant : family.variants()) {
        String left = Remainder.of(variant).line();
        if (!left.isEmpty()) {
          sentences.add(variant.shortLabel() + ": " + left);
        }
      }
      sentences.forEach(s -> out.append("- ").append(Markdown.text(s)).append('\n'));
      out.append(sentences.isEmpty() ? "" : "\n");
    }
  }

  private static void operators(StringBuilder out, Board board) {
    List<String> lines = new ArrayList<>();
    for (Contender c : board.contenders()) {
      OperatorShares.of(c.entry())
          .ifPresent(shares -> lines.addAll(OperatorAdvice.avoidable(shares)));
    }
    for (Family family : Family.of(board)) {
      family.variants().forEach(v -> OperatorAdvice.keepers(v).ifPresent(lines::add));
    }
    if (!lines.isEmpty()) {
      out.append("### Where the time goes\n\n");
      lines.forEach(l -> out.append("- ").append(Markdown.text(l)).append('\n'));
      out.append('\n');
    }
  }

  private static String accuracy(Contender c) {
    return MeasureWords.value(c.measure(), c.accuracy().getAsDouble());
  }

  private static String ties(List<Contender> ties) {
    return ties.isEmpty()
        ? ""
        : " (≈ "
            + Markdown.text(Numbers.names(ties.stream().map(Contender::label).toList(), MOST_NAMES))
            + ")";
  }

  private static void table(
      StringBuilder out, Board board, List<Contender> rows, List<Field> fields, boolean marked) {
    Table table = BoardTables.table(board, fields);
    out.append('|');
    for (Field field : fields) {
      out.append(' ').append(Markdown.text(field.title())).append(" |");
    }
    out.append("\n|");
    for (Field field : fields) {
      out.append(field.isNumber() ? "---:|" : "---|");
    }
    out.append('\n');
    for (Contender c : rows) {
      if (!marked && !c.trained()) {
        continue;
      }
      out.append('|');
      for (int i = 0; i < fields.size(); i++) {
        String mark = marked && i == 0 && board.front().contains(c) ? "● " : "";
        String value = fields.get(i).written(table.column(i), c);
        out.append(' ').append(mark).append(Markdown.text(value)).append(" |");
      }
      out.append('\n');
    }
    out.append('\n');
  }

  private static void issues(StringBuilder out, StudyResult result) {
    Set<String> lines = new TreeSet<>();
    for (Entry entry : result.entries()) {
      for (String issue : entry.issues()) {
        lines.add(entry.model().name() + " on " + entry.engine().name() + ": " + issue);
      }
    }
    if (lines.isEmpty() && result.findings().isEmpty()) {
      return;
    }
    out.append("## Issues\n\n");
    result.findings().forEach(f -> out.append("- ").append(Markdown.text(f)).append('\n'));
    lines.forEach(l -> out.append("- ").append(Markdown.text(l)).append('\n'));
    out.append('\n');
  }

  private static void notes(StringBuilder out, StudyResult result) {
    Set<String> lines = new LinkedHashSet<>();
    for (Entry entry : result.entries()) {
      for (String note : entry.notes()) {
        lines.add(entry.model().name() + " on " + entry.engine().name() + ": " + note);
      }
    }
    if (!lines.isEmpty()) {
      out.append("## Notes\n\n");
      lines.forEach(l -> out.append("- ").append(Markdown.text(l)).append('\n'));
      out.append('\n');
    }
  }

  private static void environment(StringBuilder out, StudyResult result) {
    Environment e = result.environment();
    out.append("## Measured on\n\n");
    out.append("- ").append(Markdown.text(e.processor())).append(", ").append(e.physicalCores());
    out.append(" cores, ").append(e.logicalCores()).append(" threads of execution\n");
    out.append("- ").append(Markdown.text(e.operatingSystem())).append("; ");
    out.append(Markdown.text(e.javaRuntime())).append('\n');
    e.libraries()
        .forEach(
            (k, v) ->
                out.append("- ")
                    .append(Markdown.text(k))
                    .append(' ')
                    .append(Markdown.text(v))
                    .append('\n'));
    out.append("- ").append(result.started()).append(" to ").append(result.finished()).append('\n');
  }
}
