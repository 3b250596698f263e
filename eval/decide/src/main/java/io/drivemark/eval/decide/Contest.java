package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import java.util.List;
import java.util.Objects;

/**
 * Candidates that were judged on the same frames by the same protocol, with how they stand and all
 * that is recorded of them. Immutable.
 *
 * @param standing of the candidates
 * @param entries by the candidates' numbers
 */
public record Contest(Standing standing, List<Entry> entries) {
  public Contest {
    Objects.requireNonNull(standing, "standing");
    entries = List.copyOf(entries);
    for (Candidate candidate : standing.candidates()) {
      Objects.checkIndex(candidate.number(), entries.size());
    }
  }

  /** In the order given. */
  public List<Candidate> candidates() {
    return standing.candidates();
  }

  /** What is recorded of a candidate. */
  public Entry entry(Candidate candidate) {
    return entries.get(candidate.number());
  }
}
