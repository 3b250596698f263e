package io.drivemark.eval.runner.record;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Everything one study found: an entry for each model, dataset, engine and size, in the study's
 * order. Immutable.
 *
 * @param started when the run that finished it began
 * @param finished when it ended
 * @param study the resolved study as YAML text: every default spelled out
 * @param environment the machine the run ended on
 * @param entries one a cell, those that could not be measured included
 * @param findings variants that could not be made and requirements that are not met, in words
 */
public record StudyResult(
    Instant started,
    Instant finished,
    String study,
    Environment environment,
    List<Entry> entries,
    List<String> findings) {
  public StudyResult {
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(finished, "finished");
    Objects.requireNonNull(study, "study");
    Objects.requireNonNull(environment, "environment");
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /**
   * What the command line exits with: 3 if there are entries and no engine of theirs could be
   * started, 1 if an entry is incomplete or there is a finding, else 0.
   */
  public int exitCode() {
    if (!entries.isEmpty() && entries.stream().noneMatch(e -> e.engine().version().isPresent())) {
      return 3;
    }
    boolean whole = entries.stream().allMatch(Entry::complete);
    return whole && findings.isEmpty() ? 0 : 1;
  }
}
