package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.plan.Cell;
import java.util.Map;

/**
 * Whether a cell's files of late answers are those that its record saw. What follows from them
 * stands in no cell, so nothing is derived. Stateless.
 */
final class DelayCheck {
  private DelayCheck() {}

  static void require(Map<String, String> spec, CellCheck check, JsonNode digests) {
    if (!spec.containsKey(Cell.CLIPS)) {
      return;
    }
    DelayEvidence.FILES.forEach(name -> check.digest(name, digests));
    DelayEvidence.LATER.stream().filter(digests::has).forEach(name -> check.digest(name, digests));
  }
}
