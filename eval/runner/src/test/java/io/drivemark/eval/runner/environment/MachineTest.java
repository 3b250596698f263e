package io.drivemark.eval.runner.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void theMachineIsDescribedTheSameTwice() {
    Environment first = Machine.environment(Map.of("engine", "1"));
    Environment second = Machine.environment(Map.of("engine", "2"));
    assertEquals(first.fingerprint(), second.fingerprint());
    assertEquals(32, first.fingerprint().length());
    assertTrue(first.logicalCores() >= 1 && first.memoryBytes() > 0);
    assertTrue(first.javaRuntime().contains(System.getProperty("java.version")));
    assertEquals(Map.of("engine", "1"), first.libraries());
  }

  @Test
  void everyPartOfTheMachineChangesTheFingerprint() {
    String base = Machine.fingerprint("p", 1, 2, 3, "s", "j");
    assertNotEquals(base, Machine.fingerprint("q", 1, 2, 3, "s", "j"));
    assertNotEquals(base, Machine.fingerprint("p", 2, 2, 3, "s", "j"));
    assertNotEquals(base, Machine.fingerprint("p", 1, 1, 3, "s", "j"));
    assertNotEquals(base, Machine.fingerprint("p", 1, 2, 4, "s", "j"));
    assertNotEquals(base, Machine.fingerprint("p", 1, 2, 3, "t", "j"));
    assertNotEquals(base, Machine.fingerprint("p", 1, 2, 3, "s", "k"));
  }
}
