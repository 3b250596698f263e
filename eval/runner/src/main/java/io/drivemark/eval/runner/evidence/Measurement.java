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
 * @param masked of the same network in masked form, likewise; absent, too, where it runs in that
 * @param ids of the frames that the runs went through in turn
 * @param byPicture whether means are over pictures of the means of their runs, see {@link
 *     TimedRuns}
 */
public record Measurement(
    CandidateLatency runs,
    Optional<CandidateLatency> allLive,
    Optional<CandidateLatency> masked,
    List<String> ids,
    boolean byPicture) {
  public Measurement {
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(allLive, "allLive");
    Objects.requireNonNull(masked, "masked");
    ids = List.copyOf(ids);
  }

  /** The id of the frame that each run of its network was of. */
  public List<String> frames() {
    return runs.frames().stream().map(ids::get).toList();
  }

  /** Writes the files of a cell's folder; an earlier measurement's are replaced. */
  public void write(Path folder) {
    TimedRuns.write(folder.resolve(Evidence.LATENCY), runs, ids, byPicture);
    write(folder.resolve(Evidence.LATENCY_ALL_LIVE), allLive);
    write(folder.resolve(Evidence.LATENCY_MASKED), masked);
  }

  private void write(Path file, Optional<CandidateLatency> other) {
    if (other.isPresent()) {
      TimedRuns.write(file, other.get(), ids);
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be removed: " + e.getMessage(), e);
    }
  }
}
