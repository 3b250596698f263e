package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.cue.Cues;
import io.drivemark.architectures.cue.standard.Cascade;
import io.drivemark.architectures.cue.standard.Keyframes;
import io.drivemark.architectures.cue.standard.Smooth;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks with cues in a study's file. */
@Tag("text")
class CueKeysTest {
  private static final Path FOLDER = Path.of("studies");

  private static Study read(String models) {
    return StudyFile.parse(
        "study.yaml",
        "schema: drivemark-study/1\ndatasets: [synthdrive]\nengines: [onnxruntime]\nmodels:\n"
            + models.indent(2),
        FOLDER);
  }

  private static String problem(String models) {
    return assertThrows(BadInputException.class, () -> read(models)).getMessage();
  }

  @Test
  void aModelWithCuesIsReadAndWrittenBack() {
    Study study =
        read(
            """
            - {of: dabnet-synthdrive, cues: [{keyframes: {every: 2}}]}
            - {of: my.yaml, name: mine, cues: [{smooth: {keep: 0.5}}, {keyframes: {every: 4}}]}
            - {of: a, name: two, cues: [{cascade: {then: b.onnx}}]}
            """);
    assertEquals(
        List.of(
            new ModelSource.Cued(
                "dabnet-synthdrive", Optional.empty(), new Cues(List.of(new Keyframes(2)))),
            new ModelSource.Cued(
                "studies/my.yaml",
                Optional.of("mine"),
                new Cues(List.of(new Smooth(0.5), new Keyframes(4)))),
            new ModelSource.Cued(
                "a", Optional.of("two"), new Cues(List.of(new Cascade(0.9, "studies/b.onnx"))))),
        study.models());
    assertEquals(study, Study.parse("resolved", study.toYaml()));
    assertEquals(study.toYaml(), Study.parse("resolved", study.toYaml()).toYaml());
    assertTrue(
        study
            .toYaml()
            .contains(
                """
                - of: dabnet-synthdrive
                  cues:
                  - keyframes:
                      between: repeat
                      every: 2
                      offset: 0
                """),
        study.toYaml());
  }

  @Test
  void itIsCalledAfterTheNetworkAndItsCues() {
    ModelSource.Cued cued =
        (ModelSource.Cued)
            read("- {of: a, cues: [{smooth: {keep: 0.5}}, {keyframes: {every: 2}}]}")
                .models()
                .get(0);
    assertEquals("enet-cue-smooth0.5+keyframes2", cued.name("enet"));
  }

  @Test
  void theNetworkInsideIsMeasuredAsWell() {
    Study study =
        read(
            """
            - {of: a, cues: [skip-if-still]}
            - {name: a, mapping: m}
            - {of: b, cues: [skip-if-still]}
            """);
    assertEquals(
        List.of(
            new ModelSource.Named("a", Optional.of("m")),
            study.models().get(0),
            new ModelSource.Named("b"),
            study.models().get(2)),
        study.modelsAndParents());
  }

  @Test
  void whatIsMissingOrTooMuchIsToldTogether() {
    assertEquals(
        """
        study.yaml: 9 problems
          line 5: models[0].cues: stands without of: name the model inside, as {of: MODEL, cues: \
        [...]}; it becomes a row of its own
          line 6: models[1].of: stands without cues: expected those around it, for example cues: \
        [skip-if-still]
          line 7: models[2].file: stands beside of and cues: expected one of the two; of takes the \
        path of a file as well
          line 8: models[3].architecture: stands beside of and cues: it has random weights; take a \
        model that was trained
          line 9: models[4].mapping: stands beside of and cues: classes are mapped as those of the \
        model inside; write the mapping where that is named, as {name: MODEL, mapping: MAPPING}
          line 10: models[5].name: is missing, expected what to call it: its cues run a network by \
        its path, which is no part of a name
          line 11: models[6].cues[0].keyframe: no cue is called 'keyframe' (did you mean \
        'keyframes'?); there are cascade, ensemble, keyframes, location-prior, skip-if-still, smooth
          line 13: models[8].name: stands twice in the list
          line 12: unknown key 'models[7].cue' (did you mean 'cues'?); known here: of, cues, \
        architecture, mapping, file, name""",
        problem(
            """
            - {name: a, cues: [skip-if-still]}
            - {of: a}
            - {of: a, file: b.onnx, cues: [skip-if-still]}
            - {of: c, architecture: enet, cues: [skip-if-still]}
            - {of: d, mapping: m, cues: [skip-if-still]}
            - {of: a, cues: [{cascade: {then: b.onnx}}]}
            - {of: g, cues: [{keyframe: {every: 2}}]}
            - {name: f, cue: skip-if-still}
            - {of: a, cues: [skip-if-still]}
            """));
  }
}
