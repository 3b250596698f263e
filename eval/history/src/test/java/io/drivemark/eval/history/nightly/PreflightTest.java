package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.night.NightPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PreflightTest {
  private final List<Duration> slept = new ArrayList<>();
  private double load = 0.2;
  private Optional<String> governor = Optional.of("powersave");
  private List<MachineState.Busy> busy = List.of();

  private Preflight preflight(Optional<String> wanted) {
    return new Preflight(
        new NightPlan.Quiet(0.3, 0.2, Duration.ofSeconds(70), wanted),
        new MachineState() {
          @Override
          public OptionalDouble load() {
            return OptionalDouble.of(load);
          }

          @Override
          public int threads() {
            return 4;
          }

          @Override
          public List<Busy> busy() {
            return busy;
          }

          @Override
          public Optional<String> governor() {
            return governor;
          }

          @Override
          public long freeBytes(Path folder) {
            return Long.MAX_VALUE;
          }
        });
  }

  @Test
  void aQuietMachineIsNotWaitedFor() {
    busy = List.of(new MachineState.Busy(5, "cron", 0.19));
    assertEquals(Optional.empty(), preflight(Optional.empty()).waited(slept::add, true));
    assertEquals(List.of(), slept);
  }

  @Test
  void theLoadOfEachThreadOfExecutionCountsAtFirstAlone() {
    load = 1.4;
    Optional<String> why =
        Optional.of("the load is 0.35 for each of 4 threads of execution, at most 0.30 is quiet");
    assertEquals(why, preflight(Optional.empty()).waited(slept::add, true));
    assertEquals(
        List.of(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10)), slept);
    assertEquals(
        Optional.empty(),
        preflight(Optional.empty()).waited(slept::add, false),
        "later it is the night's own");
  }

  @Test
  void itGoesOnAsSoonAsTheMachineIsQuiet() {
    busy = List.of(new MachineState.Busy(77, "backup", 1));
    Optional<String> why =
        preflight(Optional.empty())
            .waited(
                time -> {
                  slept.add(time);
                  busy = List.of();
                },
                true);
    assertEquals(Optional.empty(), why);
    assertEquals(List.of(Duration.ofSeconds(30)), slept);
  }

  @Test
  void anotherGovernorIsSaid() {
    assertEquals(
        Optional.of("the governor is powersave, the night's file wants performance"),
        preflight(Optional.of("performance")).unquiet());
    governor = Optional.empty();
    assertEquals(
        Optional.of("the governor is unknown, the night's file wants performance"),
        preflight(Optional.of("performance")).unquiet());
  }
}
