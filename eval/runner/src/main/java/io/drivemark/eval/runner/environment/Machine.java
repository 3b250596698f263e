package io.drivemark.eval.runner.environment;

import io.drivemark.eval.runner.record.Environment;
import io.drivemark.files.Digests;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalDouble;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/**
 * Describes the machine the program runs on. Asking loads OSHI's native parts, making one does not.
 * Stateless and thread-safe.
 */
public final class Machine {
  private Machine() {}

  /**
   * The machine as it is now, its load included.
   *
   * @param libraries library → version, as the runtimes themselves say
   */
  public static Environment environment(Map<String, String> libraries) {
    SystemInfo info = new SystemInfo();
    CentralProcessor processor = info.getHardware().getProcessor();
    String name = processor.getProcessorIdentifier().getName().strip();
    int physical = processor.getPhysicalProcessorCount();
    int logical = Runtime.getRuntime().availableProcessors();
    long memory = info.getHardware().getMemory().getTotal();
    String system = info.getOperatingSystem() + " " + System.getProperty("os.arch");
    String java = System.getProperty("java.vendor") + " " + System.getProperty("java.version");
    return new Environment(
        name,
        physical,
        logical,
        memory,
        system,
        java,
        libraries,
        load(),
        OptionalDouble.empty(),
        fingerprint(name, physical, logical, memory, system, java));
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
