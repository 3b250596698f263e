package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class GatedLineTest {
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

  private static VariantSpec gated(GateRequest request) {
    return new VariantSpec.Gated(Optional.empty(), "a", request);
  }

  @Test
  void ratioIsEnough() {
    assertEquals(
        List.of(gated(GateRequest.of(new GateRequest.Ratio(0.85), 4))),
        variants("- {parent: a, technique: dynamic, ratio: 0.85}"));
  }

  @Test
  void everyKeyIsRead() {
    assertEquals(
        List.of(
            gated(
                new GateRequest(
                    new PruneRequest.Keep(Measure.MACS, 0.5),
                    "uniform",
                    GateUnit.of(16),
                    GateRequest.Head.PUBLISHED_MAX,
                    GateRequest.Mode.JOINT,
                    true,
                    7))),
        variants(
            """
            - {parent: a, technique: dynamic, keep: macs=0.5, target: uniform, unit: 16,
               head: published-max, mode: joint, constant: true, seed: 7}
            """));
    assertEquals(
        List.of(
            gated(
                GateRequest.of(
                    new PruneRequest.KeepLatency(0.6, new EngineSetup("onnxruntime", 1)), 4))),
        variants("- {parent: a, technique: dynamic, keep: latency=0.6}"));
  }

  @Test
  void listsMakeAVariantForEachCombination() {
    List<VariantSpec> all =
        variants(
            """
            - {parent: [a, b], technique: dynamic, ratio: [1, 0.95, 0.85], mode: [decoupled, joint],
               unit: [block, layers], constant: [false, true]}
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
                    - {parent: a, technique: dynamic}
                    - {parent: a, technique: dynamic, keep: macs=0.5, ratio: 0.85}
                    - {parent: a, technique: dynamic, keep: params=0.5}
                    - {parent: a, technique: dynamic, ratio: [1.5, many]}
                    - {parent: a, technique: dynamic, ratio: 0.84, unit: filter, head: max, mode: both}
                    - {parent: a, technique: dynamic, ratio: 0.83, target: mas, constant: maybe}
                    - {parent: a, technique: dynamic, ratio: 0.82, criterion: l1, from-scratch: true}
                    - {parent: a, technique: [dynamic, filter], ratio: 0.81}
                    - {parent: a, technique: filter, keep: macs=0.5, ratio: 0.85, unit: 16}
                    - {parent: a, technique: dense, head: published-max}
                    - {architecture: dabnet, mode: joint}
                    """));
    assertEquals(
        """
        study.yaml: 17 problems
          line 7: prune.variants[0].technique: says not how much a frame takes: give keep (macs=0.5, or \
        latency=0.6), or ratio (0.85, say)
          line 8: prune.variants[1].ratio: says the same as keep in other words: leave one of them out
          line 9: prune.variants[2].keep: a dynamic network has all its params: say how much of macs \
        or latency a frame takes, keep macs=0.5 say
          line 10: prune.variants[3].ratio: found 1.5, expected above 0 to 1
          line 10: prune.variants[3].ratio: found many, expected above 0 to 1
          line 11: prune.variants[4].unit: unit is filter, expected auto, block, everywhere, layers, or the number \
        of filters that one gate switches, 1 or 16 say
          line 11: prune.variants[4].head: head 'max' is not known; there are published-max, \
        published-average, standardised
          line 11: prune.variants[4].mode: mode 'both' is not known; there are decoupled, joint
          line 12: prune.variants[5].target: target 'mas' is not known (did you mean 'mass'?); there \
        are mass, uniform
          line 12: prune.variants[5].constant: found maybe, expected true or false
          line 13: prune.variants[6].criterion: does not go with technique dynamic, which removes \
        nothing for good
          line 13: prune.variants[6].from-scratch: does not go with technique dynamic, which removes \
        nothing for good
          line 14: prune.variants[7].technique: dynamic goes by keys of its own: give it a line of its own
          line 15: prune.variants[8].ratio: belongs to technique dynamic
          line 15: prune.variants[8].unit: belongs to technique dynamic
          line 16: prune.variants[9].head: belongs to technique dynamic
          line 17: prune.variants[10].mode: belongs to a pruned parent, not to an architecture""",
        e.getMessage());
  }
}
