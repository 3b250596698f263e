package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class PruneSectionTest {
  private static final String HEAD =
      """
      schema: drivemark-study/1
      datasets: [{name: camvid, root: data, split: test}, {name: synthdrive, count: 20}]
      models: [enet-camvid]
      engines: [onnxruntime]
      seed: 4
      """;

  private static Study parse(String section) {
    return StudyFile.parse("study.yaml", HEAD + section, Path.of("studies"));
  }

  private static PruneSpec prune(String section) {
    return parse(section).prune().orElseThrow();
  }

  private static VariantSpec.Pruned filters(String criterion, double share) {
    return pruned(
        PruneRequest.of(
            Technique.FILTER, new PruneRequest.Keep(Measure.MACS, share), List.of(criterion), 4));
  }

  private static VariantSpec.Pruned pruned(PruneRequest request) {
    return new VariantSpec.Pruned(
        Optional.empty(), "enet-camvid", request, PruneApproach.ONE_SHOT, false);
  }

  @Test
  void framesToLearnFromAreNamedRelativeToTheStudy() {
    Study study =
        StudyFile.parse(
            "study.yaml",
            """
            schema: drivemark-study/1
            datasets: [camvid, {name: own/yard.yaml, split: day}]
            models: [enet-camvid]
            engines: [onnxruntime]
            prune:
              train: {name: own/yard.yaml, split: night}
              variants: [{parent: enet-camvid, technique: filter, keep: macs=0.6}]
            """,
            Path.of("studies"));
    assertEquals("studies/own/yard.yaml", study.prune().orElseThrow().train().name());
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
  }

  @Test
  void framesAreChosenByWhatIsKnownOfThem() {
    Study study =
        StudyFile.parse(
            "study.yaml",
            """
            schema: drivemark-study/1
            datasets: [{name: camvid, root: data, split: train, where: {light: dusk}}]
            models: [enet-camvid]
            engines: [onnxruntime]
            prune:
              train: {split: train, where: {light: day, sequence: 0006R0}}
              variants: [{parent: enet-camvid, technique: filter, keep: macs=0.6}]
            """,
            Path.of("studies"));
    assertEquals(Map.of("light", "dusk"), study.datasets().get(0).where());
    assertEquals(Map.of("light", "dusk"), study.datasets().get(0).request().where());
    PruneSpec spec = study.prune().orElseThrow();
    assertEquals(Map.of("light", "day", "sequence", "0006R0"), spec.train().where());
    assertEquals(Map.of(), spec.val().where());
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
  }

  @Test
  void oneLineIsEnough() {
    PruneSpec spec =
        prune(
            """
            prune:
              variants: [{parent: enet-camvid, technique: filter, keep: macs=0.6}]
            """);
    assertEquals(List.of(filters("l1", 0.6)), spec.variants());
    assertEquals(
        new DatasetSpec(
            "camvid", Optional.of(Path.of("studies/data")), "train", OptionalInt.empty(), Map.of()),
        spec.train());
    assertEquals("val", spec.val().split());
    assertEquals(64, spec.calibrationFrames());
    assertEquals(Map.of(), spec.finetune());
  }

  @Test
  void everyKeyIsRead() {
    PruneSpec spec =
        prune(
            """
            prune:
              train: {name: synthdrive, split: training, count: 30, limit: 5}
              val: {split: validation, limit: 2}
              calibration-frames: 8
              finetune: {epochs: 10, learning-rate: 1e-4, crop: 180x240, threads: 1,
                         distill: {weight: 0.5, temperature: 4}, schedule: step}
              scratch: {epochs: 40}
              variants:
                - name: thin
                  parent: models/enet.yaml
                  technique: filter
                  keep: params=0.5
                  criterion: bn-scale
                  scope: global
                  minimum-width: 4
                  multiple: 8
                  spare: [stem, 'head*']
                  from-scratch: true
                  seed: 7
                - {architecture: dabnet, options: {block1: 2}, name: small}
                - {parent: enet-camvid, technique: dense}
            """);
    assertEquals(
        new DatasetSpec(
            "synthdrive", Optional.empty(), "training", OptionalInt.of(5), Map.of("count", "30")),
        spec.train());
    assertEquals(
        new DatasetSpec(
            "synthdrive", Optional.empty(), "validation", OptionalInt.of(2), Map.of("count", "20")),
        spec.val());
    assertEquals(8, spec.calibrationFrames());
    assertEquals(
        Map.of(
            "epochs", "10",
            "learning-rate", "1e-4",
            "crop", "180x240",
            "threads", "1",
            "distill", "0.5@4",
            "schedule", "step"),
        spec.finetune());
    assertEquals(Map.of("epochs", "40"), spec.scratch());
    PruneRequest thin =
        new PruneRequest(
            Technique.FILTER,
            new PruneRequest.Keep(Measure.PARAMS, 0.5),
            List.of("bn-scale"),
            FilterGoal.Scope.GLOBAL,
            4,
            8,
            Set.of("stem", "head*"),
            7);
    assertEquals(
        List.of(
            new VariantSpec.Pruned(
                Optional.of("thin"),
                "studies/models/enet.yaml",
                thin,
                PruneApproach.ONE_SHOT,
                true),
            new VariantSpec.Trained(Optional.of("small"), "dabnet", Map.of("block1", "2"), 4),
            new VariantSpec.Tuned(Optional.empty(), "enet-camvid", 4)),
        spec.variants());
    assertEquals(List.of("studies/models/enet.yaml", "enet-camvid"), spec.parents());
  }

  @Test
  void listsMakeAVariantForEachCombination() {
    PruneSpec spec =
        prune(
            """
            prune:
              variants:
                - {parent: enet-camvid, technique: [filter, layer], keep: [macs=0.6, macs=0.8],
                   criterion: [l1, random]}
                - {parent: enet-camvid, technique: layer, remove-layers: [1, 2],
                   criterion: l1+imprint, seed: [4, 5]}
            """);
    assertEquals(12, spec.variants().size());
    assertEquals(
        List.of(filters("l1", 0.6), filters("random", 0.6), filters("l1", 0.8)),
        spec.variants().subList(0, 3));
    assertEquals(
        pruned(
            PruneRequest.of(
                Technique.LAYER, new PruneRequest.Remove(2), List.of("l1", "imprint"), 5)),
        spec.variants().get(11));
  }

  @Test
  void theSectionReadsBackToItself() {
    Study study =
        parse(
            """
            prune:
              train: {limit: 3}
              finetune: {epochs: 0, batch: 2, distill: {weight: 1}}
              variants:
                - {parent: enet-camvid, technique: [filter, layer], keep: params=0.5,
                   criterion: [l1, taylor-map], scope: global, spare: [b, a], seed: [1, 2]}
                - {parent: m/a.onnx, technique: layer, remove-layers: 3, criterion: imprint+l1}
                - {parent: m/a.onnx, technique: dense, name: again}
                - {parent: m/a.onnx, technique: [filter, layer], keep: latency=0.6}
                - {parent: m/a.onnx, technique: layer, keep: latency=0.6, iterations: [2, 3], round-epochs: 4}
                - {parent: m/a.onnx, technique: filter, keep: macs=0.6, iterations: 2, multiple: auto}
                - {parent: m/a.onnx, technique: dynamic, keep: [macs=0.5, latency=0.6],
                   unit: [auto, layers], mode: [decoupled, joint]}
                - {parent: m/a.onnx, technique: dynamic, ratio: [1, 0.85], unit: 16,
                   head: published-max, target: uniform, constant: [false, true], seed: 9}
                - {parent: m/a.onnx, technique: joint, keep: [params=0.2, latency=0.6],
                   unit: [1, 16], row: [masked, tuned]}
                - {parent: m/a.onnx, technique: joint, lambda: [0, 1.0e-4], penalty: sigmoid,
                   sites: paper, mask-epochs: 5, seed: 9}
                - {architecture: dabnet, options: {block2: 3}}
            """);
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
  }

  @Test
  void aShareOfTheLatencyIsOneOnTheFirstEngine() {
    PruneSpec spec =
        prune(
            """
            prune: {variants: [{parent: enet-camvid, technique: layer, keep: latency=0.6}]}
            """);
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(
        List.of(
            pruned(
                PruneRequest.of(
                    Technique.LAYER,
                    new PruneRequest.KeepLatency(0.6, new EngineSetup("onnxruntime", processors)),
                    List.of("l1"),
                    4))),
        spec.variants());
  }

  @Test
  void roundsAndMeasuredMultiplesBelongToALine() {
    PruneSpec spec =
        prune(
            """
            prune:
              variants:
                - {parent: enet-camvid, technique: layer, remove-layers: 4, iterations: [1, 4],
                   round-epochs: 2}
                - {parent: enet-camvid, technique: filter, keep: macs=0.6, multiple: auto}
            """);
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(
        List.of(
            PruneApproach.ONE_SHOT,
            new PruneApproach(4, 2, Optional.empty()),
            new PruneApproach(1, 0, Optional.of(new EngineSetup("onnxruntime", processors)))),
        spec.variants().stream().map(v -> ((VariantSpec.Pruned) v).approach()).toList());
  }

  @Test
  void roundsThatCannotBeAreProblems() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    """
                    prune:
                      variants:
                        - {parent: a, technique: layer, remove-layers: 4, iterations: 0}
                        - {parent: a, technique: layer, remove-layers: 4, round-epochs: 2}
                        - {parent: a, technique: layer, remove-layers: 4, iterations: 2, round-epochs: -1}
                        - {parent: a, technique: layer, remove-layers: 4, multiple: auto}
                        - {parent: a, technique: dense, iterations: 3}
                    """));
    assertEquals(
        """
        study.yaml: 5 problems
          line 8: prune.variants[0].iterations: found 0, expected a whole number from 1 on
          line 9: prune.variants[1].round-epochs: trains between rounds: say how many there are, \
        iterations: 3 say
          line 10: prune.variants[2].round-epochs: found -1, expected at least 0
          line 11: prune.variants[3].multiple: rounds the widths of filters; leave it out for layers
          line 12: prune.variants[4].iterations: does not go with technique dense, which removes \
        nothing""",
        e.getMessage());
  }

  @Test
  void modelsMayBeLeftOut() {
    Study study =
        StudyFile.parse(
            "study.yaml",
            """
            schema: drivemark-study/1
            datasets: [synthdrive]
            engines: [onnxruntime]
            prune: {variants: [{parent: a, technique: dense}, {parent: b, technique: dense}]}
            """,
            Path.of(""));
    assertEquals(Study.named(List.of("a", "b")), study.modelsAndParents());
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    """
                    prune:
                      train: {name: cam, limit: 0}
                      calibration-frames: 0
                      finetune: {epoch: 3, batch: many, minutes: 5, learning-rate: -1}
                      variants:
                        - {parent: enet-camvid, technique: fliter, keep: macs=0.6}
                        - {parent: enet-camvid, technique: filter, keep: mac=0.6}
                        - {parent: enet-camvid, technique: filter, keep: 0.6}
                        - {parent: enet-camvid, technique: filter, remove-layers: 3}
                        - {parent: enet-camvid, technique: [filter, layer], keep: macs=0.6, criterion: imprint}
                        - {parent: enet-camvid, technique: layer, remove-layers: 0, criterion: l1}
                        - {parent: enet-camvid, technique: layer}
                        - {parent: enet-camvid, technique: dense, keep: macs=0.5}
                        - {technique: dense}
                        - {architecture: dabnet, technique: filter, criterion: l1}
                        - {parent: enet-camvid, technique: layer, keep: [macs=0.7, macs=0.8], name: n}
                        - {parent: enet-camvid, technique: layer, keep: macs=0.7, criteria: l1}
                    """));
    assertEquals(
        """
        study.yaml: 20 problems
          line 7: prune.train.name: found cam, expected one of the study's datasets: camvid, synthdrive
          line 7: prune.train.limit: found 0, expected at least 1
          line 8: prune.calibration-frames: found 0, expected at least 1
          line 9: prune.finetune.epoch: is no part of a recipe (did you mean 'epochs'?); there are \
        epochs, batch, crop, scale, flip, colour, resize, loss, class-weights, hard-share, auxiliary-weight, \
        optimiser, learning-rate, momentum, nesterov, weight-decay, freeze, gate-optimiser, gate-until, \
        warm-up-epochs, schedule, power, step-epochs, step-factor, distill, clip-norm, ema, evaluate-every, threads
          line 9: prune.finetune.batch: training recipe: option batch=many: expected a whole number, \
        found many
          line 9: prune.finetune.minutes: gives a fast network more steps than a slow one; give epochs
          line 9: prune.finetune.learning-rate: training recipe: option learning-rate=-1: \
        learningRate is -1, expected at least 0
          line 11: prune.variants[0].technique: found fliter (did you mean 'filter'?), expected one \
        of filter, layer, joint, dynamic, dense
          line 12: prune.variants[1].keep: found mac=0.6 (did you mean 'macs'?), expected a share \
        of macs, params, filters, latency
          line 13: prune.variants[2].keep: found 0.6, expected a measure and a share above 0 to 1, \
        for example latency=0.6
          line 14: prune.variants[3].technique: filters are pruned to a share: give one to keep, \
        macs=0.6 say
          line 15: prune.variants[4].technique: criterion imprint scores layers, not filters; filters \
        can be scored by bn-scale, fpgm, hrank, l1, l2, random, taylor-bn, taylor-gate, taylor-map, \
        taylor-weight
          line 16: prune.variants[5].remove-layers: found 0, expected a whole number from 1 on
          line 17: prune.variants[6].technique: says not how much remains: give keep (latency=0.6, say), \
        or remove-layers (3, say)
          line 18: prune.variants[7].keep: does not go with technique dense, which removes nothing
          line 19: key 'prune.variants[8].parent' is missing: expected a text
          line 20: prune.variants[9].technique: belongs to a pruned parent, not to an architecture
          line 20: prune.variants[9].criterion: belongs to a pruned parent, not to an architecture
          line 21: prune.variants[10].name: stands for 2 variants; give each a line of its own, or \
        leave the name out
          line 22: unknown key 'prune.variants[11].criteria' (did you mean 'criterion'?); known here: \
        name, seed, architecture, parent, technique, keep, remove-layers, criterion, scope, \
        minimum-width, round-epochs, multiple, iterations, spare, from-scratch""",
        e.getMessage());
  }
}
