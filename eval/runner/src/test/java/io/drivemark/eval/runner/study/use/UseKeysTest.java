package io.drivemark.eval.runner.study.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a study meets which dataset, as study files say it. */
class UseKeysTest {
  private static Study parse(String use, String more) {
    return Study.parse(
        "study.yaml",
        """
        schema: drivemark-study/1
        datasets:
          - {name: synthdrive, count: 40}
          - {name: synthdrive, count: 48%s}
        models: [a.onnx, enet-camvid, {architecture: erfnet, name: raw}]
        engines: [onnxruntime, pytorch]
        %s
        """
            .formatted(use, more));
  }

  private static String refusal(String use, String more) {
    return assertThrows(BadInputException.class, () -> parse(use, more)).getMessage();
  }

  @Test
  void withoutTheKeyAllMeetsAllAndNothingIsWritten() {
    Study study = parse("", "");
    assertEquals(DatasetUse.ALL, study.datasets().get(1).use());
    assertFalse(study.toYaml().contains("use:"), study.toYaml());
    String all = "driving: {}\nrobustness: {}\ngauges: [steadiness]";
    assertEquals(parse("", all), parse(", use: {sections: [gauges, robustness, driving]}", all));
  }

  @Test
  void modelsEnginesAndSectionsAreReadAndWritten() {
    Study study =
        parse(", use: {models: [raw, a.onnx], engines: pytorch, sections: []}", "driving: {}");
    DatasetUse use = study.datasets().get(1).use();
    assertEquals(new DatasetUse(Set.of("a.onnx", "raw"), Set.of("pytorch"), List.of()), use);
    assertEquals(List.of("raw", "a.onnx"), List.copyOf(use.models()), "in their order");
    assertFalse(use.hasModel("enet-camvid") || use.hasEngine("onnxruntime"));
    assertFalse(use.hasSection("driving"));
    assertEquals(study, Study.parse("resolved", study.toYaml()));
  }

  @Test
  void whatTheStudyLacksIsNamed() {
    assertEquals(
        """
        study.yaml: 3 problems
          line 4: datasets[1].use.sections: found drivign (did you mean 'driving'?), expected some \
        of driving, robustness, gauges
          line 2: datasets: one is used for models enet, expected some of the study's: a.onnx, \
        enet-camvid, raw
          line 2: datasets: one is used for engines onnx, expected some of the study's: onnxruntime, \
        pytorch""",
        refusal(", use: {models: [enet], engines: [onnx], sections: [drivign]}", ""));
  }

  @Test
  void namesStandOnceAndListsHaveSome() {
    assertEquals(
        """
        study.yaml: 2 problems
          line 4: datasets[1].use.models: raw stands twice in the list
          line 4: datasets[1].use.engines: found none, expected at least one; leave the key out for \
        all of the study""",
        refusal(", use: {models: [raw, raw], engines: []}", ""));
  }

  /** What is in a study and used nowhere would be left out in silence. */
  @Test
  void whatIsUsedForNoDatasetIsRefused() {
    String all = "use: {models: [a.onnx], engines: [pytorch], sections: []}";
    String text =
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, %s}]
        models: [a.onnx, b.onnx]
        engines: [onnxruntime, pytorch]
        driving: {}
        robustness: {}
        gauges: [steadiness]
        """
            .formatted(all);
    assertEquals(
        """
        study.yaml: 5 problems
          line 3: models: b.onnx is used for no dataset; name it in the use of one, or leave it out
          line 4: engines: onnxruntime is used for no dataset; name it in the use of one, or leave it \
        out
          line 5: driving: is asked of no dataset; add it to the sections of one's use, or leave it out
          line 6: robustness: is asked of no dataset; add it to the sections of one's use, or leave it \
        out
          line 7: gauges: is asked of no dataset; add it to the sections of one's use, or leave it out""",
        assertThrows(BadInputException.class, () -> Study.parse("study.yaml", text)).getMessage());
  }

  @Test
  void aParentOfVariantsIsAModelOfTheStudy() {
    Study study =
        Study.parse(
            "study.yaml",
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, use: {models: [enet-camvid]}}, {name: camvid, root: d}]
            engines: [onnxruntime]
            prune:
              variants: [{parent: enet-camvid, technique: filter, keep: macs=0.6}]
            """);
    assertEquals(Set.of("enet-camvid"), study.datasets().get(0).use().models());
  }
}
