package io.drivemark.eval.runner.study.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RobustnessKeysTest {
  private static Study parse(String more) {
    return Study.parse(
        "study.yaml",
        """
        schema: drivemark-study/1
        datasets: [synthdrive]
        models: [a.onnx]
        engines: [onnxruntime]
        """
            + more);
  }

  private static String refusal(String more) {
    return assertThrows(BadInputException.class, () -> parse(more)).getMessage();
  }

  @Test
  void withoutTheKeyNothingIsCorruptedAndNothingIsWritten() {
    Study study = parse("");
    assertEquals(Optional.empty(), study.robustness());
    assertEquals(-1, study.toYaml().indexOf("robustness"));
  }

  @Test
  void anEmptyKeyIsAllCorruptionsAtTwoSeveritiesOnFortyFrames() {
    Study study = parse("robustness: {}\n");
    RobustnessSpec spec = study.robustness().orElseThrow();
    assertEquals(Corruptions.installed().names(), spec.corruptions());
    assertEquals(List.of(1, 3), spec.severities());
    assertEquals(40, spec.frames());
    assertEquals(List.of(), spec.conditions());
    assertEquals(study, Study.parse("resolved", study.toYaml()));
    assertEquals(study, parse("robustness: {corruptions: all}\n"));
  }

  @Test
  void allOfItIsReadAndWritten() {
    Study study =
        parse(
            """
            robustness:
              corruptions: [fog, dark]
              severities: [5, 1]
              frames: 12
              conditions: [{weather: fog}, {light: night, weather: rain}]
            """);
    assertEquals(
        new RobustnessSpec(
            List.of("fog", "dark"),
            List.of(1, 5),
            12,
            List.of(Map.of("weather", "fog"), Map.of("light", "night", "weather", "rain"))),
        study.robustness().orElseThrow());
    assertEquals(study, Study.parse("resolved", study.toYaml()));
    Study weather = parse("robustness: {corruptions: none, conditions: [{light: dusk}]}\n");
    assertEquals(List.of(), weather.robustness().orElseThrow().corruptions());
    assertEquals(weather, Study.parse("resolved", weather.toYaml()));
  }

  @Test
  void mistakesAreToldWithWhatIsExpected() {
    assertEquals(
        "study.yaml: line 5: robustness.corruptions: no corruption is called 'fogg' (did you mean"
            + " 'fog'?); known: "
            + String.join(", ", Corruptions.installed().names())
            + ", or all or none",
        refusal("robustness: {corruptions: [fogg]}\n"));
    assertEquals(
        "study.yaml: line 5: robustness.severities: found [0, 3], expected numbers 1 to 5",
        refusal("robustness: {severities: [0, 3]}\n"));
    assertEquals(
        "study.yaml: line 5: robustness.frames: found 0, expected at least 1",
        refusal("robustness: {frames: 0}\n"));
    assertEquals(
        "study.yaml: line 5: robustness.corruptions: found none, and no conditions: expected one of"
            + " the two, or no robustness at all",
        refusal("robustness: {corruptions: none}\n"));
    assertEquals(
        "study.yaml: line 5: require: robustShare is bounded, but no frames are corrupted; add"
            + " 'robustness: {}'",
        refusal("require: {robustShare: '>=0.5'}\n"));
  }
}
