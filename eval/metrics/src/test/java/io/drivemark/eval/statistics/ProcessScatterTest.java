package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcessScatterTest {
  @Test
  void theExampleOfTheDocumentation() {
    List<double[]> nights = Collections.nCopies(5, new double[] {0, 1});

    assertEquals(1.0484, ProcessScatter.of(nights).orElseThrow(), 1e-4);
  }

  @Test
  void nightsOfOneProcessSayNothing() {
    List<double[]> nights = new ArrayList<>(Collections.nCopies(4, new double[] {0, 1}));
    nights.addAll(Collections.nCopies(50, new double[] {7}));
    nights.add(new double[0]);

    assertEquals(OptionalDouble.empty(), ProcessScatter.of(nights));
  }

  /** Levels of nights and a wild process in a tenth of them do not move it, numbers may differ. */
  @Test
  void itIsTheStandardDeviationOfNormalProcesses() {
    Random random = new Random(3);
    List<double[]> nights = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double[] night = new double[2 + i % 3];
      double level = 10 * random.nextGaussian();
      for (int p = 0; p < night.length; p++) {
        night[p] = level + 0.02 * random.nextGaussian();
      }
      night[0] += i % 10 == 0 ? 3 : 0;
      nights.add(night);
    }

    double found = ProcessScatter.of(nights).orElseThrow();
    assertTrue(found > 0.019 && found < 0.024, "seed 3: " + found);
  }
}
