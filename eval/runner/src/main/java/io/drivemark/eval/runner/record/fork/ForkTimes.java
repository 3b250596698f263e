package io.drivemark.eval.runner.record.fork;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.Speed;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a fresh process timed again of a finished study: speeds and nothing else. Immutable.
 *
 * @param started when the process began to time
 * @param finished when it ended
 * @param environment the machine, as that process saw it
 * @param cells one for each cell that has times
 * @param issues why the others have none, in words
 */
public record ForkTimes(
    Instant started,
    Instant finished,
    Environment environment,
    List<CellTimes> cells,
    List<String> issues) {

  /**
   * The times of one cell.
   *
   * @param folder as {@link Entry#folder}; the same folder below that of the fork has the runs
   * @param speed without operators and the times of single frames
   */
  public record CellTimes(String folder, Speed speed) {
    public CellTimes {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(speed, "speed");
    }
  }

  public ForkTimes {
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(finished, "finished");
    Objects.requireNonNull(environment, "environment");
    cells = List.copyOf(cells);
    issues = List.copyOf(issues);
  }
}
