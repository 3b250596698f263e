package io.drivemark.eval.runner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.GatedYard;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which cells a study of networks with cues has, and what is refused before anything runs. */
class CuedPlanTest {
  private static final String SCENES = "{name: synthdrive, count: 3, size: 32x48}";
  private static final String DRIVES =
      "{name: synthdrive, count: 8, size: 32x48, options: {rate: 30, sequence: 4}}";

  private static Plan plan(String dataset, String models, String rest) {
    Sources sources =
        new Sources(Datasets::open, CuedPlanTest::model, Engines::named, NanoClock.SYSTEM);
    Study study =
        Study.parse(
            "study",
            """
            schema: drivemark-study/1
            datasets: [%s]
            models: %s
            engines: [{name: onnxruntime, threads: 1}]
            %s
            """
                .formatted(dataset, models, rest));
    return Plan.of(study, List.of(), sources);
  }

  private static Model model(String name) {
    Model plain = Yard.model(name, "camvid-11", 0);
    ModelSpec spec = plain.spec();
    return switch (name) {
      case "random" ->
          new Model(spec.withProvenance(Map.of("weights", "random, seed 1")), plain.network());
      case "far" ->
          new Model(
              spec.withHeads(
                  List.of(
                      new Head(
                          "depth",
                          Optional.of("scores"),
                          new DepthHead(1, 80, DepthHead.Form.LOG)))),
              plain.network());
      case "gated" -> new Model(spec, GatedYard.gated(name).network());
      default -> plain;
    };
  }

  private static List<String> names(Plan plan) {
    return plan.cells().stream().map(cell -> cell.model().spec().name()).toList();
  }

  private static String refusal(String dataset, String models) {
    return assertThrows(BadInputException.class, () -> plan(dataset, models, "")).getMessage();
  }

  @Test
  void theNetworkInsideStandsBeforeItsFirstRowWithCues() {
    String cued = "{of: a, cues: [skip-if-still]}";
    assertEquals(List.of("a", "a-cue-still0.1"), names(plan(DRIVES, "[" + cued + "]", "")));
    assertEquals(
        List.of("b", "a", "a-cue-still0.1", "c"),
        names(plan(DRIVES, "[b, " + cued + ", a, c]", "")));
    assertEquals(
        List.of("a", "b", "a-cue-still0.1"), names(plan(DRIVES, "[a, b, " + cued + "]", "")));
  }

  @Test
  void onlyKeysOfCellsWithCuesNameThem() {
    Plan plan =
        plan(
            DRIVES,
            "[a, {of: a, cues: [{keyframes: {every: 2}}]}, {of: a, cues: [{cascade: {then: b}}]}]",
            "");
    Cell inside = plan.cells().get(0);
    assertFalse(inside.spec().containsKey(Cell.CUES));
    Cell key = plan.cells().get(1);
    assertTrue(
        key.spec()
            .get(Cell.CUES)
            .matches(
                "keyframes\\[between=repeat, every=2, offset=0\\] derivation 1; drives 1"
                    + " [0-9a-f]{16}"),
        key.spec().get(Cell.CUES));
    assertEquals(Map.of("parent-digest", inside.modelDigest()), key.model().spec().provenance());
    Cell cascade = plan.cells().get(2);
    assertTrue(
        cascade
            .spec()
            .get(Cell.CUES)
            .matches(
                "cascade\\[below=0.9, then=b\\] derivation 1 network "
                    + Models.digest(model("b"))
                    + "; b at 32x48 mapped [0-9a-f]{16}"),
        cascade.spec().get(Cell.CUES));
    assertEquals(1, CuedCells.furtherNetworks(cascade));
    assertEquals(0, CuedCells.furtherNetworks(inside));
  }

  @Test
  void aPriorIsLearntFromTheWholeTrainSplit() {
    String models = "[{of: a, cues: [{location-prior: {strength: -1}}]}]";
    String few = "{name: synthdrive, count: 3, size: 32x48, limit: 1}";
    String whole = plan(SCENES, models, "").cells().get(1).spec().get(Cell.CUES);
    assertEquals(whole, plan(few, models, "").cells().get(1).spec().get(Cell.CUES));
    String more = "{name: synthdrive, count: 4, size: 32x48}";
    assertNotEquals(whole, plan(more, models, "").cells().get(1).spec().get(Cell.CUES));
  }

