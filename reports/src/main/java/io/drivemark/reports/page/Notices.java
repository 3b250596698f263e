package io.drivemark.reports.page;

import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.board.Board;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import io.drivemark.reports.page.PageView.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What a reader of the page must look at besides numbers. Stateless. */
final class Notices {
  private Notices() {}

  /** What is missing or not met: findings, then issues, each with the entries it concerns. */
  static List<Notice> of(StudyResult result, List<Board> boards, Map<String, NetworkSheet> sheets) {
    List<Notice> out = new ArrayList<>();
    result.findings().forEach(f -> out.add(new Notice(f, "requirement of the study")));
    List<Contender> all = boards.stream().flatMap(board -> board.contenders().stream()).toList();
    out.addAll(grouped(all, Entry::issues));
    sheets.forEach(
        (model, sheet) -> sheet.obstacles().forEach(o -> out.add(new Notice(o.sentence(), model))));
    Set<String> machines = new LinkedHashSet<>();
    result.entries().forEach(e -> e.speed().ifPresent(s -> machines.add(s.environment())));
    if (machines.size() > 1) {
      out.add(
          new Notice(
              "Latencies come from "
                  + machines.size()
                  + " different environments; the front and the ties hold only within the one most"
                  + " were measured on.",
              String.join(", ", machines.stream().map(Numbers::shortDigest).toList())));
    }
    return out;
  }

  /** What must be known of a board's numbers although nothing is missing. */
  static List<Notice> notes(Board board) {
    return grouped(board.contenders(), Entry::notes);
  }

  /** Each sentence once, with the contenders it concerns. */
  private static List<Notice> grouped(
      List<Contender> contenders, Function<Entry, List<String>> sentences) {
    Map<String, Set<String>> where = new LinkedHashMap<>();
    for (Contender c : contenders) {
      for (String sentence : sentences.apply(c.entry())) {
        where.computeIfAbsent(sentence, key -> new LinkedHashSet<>()).add(c.label());
      }
    }
    List<Notice> out = new ArrayList<>();
    where.forEach((text, labels) -> out.add(new Notice(text, String.join(", ", labels))));
    return out;
  }
}
