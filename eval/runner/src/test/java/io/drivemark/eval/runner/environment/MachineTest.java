package io.drivemark.eval.runner.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.json.ResultsJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void theInstructionSetHasTheWidestVectors() {
    assertEquals("amd64", Machine.isa("amd64", List.of()));
    assertEquals("amd64", Machine.isa("amd64", List.of("flags : fpu sse2")));
    assertEquals("amd64+avx2", Machine.isa("amd64", List.of("flags\t: avx fma avx2 bmi1")));
    assertEquals("amd64+avx512f", Machine.isa("amd64", List.of("flags: avx avx2 avx512f f16c")));
    assertEquals("amd64+amx_tile", Machine.isa("amd64", List.of("avx512f", "AMX_TILE")));
    assertEquals("aarch64+asimd", Machine.isa("aarch64", List.of("Features : fp asimd crc32")));
  }

  @Test
  void theEnvironmentSaysWhatItWasMeasuredUnder() {
    Environment here = Machine.environment(Map.of());
    assertTrue(here.isa().orElseThrow().startsWith(System.getProperty("os.arch")));
    Conditions conditions = here.conditions().orElseThrow();
    assertEquals(System.getProperty("os.version"), conditions.kernel());
    assertTrue(conditions.drivemark().matches("[0-9a-f]{16}"), conditions.drivemark());
    JsonNode json = ResultsJson.environment(here);
    assertEquals(here, ResultsJson.readEnvironment("r.json", json));
  }

  @Test
  void environmentsOfOlderProgramsHaveNoConditions() {
    ObjectNode json = ResultsJson.environment(Machine.environment(Map.of()));
    json.remove(List.of("isa", "conditions"));
    Environment old = ResultsJson.readEnvironment("r.json", json);
    assertEquals(Optional.empty(), old.conditions());
    assertEquals(json, ResultsJson.environment(old), "and are written as they were");
  }
}
