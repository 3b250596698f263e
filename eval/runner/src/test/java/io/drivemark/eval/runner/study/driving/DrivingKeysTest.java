package io.drivemark.eval.runner.study.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.CameraFault.Kind;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the camera and paced runs; the other keys are looked at where they are used. */
class DrivingKeysTest {
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

  private static DrivingSpec read(String driving) {
    Study study = parse("driving: " + driving + "\n");
    assertEquals(study, Study.parse("resolved", study.toYaml()), "written and read again");
    return study.driving().orElseThrow();
  }

  @Test
  void camerasFailAndRunsArePacedOnRequestAlone() {
    DrivingSpec usual = read("{}");
    assertEquals(DrivingSpec.DEFAULT, usual);
    String written = parse("driving: {}\n").toYaml();
    for (String key : List.of("dropped", "frozen", "pace")) {
      assertEquals(-1, written.indexOf(key), written);
    }
  }

  @Test
  void faultsAreSharesOfThePictures() {
    DrivingSpec spec = read("{dropped: [0.05, 0.2], frozen: 0.1}");
    assertEquals(
        List.of(
            new CameraFault(Kind.DROPPED, 0.05),
            new CameraFault(Kind.DROPPED, 0.2),
            new CameraFault(Kind.FROZEN, 0.1)),
        spec.faults());
  }

  @Test
  void aPacedRunTakesThirtySecondsWhereNothingIsSaid() {
    assertEquals(OptionalDouble.of(30), read("{pace: camera}").soakSeconds());
    assertEquals(OptionalDouble.of(90), read("{pace: camera, pace-seconds: 90}").soakSeconds());
  }

  /** A stored study may have been run without latency after it was read. */
  @Test
  void aPaceWithoutTimedRunsIsRefused(@TempDir Path folder) throws IOException {
    String text =
        """
        schema: drivemark-study/1
        datasets: [synthdrive]
        models: [a.onnx]
        engines: [onnxruntime]
        latency: off
        driving: {pace: camera, pace-seconds: 60}
        """;
    Path file = folder.resolve("study.yaml");
    Files.writeString(file, text);
    assertEquals(
        file
            + ": line 6: driving.pace: a paced run is held against timed runs, and latency is off;"
            + " remove latency: off, or pace and pace-seconds",
        assertThrows(BadInputException.class, () -> Study.read(file)).getMessage());
    Files.writeString(file, text.replace("latency: off", "latency: {runs: 20}"));
    Study timed = Study.read(file);
    assertEquals(OptionalDouble.of(60), timed.driving().orElseThrow().soakSeconds());
    Study until = timed.withLatency(Optional.empty());
    assertEquals(until, Study.parse("results", until.toYaml()));
  }

  @Test
  void mistakesAreToldWithWhatIsExpected() {
    assertEquals(
        "study.yaml: line 5: driving.dropped: found 5.0, expected numbers above 0, at most 0.9:"
            + " shares of the pictures",
        refusal("driving: {dropped: 5}\n"));
    assertEquals(
        "study.yaml: line 5: driving.frozen: 0.1 stands twice in the list",
        refusal("driving: {frozen: [0.1, 0.1]}\n"));
    assertEquals(
        "study.yaml: line 5: driving.pace: found engine, expected one of camera",
        refusal("driving: {pace: engine}\n"));
    assertEquals(
        "study.yaml: line 5: driving.pace-seconds: says how long the pace is kept; add pace: camera",
        refusal("driving: {pace-seconds: 5}\n"));
    assertEquals(
        "study.yaml: line 5: driving.pace-seconds: found 1.0, expected at least 1 s and more than"
            + " the warm-up, at most 3600 s",
        refusal("driving: {pace: camera, pace-seconds: 1}\n"));
  }
}
