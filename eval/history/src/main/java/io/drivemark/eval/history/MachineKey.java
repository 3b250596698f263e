package io.drivemark.eval.history;

import io.drivemark.eval.runner.record.Environment;
import java.util.Locale;
import java.util.Objects;

/**
 * The hardware that latencies were measured on: what stays the same over a restart, an update of
 * the system or another JVM. Two machines with one key are taken for one; latencies of two keys
 * never share an axis. Everything else that is known of a night (kernel, governor, JVM, versions)
 * is a condition, which may explain a change and splits nothing. Immutable.
 *
 * <p>Left out on purpose, because it moves though the hardware does not: exact bytes of memory,
 * which a system reports less what its kernel keeps; clock rates and bogomips, which are measured
 * at each start; names and numbers of hosts.
 *
 * @param processor the processor's model, blanks made single; {@code unknown} where the system has
 *     no name for it
 * @param isa the instruction set with its widest vectors, for example {@code amd64+avx512f}
 * @param cores physical cores
 * @param threads threads of execution that the JVM may use
 * @param memoryGib installed memory in GiB, see {@link #gib}
 */
public record MachineKey(String processor, String isa, int cores, int threads, int memoryGib) {
  private static final String VERSION = "drivemark-machine/2";
  private static final String UNKNOWN = "unknown";
  private static final int STEPS = 8;

  public MachineKey {
    processor = plain(processor);
    isa = plain(isa).toLowerCase(Locale.ROOT);
  }

  /** The machine of an environment as records keep it. */
  public static MachineKey of(Environment environment) {
    return new MachineKey(
        environment.processor(),
        isa(environment),
        environment.physicalCores(),
        environment.logicalCores(),
        gib(environment.memoryBytes()));
  }

  /**
   * Older records do not have it: they name the architecture last in the operating system's line,
   * and nothing of its vectors, so that they are of another key than newer ones of one machine.
   */
  private static String isa(Environment environment) {
    String system = environment.operatingSystem().strip();
    return environment.isa().orElse(system.substring(system.lastIndexOf(' ') + 1));
  }

  /**
   * Installed memory from what a system reports: rounded up to a step of an eighth of the next
   * lower power of two, at least 1 GiB. A system reports 1 to 4 % less than is installed, and how
   * much less differs from kernel to kernel; of memories that are sold none is nearer to the next
   * step down than 6 %.
   *
   * <pre>{@code
   * gib(16_500_000_000L)   // 15.4 GiB: 16
   * gib(134_900_000_000L)  // 125.6 GiB: 128
   * }</pre>
   */
  static int gib(long bytes) {
    double gib = bytes / (double) (1L << 30);
    int lower = Integer.highestOneBit(Math.max(1, (int) Math.ceil(gib) - 1));
    int step = Math.max(1, lower / STEPS);
    return (int) Math.ceil(gib / step) * step;
  }

  private static String plain(String text) {
    String out = Objects.requireNonNull(text, "text").strip().replaceAll("\\s+", " ");
    return out.isEmpty() ? UNKNOWN : out;
  }

  /** 32 hexadecimal digits of the digest of all that is in it. */
  public String digest() {
    return new KeyDigest(VERSION)
        .add("processor", processor)
        .add("isa", isa)
        .add("cores", cores)
        .add("threads", threads)
        .add("memoryGib", memoryGib)
        .digest();
  }

  /** For people: {@code Intel Xeon 6338, amd64, 16 cores, 32 threads, 64 GiB}. */
  public String label() {
    return processor
        + ", "
        + isa
        + ", "
        + counted(cores, "core")
        + ", "
        + counted(threads, "thread")
        + ", "
        + memoryGib
        + " GiB";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
