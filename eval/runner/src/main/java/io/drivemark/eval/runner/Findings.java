package io.drivemark.eval.runner;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.Study;
import java.util.ArrayList;
import java.util.List;

/** What a run found out besides numbers. Stateless. */
final class Findings {
  private Findings() {}

  /**
   * Bounds of the study that are not met, or that no entry can meet.
   *
   * @param issues of variants, which come first
   */
  static List<String> of(Study study, List<String> issues, List<Entry> all) {
    List<String> out = new ArrayList<>(issues);
    for (Entry entry : all) {
      study.requirements().stream()
          .filter(r -> r.metric().concerns(entry))
          .forEach(r -> r.finding(entry).ifPresent(out::add));
    }
    study.requirements().stream()
        .filter(r -> all.stream().noneMatch(r.metric()::concerns))
        .map(r -> "no entry has " + r.metric().word() + ", required " + r.text())
        .forEach(out::add);
    return out;
  }
}
