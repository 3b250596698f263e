package io.drivemark.eval.history.nightly;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the machine is doing now. */
public interface MachineState {
  /** The one-minute load average, where the system knows it. */
  OptionalDouble load();

  /** Threads of execution. */
  int threads();

  /** Processes of others that use the processor, the busiest first; looks for a second. */
  List<Busy> busy();

  /** What sets the processors' clocks, where the system says it. */
  Optional<String> governor();

  /** Bytes that may be written where a folder lies. */
  long freeBytes(Path folder);

  /**
   * A process that uses the processor.
   *
   * @param pid its number
   * @param command its program, as far as it may be known
   * @param cores how many processor cores it uses, 0.5 for half of one
   */
  record Busy(long pid, String command, double cores) {
    public Busy {
      Objects.requireNonNull(command, "command");
    }
  }
}
