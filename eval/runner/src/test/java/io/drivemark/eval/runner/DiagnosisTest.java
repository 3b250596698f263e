package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.ObjectGauge;
import io.drivemark.eval.gauge.standard.TrimapGauge;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.accuracy.KeptFrames;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.record.Diagnosis;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.ScoreDetails;
import io.drivemark.eval.runner.score.ScoreOptions;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
  @TempDir Path folder;
  private Path yaml;
  private Path out;

  /** The yard with ground to drive on, and with its persons as objects of a row each. */
  @BeforeEach
  void writeDataset() throws IOException {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
    Files.writeString(
        yaml,
        """
        name: yard
        classes:
          - {name: ground}
          - {name: bush}
          - {name: person, vulnerable: true, instances: true}
        drivable: [ground]
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png', instances: 'objects/{id}.png'}]
        coding: {kind: index, void: [3]}
        objects: plain
        meanInstancePixels: {person: 9.5}
        """);
    short[] numbers = new short[Yard.HEIGHT * Yard.WIDTH];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) (1 + i / Yard.WIDTH);
    }
    for (int frame = 0; frame < Yard.FRAMES; frame++) {
      Path file = folder.resolve("data/objects/frame" + frame + ".png");
      ImageCodec.writeGray16(file, Yard.HEIGHT, Yard.WIDTH, numbers);
    }
  }

  private Study study() {
    return Yard.study(yaml, List.of("biased"));
  }

  private Entry run() {
    return new Runner(study(), out, Progress.NONE, Yard.sources()).run().entries().get(0);
  }

  @Test
  void itAgreesWithTheScoreOfTheSamePredictions() {
    Diagnosis diagnosis = run().diagnosis().orElseThrow();
    Path predictions = folder.resolve("predictions");
    Predictor.predict(
        study(), PredictionEncoding.TRAIN_IDS, predictions, Progress.NONE, Yard.sources());
    Score score =
        Scorer.score(
            Datasets.open(
                DatasetRequest.of(yaml.toString(), "val")
                    .withRoot(yaml.getParent())
                    .withLabelsOnly()),
            predictions,
            PredictionEncoding.TRAIN_IDS,
            Protocols.cityscapes(),
            ScoreOptions.of(BoundaryGauge.NAME, TrimapGauge.NAME),
            Progress.NONE);
    ScoreDetails details = score.details();
    assertEquals(
        details.boundaries().orElseThrow().counts().orElseThrow().miou().value(),
        diagnosis.boundary().miou());
    assertEquals(
        details.boundaries().orElseThrow().counts().orElseThrow().iou(2).value(),
        diagnosis.boundary().iou().get(2).value());
    assertEquals(details.perImage().ofImages().value(), diagnosis.images().miou());
    assertEquals(details.perImage().ofClasses().value(), diagnosis.images().miouOfClasses());
    assertEquals(details.perImage().ofWorstImages(0.05).value(), diagnosis.images().miouOfWorst());
    Diagnosis.People people = diagnosis.people().orElseThrow();
    assertTrue(people.regions() > 0);
    assertEquals(details.people().orElseThrow().regions(), people.regions());
    assertEquals(details.people().orElseThrow().recall().value(), people.recall());
    assertTrue(people.low().orElseThrow() <= people.recall().orElseThrow());
    for (int r = 0; r < 2; r++) {
      ScoreDetails.RegionScore region = details.regions().get(r);
      assertEquals(
          new Diagnosis.Region(
              region.name(), region.falselyDrivable().value(), region.falselyBlocked().value()),
          diagnosis.regions().get(r));
    }
    OptionalDouble iiou = details.objects().orElseThrow().classIou().get("person").value();
    assertTrue(iiou.orElseThrow() > 0);
    assertEquals(
        new Diagnosis.ObjectScores(iiou, List.of(new Diagnosis.ObjectScore("person", 9.5, iiou))),
        diagnosis.objects().orElseThrow());
    assertTrue(diagnosis.safe().isEmpty(), "no severities are shipped for these classes");
  }

  @Test
  void theWorstFramesHavePicturesTheWorstFirst() {
    Entry entry = run();
    List<String> expected =
        entry.perImage().stream()
            .sorted(Comparator.comparingDouble(image -> image.miou().orElseThrow()))
            .limit(KeptFrames.WORST)
            .map(ImageScore::id)
            .toList();
    List<Picture> worst = entry.diagnosis().orElseThrow().worstFrames();
    assertEquals(expected, worst.stream().map(Picture::id).toList());
    for (Picture picture : worst) {
      for (String file :
          List.of(picture.image(), picture.truth(), picture.prediction(), picture.error())) {
        assertTrue(Files.isRegularFile(out.resolve(entry.folder()).resolve(file)), file);
      }
    }
  }

  @Test
  void whatIsReadIsDerivedAgainAndAContradictionRefused() throws IOException {
    Entry entry = run();
    assertEquals(entry, RunStore.read(out).entries().get(0));
    Path cell = out.resolve(entry.folder());
    Path record = cell.resolve("record.json");
    String whole = Files.readString(record);
    Files.writeString(record, whole.replace("\"found\" : ", "\"found\" : 1"));
    assertEquals(
        record
            + ": this record cannot be trusted: its diagnosis is not what its counts give; remove"
            + " the folder "
            + cell
            + " to measure it again",
        assertThrows(BadInputException.class, this::run).getMessage());
    Files.writeString(record, whole);
    for (String evidence : List.of(GaugeEvidence.TALLIES, GaugeEvidence.file(ObjectGauge.NAME))) {
      Path file = cell.resolve(evidence);
      String before = Files.readString(file);
      Files.writeString(file, before + "frame9\n");
      String message = assertThrows(BadInputException.class, this::run).getMessage();
      assertTrue(message.contains(evidence + " has been changed since"), message);
      Files.writeString(file, before);
    }
    assertEquals(entry.diagnosis(), run().diagnosis());
  }

  @Test
  void aCellOfAnOlderProgramIsReadWithoutADiagnosis() throws IOException {
    Entry entry = run();
    Path cell = out.resolve(entry.folder());
    ObjectNode json = (ObjectNode) ResultsJson.readNode(cell.resolve("record.json"));
    ((ObjectNode) json.get("entry")).remove(List.of("diagnosis", "readings"));
    Files.writeString(cell.resolve("record.json"), json.toString());
    Files.delete(cell.resolve(GaugeEvidence.TALLIES));
    Entry again = run();
    assertFalse(again.diagnosis().isPresent());
    assertEquals(entry.accuracy(), again.accuracy());
  }
}
