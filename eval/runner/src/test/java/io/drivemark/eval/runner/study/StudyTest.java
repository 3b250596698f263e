package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class StudyTest {
  private static final Path FOLDER = Path.of("studies");

  private static final String CONTRACT =
      """
      schema: drivemark-study/1
      datasets: [{name: camvid, root: ../shared/data/camvid, split: val, limit: 101}]
      models: [enet-camvid, {file: espnet-camvid-published.yaml}]
      engines: [{name: onnxruntime, threads: 2}]      # each model on each
      size: native
      mapping: auto
      grid: logits-bilinear
      protocol: cityscapes
      latency: {runs: 200}
      seed: 1
      require: {miou: ">=0.5"}
      """;

  @Test
  void everyKeyOfTheContractIsRead() {
    Study study = parse(CONTRACT);
    assertEquals(
        new Study(
            List.of(
                new DatasetSpec(
                    "camvid",
                    Optional.of(Path.of("studies/../shared/data/camvid")),
                    "val",
                    OptionalInt.of(101),
                    Map.of())),
            Study.named(List.of("enet-camvid", "studies/espnet-camvid-published.yaml")),
            List.of(new EngineSpec("onnxruntime", OptionalInt.of(2))),
            Optional.empty(),
            "auto",
            Grid.LOGITS_BILINEAR,
            "cityscapes",
            Optional.of(new LatencySpec(200)),
            1,
            List.of(new Requirement(Quantity.MIOU, Requirement.Comparison.AT_LEAST, 0.5)),
            Optional.empty()),
        study);
  }

  @Test
  void anEngineMaySayHowGatesAreRun() {
    Study study =
        parse(
            """
            schema: drivemark-study/1
            datasets: [synthdrive]
            models: [a.onnx]
            engines: [onnxruntime, {name: onnxruntime, form: masked}]
            """);
    assertEquals(GateForm.AUTO, study.engines().get(0).form());
    assertEquals(GateForm.MASKED, study.engines().get(1).form());
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
    BadInputException wrong =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    """
                    schema: drivemark-study/1
                    datasets: [synthdrive]
                    models: [a.onnx]
                    engines: [{name: onnxruntime, form: mask}]
                    """));
    assertTrue(
        wrong
            .getMessage()
            .contains(
                "found mask (did you mean 'masked'?), expected one of auto, masked, gathered,"
                    + " blocked"),
        wrong.getMessage());
  }

  @Test
  void whatIsLeftOutHasTheContractsDefaults() {
    Study study =
        parse(
            """
            schema: drivemark-study/1
            datasets: [synthdrive]
            models: [a.onnx]
            engines: [onnxruntime]
            """);
    assertEquals("val", study.datasets().get(0).split());
    assertEquals(Study.named(List.of("studies/a.onnx")), study.models());
    assertEquals(OptionalInt.empty(), study.engines().get(0).threads());
    assertEquals(Optional.empty(), study.size());
    assertEquals("auto", study.mapping());
    assertEquals(Grid.LOGITS_BILINEAR, study.grid());
    assertEquals("cityscapes", study.protocol());
    assertEquals(Optional.of(new LatencySpec(200)), study.latency());
    assertEquals(1, study.seed());
  }

  @Test
  void generatedDatasetsTakeCountSeedAndSize() {
    Study study =
        parse(
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, count: 20, seed: 3, size: 96x128}]
            models: [m]
            engines: [onnxruntime]
            size: 512x1024
            latency: off
            """);
    assertEquals(
        Map.of("count", "20", "seed", "3", "size", "96x128"), study.datasets().get(0).options());
    assertEquals(Optional.of(new FrameSize(512, 1024)), study.size());
    assertEquals(Optional.empty(), study.latency());
  }

  @Test
  void operatorsAreLookedAtWhenAskedFor() {
    Study study = parse(CONTRACT.replace("{runs: 200}", "{runs: 30, operators: true}"));
    assertEquals(Optional.of(new LatencySpec(30).withOperators(true)), study.latency());
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
  }

  @Test
  void asManySessionsAreOpenAsTheStudySays() {
    Study study = parse(CONTRACT.replace("{runs: 200}", "{group: 6}"));
    assertEquals(Optional.of(new LatencySpec(200, false, 6)), study.latency());
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> parse(CONTRACT.replace("{runs: 200}", "{runs: 9, group: 1}")));
    assertTrue(e.getMessage().contains("found 9, expected at least 10"), e.getMessage());
    assertTrue(e.getMessage().contains("found 1, expected at least 3"), e.getMessage());
  }

  @Test
  void theResolvedStudyReadsBackToItself() {
    Study study = parse(CONTRACT).withThreads(4);
    assertEquals(study, StudyFile.parse("resolved", study.toYaml(), Path.of("")));
  }

  @Test
  void aModelMayHaveItsOwnMapping() {
    Study study =
        parse(
            """
            schema: drivemark-study/1
            datasets: [synthdrive]
            models:
              - {file: a.yaml, mapping: cityscapes-19-to-camvid-11}
              - {name: enet-camvid, mapping: maps/mine.yaml}
              - b.onnx
            engines: [onnxruntime]
            mapping: other.yaml
            """);
    assertEquals(
        List.of(
            new ModelSource.Named("studies/a.yaml", Optional.of("cityscapes-19-to-camvid-11")),
            new ModelSource.Named("enet-camvid", Optional.of("studies/maps/mine.yaml")),
            new ModelSource.Named("studies/b.onnx")),
        study.models());
    assertEquals("studies/other.yaml", study.mapping());
    Study resolved = study.withThreads(2);
    assertEquals(resolved, StudyFile.parse("resolved", resolved.toYaml(), Path.of("")));
  }

  @Test
  void aMappingBesideAnArchitectureIsAProblem() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    CONTRACT.replace(
                        "[enet-camvid,", "[{architecture: erfnet, mapping: x.yaml},")));
    assertEquals(
        "study.yaml: line 3: models[0].mapping: stands beside architecture, which is built with the"
            + " dataset's own classes",
        e.getMessage());
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> parse(CONTRACT.replace("protocol:", "protocoll:")));
    assertEquals(
        "study.yaml: line 8: unknown key 'protocoll' (did you mean 'protocol'?); known here: "
            + "schema, datasets, models, engines, size, mapping, grid, protocol, latency, seed, "
            + "require, prune, gauges, depth, driving, robustness",
        e.getMessage());
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                parse(
                    """
                    schema: drivemark-study/2
                    datasets: [{name: camvid, limit: 0, rot: x}]
                    engines: [{name: onnxruntime, threads: 0}]
                    size: 360
                    grid: logits-bilinaer
                    latency: {runs: 5}
                    require: {miou: 0.5}
                    """));
    assertEquals(
        """
        study.yaml: 9 problems
          line 1: schema: found drivemark-study/2, expected drivemark-study/1
          line 2: datasets[0].limit: found 0, expected at least 1
          line 1: models: found none, expected a list of at least one
          line 3: engines[0].threads: found 0, expected at least 1
          line 4: size: found 360, expected native or HEIGHTxWIDTH, for example 360x480
          line 5: grid: found logits-bilinaer (did you mean 'logits-bilinear'?), expected one of \
        logits-bilinear, labels-nearest
          line 6: latency.runs: found 5, expected at least 10
          line 7: require.miou: found '0.5', expected a bound such as '>=0.5'
          line 2: unknown key 'datasets[0].rot' (did you mean 'root'?); known here: name, root, \
        split, limit, count, seed, size, options, where, use\
        """,
        e.getMessage());
  }

  /** Control characters were written as a tag, which no study may have. */
  @Test
  void whateverADatasetIsCalledIsReadBack() {
    Study study = parse(CONTRACT.replace("name: camvid,", "name: \"a\\a\\u0085\\e[1m\","));
    assertEquals("a\u0007\u0085\u001b[1m", study.datasets().get(0).name());
    assertEquals(study, StudyFile.parse("again", study.toYaml(), Path.of("")));
    BadInputException nul =
        assertThrows(
            BadInputException.class,
            () -> parse(CONTRACT.replace("name: camvid,", "name: \"a\\0\",")));
    assertEquals(
        "study.yaml: line 2: a text has the character U+0000, which no name and no path can have;"
            + " leave it out",
        nul.getMessage());
  }

  @Test
  void anArchitectureIsAModelWithRandomWeights() {
    Study study =
        parse(
            CONTRACT.replace(
                "[enet-camvid,",
                "[{architecture: erfnet}, {architecture: enet, options: {width: 0.5}},"
                    + " {architecture: unet, name: big},"));
    assertEquals(
        List.of(
            new ModelSource.Untrained("erfnet-untrained", "erfnet", Map.of()),
            new ModelSource.Untrained("enet-width0.5-untrained", "enet", Map.of("width", "0.5")),
            new ModelSource.Untrained("big", "unet", Map.of())),
        study.models().subList(0, 3));
    Study resolved = study.withThreads(2);
    assertEquals(resolved, StudyFile.parse("resolved", resolved.toYaml(), Path.of("")));
  }

  @Test
  void anArchitectureBesideAFileIsAProblem() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> parse(CONTRACT.replace("{file:", "{architecture: espnet, file:")));
    assertEquals(
        "study.yaml: line 3: models[1].file: stands beside architecture: a study's architecture has"
            + " random weights; write a model file for weights that are there",
        e.getMessage());
  }

  @Test
  void aModelThatStandsTwiceIsAProblem() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> parse(CONTRACT.replace("[enet-camvid,", "[enet-camvid, enet-camvid,")));
    assertEquals("study.yaml: line 3: models[1].name: stands twice in the list", e.getMessage());
  }

  private static Study parse(String text) {
    return StudyFile.parse("study.yaml", text, FOLDER);
  }
}
