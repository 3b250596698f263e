package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.problem.BadInputException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A short text cannot ask for more variants than anybody trains, or than fit into memory. */
class VariantLimitsTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Study parse(String... lines) {
    return StudyFile.parse(
        "study.yaml",
        """
        schema: drivemark-study/1
        datasets: [synthdrive]
        models: [m]
        engines: [onnxruntime]
        prune:
          variants:
        """
            + String.join("", lines).indent(4),
        Path.of(""));
  }

  private static String refusal(String... lines) {
    return assertThrows(BadInputException.class, () -> parse(lines)).getMessage();
  }

  private static String seeds(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String filters(String more) {
    return "- {parent: m, technique: filter, keep: macs=0.6, " + more + "}\n";
  }

  @Test
  void aValueThatStandsTwiceIsNamed() {
    assertEquals(
        """
        study.yaml: 3 problems
          line 7: prune.variants[0].seed: 1 stands twice in the list
          line 7: prune.variants[0].technique: layer stands twice in the list
          line 7: prune.variants[0].criterion: l1 stands twice in the list""",
        refusal(
            "- {parent: m, technique: [filter, layer, layer], keep: macs=0.6, criterion: [l1, l1],"
                + " seed: [1, 1]}\n"));
    assertEquals(
        "study.yaml: line 7: prune.variants[0].mode: joint stands twice in the list",
        refusal("- {parent: m, technique: dynamic, keep: macs=0.6, mode: [joint, joint]}\n"));
  }

  @Test
  void twoThousandVariantsAreMadeAndNoMore() {
    assertEquals(
        2000,
        parse(filters("seed: [" + seeds(1999) + "]"), filters("criterion: l2"))
            .prune()
            .orElseThrow()
            .variants()
            .size());
    assertEquals(
        "study.yaml: line 7: prune.variants[0].technique: its lists ask for more than the 2000"
            + " variants that a study makes; make fewer, or several studies",
        refusal(filters("seed: [" + seeds(1001) + "], criterion: [l1, l2]")));
    assertEquals(
        "study.yaml: line 8: prune.variants[1].technique: its lists ask for more than the 2000"
            + " variants that a study makes, of which earlier lines take 2000; make fewer, or several"
            + " studies",
        refusal(filters("seed: [" + seeds(2000) + "]"), filters("criterion: l2")));
  }

  @Test
  void combinationsOfEveryTechniqueAreCountedBeforeTheyAreMade() {
    String many = "seed: [" + seeds(3000) + "]}\n";
    for (String line :
        new String[] {
          "- {parent: m, technique: dynamic, keep: macs=0.5, mode: [decoupled, joint], ",
          "- {parent: m, technique: joint, keep: params=0.5, row: [masked, tuned], ",
          "- {parent: m, technique: dense, ",
          "- {architecture: dabnet, ",
          "- {parent: [m, n], technique: [filter, layer], keep: macs=0.6, "
        }) {
      String refused = refusal(line + many);
      assertTrue(refused.contains("ask for more than the 2000 variants"), refused);
    }
  }

  /** Each look for criteria opens the files that name plug-ins: 65 KB of text took 743 MiB. */
  @Test
  void repeatedCriteriaTakeLittleMemory() {
    String repeated = "taylor-weight, ".repeat(4096);
    long taken =
        allocated(
            () ->
                refusal(
                    "- {parent: m, technique: [filter, layer], keep: macs=0.6, criterion: ["
                        + repeated
                        + "l1]}\n"));
    assertTrue(taken < 64L << 20, taken + " bytes");
  }

  private static long allocated(Supplier<String> action) {
    assertFalse(action.get().isEmpty()); // classes are loaded
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    String message = action.get();
    assertTrue(message.contains("taylor-weight stands twice in the list"), message);
    return THREADS.getThreadAllocatedBytes(id) - before;
  }
}