  @Test
  void cuesThatRememberNeedSequencesAndTheirRate() {
    assertEquals(
        "cues: what was seen before is not known on synthdrive/val: frames with labels of sequence"
            + " val_000000 are 0.5 s apart, at most 0.2 s can be judged; declare layout.stream with"
            + " the pictures that the camera took before each of them, for example stream:"
            + " 'video/{id}.png' (synthdrive: options: {sequence: 60, rate: 30})",
        refusal(SCENES, "[{of: a, cues: [{smooth: {keep: 0.5}}]}]"));
  }

  @Test
  void networksThatCuesCannotBePutAroundAreRefused() {
    String cues = ", cues: [{cascade: {then: b}}]}]";
    assertEquals(
        "model random: its weights are random, and cues change what is answered; take a model that"
            + " was trained",
        refusal(SCENES, "[{of: random" + cues));
    assertEquals(
        "model far: cues need a network that answers with labels alone, found depth (depth, log,"
            + " 1.0 to 80.0 m); take its cues away, or another network",
        refusal(SCENES, "[{of: far" + cues));
    assertEquals(
        "model far: cues need a network that answers with labels alone, found depth (depth, log,"
            + " 1.0 to 80.0 m); take its cues away, or another network",
        refusal(SCENES, "[{of: a, cues: [{ensemble: {with: [far]}}]}]"));
    assertEquals(
        "model gated switches units for each frame, and cues around such a network are not built;"
            + " take its cues away, or another network",
        refusal(SCENES, "[{of: gated" + cues));
  }

  @Test
  void whatIsAskedOfNetworksAloneIsSaid() {
    String models = "[{of: a, cues: [{keyframes: {every: 2}}]}]";
    String rest = "robustness: {corruptions: [fog], frames: 2}";
    Plan plan = plan(DRIVES, models, rest);
    Study study =
        Study.parse(
            "study",
            "schema: drivemark-study/1\ndatasets: ["
                + DRIVES
                + "]\nmodels: "
                + models
                + "\nengines: [onnxruntime]\n"
                + rest
                + "\n");
    assertEquals(
        List.of(
            "it is not judged on corrupted frames, which stand apart, without those before them"),
        CuedCells.notes(plan.cells().get(1), study));
    assertEquals(List.of(), CuedCells.notes(plan.cells().get(0), study));
  }

  @Test
  void aDatasetThatIsUsedForARowWithCuesIsUsedForTheNetworkInside() {
    String drives = DRIVES.replace("name:", "use: {models: [a-cue-keyframes2]}, name:");
    String scenes = SCENES.replace("name:", "use: {models: [b]}, name:");
    String models = "[b, {of: a, cues: [{keyframes: {every: 2}}]}]";
    assertEquals(
        List.of("a", "a-cue-keyframes2", "b"),
        names(plan(drives + ", " + scenes, models, "")),
        "scenes have no sequences, which key frames need");
  }

  @Test
  void rowsWithCuesAreNotAskedHowSureTheyAre() {
    String models = "[{of: a, cues: [{keyframes: {every: 2}}]}]";
    Plan plan = plan(DRIVES, models, "gauges: [calibration, boundary-f]");
    assertEquals(List.of(true, false), plan.cells().stream().map(CuedPlanTest::isAsked).toList());
    assertTrue(plan.cells().get(1).spec().get("gauges").contains("boundary-f"));
    Study study =
        Study.parse(
            "study",
            "schema: drivemark-study/1\ndatasets: [synthdrive]\nmodels: "
                + models
                + "\nengines: [onnxruntime]\ngauges: [calibration]\n");
    assertEquals(
        List.of(
            "it is not judged how sure it is: cues change labels and say of none how sure they are"),
        CuedCells.notes(plan.cells().get(1), study));
  }

  private static boolean isAsked(Cell cell) {
    return cell.gauges().stream().anyMatch(gauge -> gauge.name().equals("calibration"));
  }

  @Test
  void rowsOfOneNameAreRefused() {
    assertEquals(
        "two models are called 'a-cue-still0.1'; give one of them another name, in the study or in"
            + " its model file",
        refusal(
            DRIVES,
            "[{of: a, cues: [skip-if-still]},"
                + " {of: b, name: a-cue-still0.1, cues: [{smooth: {keep: 0}}]}]"));
  }
}
