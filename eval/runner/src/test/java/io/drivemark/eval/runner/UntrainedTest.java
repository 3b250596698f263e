package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Quantity;
import io.drivemark.eval.runner.study.Requirement;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Architectures with random weights in a study: speed and cost, and no accuracy. */
class UntrainedTest {
  private static final ModelSource PLAIN = new ModelSource.Named("plain");
  private static final ModelSource ENET =
      new ModelSource.Untrained("enet-untrained", "enet", Map.of());

  @TempDir private Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeYard() {
    yaml = Yard.write(folder.resolve("yard"));
    out = folder.resolve("out");
  }

  @Test
  void randomWeightsHaveSpeedAndCostAndNoAccuracy() throws IOException {
    StudyResult result = run(List.of(PLAIN, ENET), Optional.of(new LatencySpec(10)));
    assertEquals(0, result.exitCode());
    Entry trained = result.entries().get(0);
    Entry untrained = result.entries().get(1);
    assertTrue(trained.model().trained());
    assertTrue(trained.accuracy().isPresent());
    assertFalse(untrained.model().trained());
    assertEquals(Map.of("weights", "random, seed 1"), untrained.model().provenance());
    assertEquals("3", untrained.model().options().get("classes"));
    assertTrue(untrained.complete());
    assertEquals(Optional.empty(), untrained.accuracy());
    assertEquals(10, untrained.speed().orElseThrow().endToEnd().count());
    assertTrue(untrained.cost().orElseThrow().macs().orElseThrow() > 0);
    assertEquals(
        "not measured: the weights are random, the network was not trained",
        untrained.method().get("accuracy"));

    JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("results.json")));
    assertTrue(json.at("/entries/0/trained").booleanValue());
    assertFalse(json.at("/entries/1/trained").booleanValue());
    assertTrue(json.at("/entries/1/accuracy").isNull());
    assertEquals(result, RunStore.read(out));
  }

  @Test
  void aFinishedCellIsNotRunAgain() {
    Yard.Watched engine = new Yard.Watched(i -> {});
    Study study = study(List.of(ENET), Optional.empty());
    Sources sources = Yard.sources(name -> engine);
    StudyResult first = new Runner(study, out, Progress.NONE, sources).run();
    assertEquals(2, engine.inferences.get(), "a frame and the canary");
    assertEquals(first.entries(), new Runner(study, out, Progress.NONE, sources).run().entries());
    assertEquals(2, engine.inferences.get());
  }

  @Test
  void anAccuracyThatSomebodyWroteIntoTheRecordIsRefused() throws IOException {
    Entry plain = run(List.of(PLAIN), Optional.empty()).entries().get(0);
    Path record = out.resolve(plain.folder()).resolve("record.json");
    Files.writeString(
        record,
        Files.readString(record)
            .replaceFirst("\"epochs\" : \"0\"", "\"weights\" : \"random, seed 1\""));
    assertEquals(
        record
            + ": this record cannot be trusted: it has an accuracy, its weights are random; remove"
            + " the folder "
            + record.getParent()
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }

  @Test
  void aBoundOnAccuracyIsNotKept() {
    Study study = study(List.of(ENET), Optional.empty());
    Requirement bound = new Requirement(Quantity.MIOU, Requirement.Comparison.AT_LEAST, 0.5);
    Study strict =
        new Study(
            study.datasets(),
            study.models(),
            study.engines(),
            study.size(),
            study.mapping(),
            study.grid(),
            study.protocol(),
            study.latency(),
            study.seed(),
            List.of(bound),
            Optional.empty());
    StudyResult result = new Runner(strict, out, Progress.NONE, Yard.sources()).run();
    assertEquals(
        List.of(
            "enet-untrained on yard/val with onnxruntime at 12x20: miou is undefined or not"
                + " measured, required >=0.5"),
        result.findings());
  }

  @Test
  void wrongNamesAndOptionsAreReportedTogether() {
    List<ModelSource> models =
        List.of(
            new ModelSource.Untrained("a", "unet-vgg16", Map.of("widht", "1")),
            new ModelSource.Untrained("a", "enett", Map.of()));
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(models, Optional.empty()));
    assertTrue(
        e.getMessage()
            .startsWith(
                "study: 3 problems\n"
                    + "  two models are called 'a'; give one of them another name, in the study or"
                    + " in its model file\n"
                    + "  architecture 'unet-vgg16': unknown option 'widht' (did you mean 'width'?);"
                    + " it has width, up\n"
                    + "  architecture 'enett' is not known (did you mean 'enet'?); there are "),
        e.getMessage());
  }

  private StudyResult run(List<ModelSource> models, Optional<LatencySpec> latency) {
    return new Runner(study(models, latency), out, Progress.NONE, Yard.sources()).run();
  }

  private Study study(List<ModelSource> models, Optional<LatencySpec> latency) {
    return Yard.study(yaml, List.of("plain")).withModels(models).withLatency(latency);
  }
}
