package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JointLineTest {
  private static Study parse(String lines) {
    return StudyFile.parse(
        "study.yaml",
        """
        schema: drivemark-study/1
        datasets: [camvid]
        engines: [{name: onnxruntime, threads: 1}]
        seed: 4
        prune:
          variants:
        """
            + lines.indent(4),
        Path.of(""));
  }

  private static List<VariantSpec> variants(String lines) {
    return parse(lines).prune().orElseThrow().variants();
  }

  private static VariantSpec joint(JointRequest request, boolean tuned) {
    return new VariantSpec.Joint(Optional.empty(), "a", request, tuned);
  }

  @Test
  void aShareIsEnoughAndWhatIsKeptIsPaidFor() {
    PruneRequest.Keep macs = new PruneRequest.Keep(Measure.MACS, 0.5);
    PruneRequest.KeepLatency ms =
        new PruneRequest.KeepLatency(0.6, new EngineSetup("onnxruntime", 1));
    assertEquals(
        List.of(
            joint(
                new JointRequest(macs, Penalty.MACS, 1, MaskPreset.ALL, OptionalInt.empty(), 4),
                true),
            joint(
                new JointRequest(ms, Penalty.LATENCY, 1, MaskPreset.ALL, OptionalInt.empty(), 4),
                true)),
        variants("- {parent: a, technique: joint, keep: [macs=0.5, latency=0.6]}"));
  }

  @Test
  void everyKeyIsRead() {
    assertEquals(
        List.of(
            joint(
                new JointRequest(
                    new JointRequest.Lambda(1e-4),
                    Penalty.SIGMOID,
                    16,
                    MaskPreset.PAPER,
                    OptionalInt.of(5),
                    7),
                false)),
        variants(
            """
            - {parent: a, technique: joint, lambda: 0.0001, penalty: sigmoid, unit: 16, sites: paper,
               mask-epochs: 5, row: masked, seed: 7}
            """));
  }

  @Test
  void listsMakeAVariantForEachCombination() {
    List<VariantSpec> all =
        variants(
            """
            - {parent: [a, b], technique: joint, keep: [params=0.5, params=0.2], row: [masked, tuned],
               penalty: [count, macs, l1-weights], seed: [1, 2]}
            """);
    assertEquals(48, all.size());
    assertEquals(all.size(), all.stream().distinct().count());
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    """
                    - {parent: a, technique: joint}
                    - {parent: a, technique: joint, keep: params=0.5, lambda: 0}
                    - {parent: a, technique: joint, lambda: [-1, much]}
                    - {parent: a, technique: joint, keep: params=0.51, penalty: latency}
                    - {parent: a, technique: joint, keep: params=0.52, penalty: prams, sites: some}
                    - {parent: a, technique: joint, keep: params=0.53, unit: half, mask-epochs: 0}
                    - {parent: a, technique: joint, keep: params=0.54, row: both}
                    - {parent: a, technique: joint, keep: params=0.55, criterion: l1, ratio: 0.5}
                    - {parent: a, technique: [joint, filter], keep: params=0.56}
                    - {parent: a, technique: filter, keep: params=0.57, penalty: macs}
                    - {parent: a, technique: dynamic, keep: macs=0.58, lambda: 1}
                    - {architecture: dabnet, row: masked}
                    """));
    assertEquals(
        """
        study.yaml: 16 problems
          line 7: prune.variants[0].technique: says not how much remains: give keep (params=0.2, macs=0.5 \
        or latency=0.6, say), or lambda, the factor of the penalty (0: the task alone)
          line 8: prune.variants[1].lambda: is steered so that what keep says remains: leave one of them out
          line 9: prune.variants[2].lambda: found -1, expected a number of at least 0
          line 9: prune.variants[2].lambda: found much, expected a number of at least 0
          line 10: prune.variants[3].penalty: penalty latency goes with a share of the latency to keep, \
        found params=0.51; keep latency=0.51, or take penalty params
          line 11: prune.variants[4].penalty: penalty 'prams' is not known (did you mean 'params'?); there \
        are count, sigmoid, params, macs, latency, width, l1-weights
          line 11: prune.variants[4].sites: mask sites 'some' are not known; there are paper, all
          line 12: prune.variants[5].unit: found half, expected a whole number from 1 on
          line 12: prune.variants[5].mask-epochs: found 0, expected a whole number from 1 on
          line 13: prune.variants[6].row: found both, expected tuned or masked
          line 14: prune.variants[7].criterion: does not go with technique joint, which learns what stays
          line 14: prune.variants[7].ratio: belongs to technique dynamic
          line 15: prune.variants[8].technique: joint goes by keys of its own: give it a line of its own
          line 16: prune.variants[9].penalty: belongs to technique joint
          line 17: prune.variants[10].lambda: belongs to technique joint
          line 18: prune.variants[11].row: belongs to a pruned parent, not to an architecture""",
        e.getMessage());
  }
}
