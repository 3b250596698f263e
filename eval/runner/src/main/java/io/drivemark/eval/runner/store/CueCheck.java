package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.derive.cue.CueRuns;
import io.drivemark.eval.runner.evidence.PathRuns;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.cue.CueFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Derives what a record says of cues from the runs of its pictures again. Stateless. */
final class CueCheck {
  private CueCheck() {}

  /** Runs must be those of the judged frames and give what is recorded; of cells with cues. */
  static void require(
      Path folder, Map<String, String> spec, Entry entry, CellCheck check, JsonNode digests) {
    if (!spec.containsKey(Cell.CUES)) {
      if (entry.cues().isPresent() || digests.has(PathRuns.FILE)) {
        throw CellStore.refused(folder, "it has runs of cues, its key names none");
      }
      return;
    }
    CueFacts recorded =
        entry
            .cues()
            .orElseThrow(
                () ->
                    CellStore.refused(
                        folder, "its key names cues, its record has no runs of them"));
    check.digest(PathRuns.FILE, digests);
    List<String> judged = entry.perImage().stream().map(ImageScore::id).toList();
    CueFacts anew = CueRuns.facts(recorded.cues(), recorded.rate(), PathRuns.read(folder), judged);
    if (!anew.equals(recorded)) {
      throw CellStore.refused(folder, "what it says of cues is not what its runs give");
    }
  }
}
