package io.drivemark.eval.runner.evidence;

import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was timed of one cell. Immutable.
 *
 * @param runs of its network
 * @param allLive of the same network with all units live, in the same rotation; absent for networks
 *     without gates
 * @param ids of the frames that the runs went through in turn
 */
public record Measurement(
    CandidateLatency runs, Optional<CandidateLatency> allLive, List<String> ids) {
  public Measurement {
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(allLive, "allLive");
    ids = List.copyOf(ids);
  }

  /** The id of the frame that each run of its network was of. */
  public List<String> frames() {
    return runs.frames().stream().map(ids::get).toList();
  }

  /** Writes the files of a cell's folder; an earlier measurement's are replaced. */
  public void write(Path folder) {
    TimedRuns.write(folder.resolve(Evidence.LATENCY), runs, ids);
    Path other = folder.resolve(Evidence.LATENCY_ALL_LIVE);
    if (allLive.isPresent()) {
      TimedRuns.write(other, allLive.get(), ids);
      return;
    }
    try {
      Files.deleteIfExists(other);
    } catch (IOException e) {
      throw new UnavailableException(other + ": cannot be removed: " + e.getMessage(), e);
    }
  }
}
