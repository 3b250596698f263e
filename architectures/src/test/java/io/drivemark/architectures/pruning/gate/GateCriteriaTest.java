package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.ReadmeExample;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of gates by their names, and one of one's own. */
class GateCriteriaTest {
  @TempDir private Path folder;

  @Test
  void theStandardOnesAreFound() {
    assertEquals(List.of("mass", "uniform"), GateCriteria.names());
    assertEquals(new MassTarget(0.85, 2), GateCriteria.named("mass").target(0.85, 2));
    assertEquals(new UniformTarget(0.15, 1), GateCriteria.named("uniform").target(0.85, 1));
    assertEquals(
        "target 'mas' is not known (did you mean 'mass'?); there are mass, uniform",
        assertThrows(BadInputException.class, () -> GateCriteria.named("mas")).getMessage());
  }

  /** What every rule promises: never dark, more ratio no fewer units, one answer a response. */
  @Test
  void everyRuleKeepsItsPromises() {
    for (String name : GateCriteria.names()) {
      GateCriterion criterion = GateCriteria.named(name);
      assertFalse(criterion.summary().isBlank());
      for (long seed = 1; seed <= 30; seed++) {
        Random random = new Random(seed);
        double[] responses = random.doubles(1 + random.nextInt(20)).toArray();
        int before = 0;
        for (double ratio : new double[] {0.01, 0.3, 0.6, 0.9, 1}) {
          boolean[] live = criterion.target(ratio, 1).live(responses);
          int count = 0;
          for (boolean l : live) {
            count += l ? 1 : 0;
          }
          String where = name + " " + ratio + ", seed " + seed;
          assertEquals(responses.length, live.length, where);
          assertTrue(count >= Math.max(1, before), where);
          before = count;
        }
      }
    }
  }

  /** The README's example compiles, plugs in and decides: 3² of 3² + 2² + 1² is 0.64. */
  @Test
  void aRuleIsOneClassAndOneLine() throws Exception {
    ReadmeExample example = new ReadmeExample(folder);
    example.write(
        "own/Energy.java",
        "package own;\nimport io.drivemark.architectures.pruning.gate.*;\nimport java.util.*;\n"
            + ReadmeExample.blocks("## Adding a target of gates").get(0));
    example.write("META-INF/services/" + GateCriterion.class.getName(), "own.Energy\n");
    example.compile("own/Energy.java");
    example.pluggedIn(
        loader -> {
          assertEquals(List.of("energy", "mass", "uniform"), GateCriteria.names());
          GateTarget target = GateCriteria.named("energy").target(0.9, 1);
          assertArrayEquals(
              new boolean[] {false, false, true}, target.live(new double[] {1, 2, 3}));
          assertArrayEquals(
              new boolean[] {false, true, true},
              GateCriteria.named("energy").target(0.95, 1).live(new double[] {1, 2, 3}));
          assertArrayEquals(
              new boolean[] {false, true, true},
              MassTarget.ofFilters(0.9).live(new double[] {1, 2, 3}),
              "5 of 6, not 13 of 14");
        });
    assertEquals(List.of("mass", "uniform"), GateCriteria.names(), "it is gone with its folder");
  }
}
