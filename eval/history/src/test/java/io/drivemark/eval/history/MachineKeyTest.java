package io.drivemark.eval.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.drivemark.eval.runner.record.Environment;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MachineKeyTest {
  private static final long GIB = 1L << 30;
  private static final String XEON = "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz";

  @Test
  void anUpdateOfSystemKernelOrJvmIsTheSameMachine() {
    MachineKey before =
        MachineKey.of(
            environment(
                XEON, 67_300_000_000L, "Debian GNU/Linux 12.1 build 6.1.0 amd64", "17.0.8"));
    MachineKey after =
        MachineKey.of(
            environment(
                XEON, 67_113_328_640L, "Debian GNU/Linux 12.7 build 6.1.112 amd64", "17.0.13"));
    assertEquals(before, after);
    assertEquals(before.digest(), after.digest());
    assertEquals(
        "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz, amd64, 16 cores, 32 threads, 64 GiB",
        after.label());
  }

  @Test
  void blanksInAProcessorsNameAreNoOtherMachine() {
    assertEquals(
        new MachineKey("AMD EPYC 7B13", "amd64", 1, 2, 8),
        new MachineKey(" AMD  EPYC\t7B13 ", "AMD64", 1, 2, 8));
    assertEquals("unknown, amd64, 1 core, 2 threads, 8 GiB", key(" ", 8).label());
  }

  @Test
  void otherHardwareIsAnotherMachine() {
    String digest = new MachineKey(XEON, "amd64", 16, 32, 64).digest();
    assertNotEquals(digest, new MachineKey("Other", "amd64", 16, 32, 64).digest());
    assertNotEquals(digest, new MachineKey(XEON, "aarch64", 16, 32, 64).digest());
    assertNotEquals(digest, new MachineKey(XEON, "amd64", 8, 32, 64).digest());
    assertNotEquals(digest, new MachineKey(XEON, "amd64", 16, 16, 64).digest());
    assertNotEquals(digest, new MachineKey(XEON, "amd64", 16, 32, 128).digest());
  }

  @Test
  void theDigestIsPinnedBecauseStoresKeepIt() {
    assertEquals(
        "71a42598ca5dac14572344f711de45b8", new MachineKey(XEON, "amd64", 16, 32, 64).digest());
  }

  /** A system reports 1 to 4 % less than is installed, more or less by its kernel. */
  @Test
  void memoryThatAKernelKeepsForItselfChangesNothing() {
    for (int installed :
        new int[] {
          1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024,
          1536, 2048
        }) {
      for (double kept = 0; kept <= 0.045; kept += 0.001) {
        assertEquals(
            installed,
            MachineKey.gib(Math.round(installed * (1 - kept) * GIB)),
            installed + " GiB of which " + kept + " are kept");
      }
    }
  }

  @Test
  void memoryIsNeverNone() {
    assertEquals(0, MachineKey.gib(0));
    assertEquals(1, MachineKey.gib(1));
    assertEquals(1, MachineKey.gib(GIB));
    assertEquals(2, MachineKey.gib(GIB + 1));
    assertEquals(18, MachineKey.gib(16 * GIB + 1));
  }

  private static MachineKey key(String processor, int gib) {
    return new MachineKey(processor, "amd64", 1, 2, gib);
  }

  private static Environment environment(String processor, long memory, String os, String java) {
    return new Environment(
        processor,
        16,
        32,
        memory,
        os,
        java,
        Map.of("onnxruntime", "1.29.0"),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "f");
  }
}
