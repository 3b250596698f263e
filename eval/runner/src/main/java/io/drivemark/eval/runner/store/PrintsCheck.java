package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.evidence.DepthEvidence;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Prints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives what a record says of its frames' prints from their file again. Stateless. */
final class PrintsCheck {
  private PrintsCheck() {}

  /**
   * The prints must be those of the judged frames and give what is recorded. To be asked after the
   * accuracy; cells of older programs have none.
   */
  static void require(Path folder, Entry entry, CellCheck check, JsonNode digests) {
    Optional<Prints> recorded = entry.prints();
    if (recorded.flatMap(Prints::frames).isEmpty()) {
      if (digests.has(FramePrints.FILE)) {
        throw CellStore.refused(folder, "its frames have prints, its record does not say which");
      }
      return;
    }
    check.digest(FramePrints.FILE, digests);
    Map<String, FramePrints.Print> prints = FramePrints.read(folder);
    if (!List.copyOf(prints.keySet()).equals(frames(folder, entry))) {
      throw CellStore.refused(folder, "its prints are of other frames than its counts");
    }
    if (!FramePrints.summary(recorded.get().canary(), prints).equals(recorded.get())) {
      throw CellStore.refused(folder, "its prints are not what its frames give");
    }
  }

  private static List<String> frames(Path folder, Entry entry) {
    return entry.task() == Task.DEPTH
        ? List.copyOf(DepthEvidence.read(folder).keySet())
        : entry.perImage().stream().map(ImageScore::id).toList();
  }
}
