package io.drivemark.eval.runner.environment;

import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.files.Digests;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * Describes the machine the program runs on. Asking loads OSHI's native parts, making one does not.
 * Stateless and thread-safe.
 */
public final class Machine {
  /** From the widest to the narrowest. */
  private static final List<String> VECTORS =
      List.of("amx_tile", "avx512f", "avx2", "avx", "sve2", "sve", "asimd");

  private Machine() {}

  /** What stays as it is while a process lives: asked for once. */
  private record Hardware(String name, int physical, long memory, String system, String isa) {
    private static final Hardware HERE = look();

    private static Hardware look() {
      SystemInfo info = new SystemInfo();
      CentralProcessor processor = info.getHardware().getProcessor();
      String architecture = System.getProperty("os.arch");
      return new Hardware(
          processor.getProcessorIdentifier().getName().strip(),
          processor.getPhysicalProcessorCount(),
          info.getHardware().getMemory().getTotal(),
          info.getOperatingSystem() + " " + architecture,
          Machine.isa(architecture, processor.getFeatureFlags()));
    }
  }

  /**
   * The machine as it is now, its load included.
   *
   * @param libraries library → version, as the runtimes themselves say
   */
  public static Environment environment(Map<String, String> libraries) {
    Hardware here = Hardware.HERE;
    int logical = Runtime.getRuntime().availableProcessors();
    String java = System.getProperty("java.vendor") + " " + System.getProperty("java.version");
    return new Environment(
        here.name,
        here.physical,
        logical,
        here.memory,
        here.system,
        java,
        libraries,
        load(),
        OptionalDouble.empty(),
        fingerprint(here.name, here.physical, logical, here.memory, here.system, java),
        Optional.of(here.isa),
        Optional.of(conditions(new SystemFiles(Path.of("/")))));
  }

  /**
   * What it is measured under now: how clocks are set may differ from run to run.
   *
   * @param files of the system
   */
  static Conditions conditions(SystemFiles files) {
    String kernel = System.getProperty("os.version");
    return new Conditions(
        kernel, files.governor(), files.tickHz(kernel), files.microcode(), ProgramDigest.digest());
  }

  /**
   * The instruction set with the widest vectors among those that engines choose their kernels by.
   *
   * @param flags as the system lists what the processor can do, in any number of words an item
   */
  static String isa(String architecture, List<String> flags) {
    Set<String> words =
        flags.stream()
            .flatMap(line -> Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^a-z0-9_]+")))
            .collect(Collectors.toSet());
    return VECTORS.stream()
        .filter(words::contains)
        .findFirst()
        .map(widest -> architecture + "+" + widest)
        .orElse(architecture);
  }

  /** The load average of the last minute, where the system knows it. */
  public static OptionalDouble load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load >= 0 ? OptionalDouble.of(load) : OptionalDouble.empty();
  }

  static String fingerprint(
      String processor, int physical, int logical, long memory, String system, String java) {
    String text =
        String.join(
            "\n",
            "drivemark-machine/1",
            processor,
            Integer.toString(physical),
            Integer.toString(logical),
            Long.toString(memory),
            system,
            java);
    return Digests.of(text).substring(0, 32);
  }
}
