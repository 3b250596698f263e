package io.drivemark.eval.history.nightly;

import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine that the program runs on, as Java sees its processes. Stateless. */
public final class ThisMachine implements MachineState {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  public OptionalDouble load() {
    return Machine.load();
  }

  @Override
  public int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public Optional<String> governor() {
    return Machine.environment(Map.of()).conditions().flatMap(Conditions::governor);
  }

  @Override
  public List<Busy> busy() {
    Map<Long, Duration> before = used();
    long start = System.nanoTime();
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while looking at other processes", e);
    }
    Map<Long, Duration> after = used();
    double passed = System.nanoTime() - start;
    return after.entrySet().stream()
        .filter(e -> before.containsKey(e.getKey()))
        .map(
            e ->
                new Busy(
                    e.getKey(),
                    command(e.getKey()),
                    e.getValue().minus(before.get(e.getKey())).toNanos() / passed))
        .filter(busy -> busy.cores() > 0)
        .sorted(Comparator.comparingDouble(Busy::cores).reversed())
        .toList();
  }

  /** The time that each process of others has used, without our own and what it started. */
  private static Map<Long, Duration> used() {
    Set<Long> own = new HashSet<>(Set.of(ProcessHandle.current().pid()));
    own.addAll(
        ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet()));
    Map<Long, Duration> out = new HashMap<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(process -> !own.contains(process.pid()))
          .forEach(
              process ->
                  process.info().totalCpuDuration().ifPresent(t -> out.put(process.pid(), t)));
    }
    return out;
  }

  private static String command(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .orElse("a process");
  }

  @Override
  public long freeBytes(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UnavailableException(there + ": cannot be asked for space: " + e.getMessage(), e);
    }
  }
}
