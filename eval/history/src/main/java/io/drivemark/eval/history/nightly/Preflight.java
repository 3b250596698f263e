package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.problem.Counted;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Looks whether the machine is fit for a night. Immutable. */
final class Preflight {
  /** Less than this is no room for the pictures of a night. */
  static final long LEAST_BYTES = 1L << 30;

  /** How often it is looked while waiting. */
  static final Duration STEP = Duration.ofSeconds(30);

  private final NightPlan.Quiet quiet;
  private final MachineState machine;

  Preflight(NightPlan.Quiet quiet, MachineState machine) {
    this.quiet = quiet;
    this.machine = machine;
  }

  /**
   * Refuses to begin where there is too little room.
   *
   * @throws UnavailableException if there is
   */
  void requireRoom(Path folder) {
    long free = machine.freeBytes(folder);
    if (free < LEAST_BYTES) {
      throw new UnavailableException(
          String.format(
              Locale.ROOT,
              "%s: %.1f GiB are free, a night needs at least 1 GiB; remove old nights with 'drivemark"
                  + " store prune', or say keep: in the night's file",
              folder,
              free / (double) (1 << 30)));
    }
  }

  /** Why the machine is not quiet now, whatever its load was; empty if it is. */
  Optional<String> unquiet() {
    Optional<String> governor = machine.governor();
    if (quiet.governor().isPresent() && !quiet.governor().equals(governor)) {
      return Optional.of(
          "the governor is "
              + governor.orElse("unknown")
              + ", the night's file wants "
              + quiet.governor().get());
    }
    List<MachineState.Busy> busy = machine.busy();
    if (!busy.isEmpty() && busy.get(0).cores() > quiet.process()) {
      MachineState.Busy first = busy.get(0);
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s (process %d) uses %.2f processor cores, at most %.2f are quiet",
              first.command(),
              first.pid(),
              first.cores(),
              quiet.process()));
    }
    return Optional.empty();
  }

  /**
   * Why the machine is not quiet at the beginning of a night, when its load is that of others
   * alone; empty if it is. Later the load of the last minute is the night's own.
   */
  Optional<String> unquietAtFirst() {
    Optional<String> now = unquiet();
    if (now.isPresent()) {
      return now;
    }
    OptionalDouble load = machine.load();
    double each = load.orElse(0) / machine.threads();
    if (each > quiet.load()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the load is %.2f for each of %s of execution, at most %.2f is quiet",
              each,
              Counted.of(machine.threads(), "thread"),
              quiet.load()));
    }
    return Optional.empty();
  }

  /**
   * Waits until the machine is quiet, as long as the plan says.
   *
   * @param sleep lets time pass
   * @param atFirst whether the night begins
   * @return why it is not even then
   */
  Optional<String> waited(Consumer<Duration> sleep, boolean atFirst) {
    Duration left = quiet.patience();
    while (true) {
      Optional<String> why = atFirst ? unquietAtFirst() : unquiet();
      if (why.isEmpty() || left.isZero() || left.isNegative()) {
        return why;
      }
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      sleep.accept(step);
      left = left.minus(step);
    }
  }
}
