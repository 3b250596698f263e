package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A published checkpoint saved in the ways training code saves it is the same network. */
class PublishedCheckpointsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_dot  | all names without their prefix 'model.'",
        "criterion  | left aside: 1 criterion.*",
        "thop       |",
        "npscalar   |",
        "namespace  |",
        "lightning  | all names without their prefix 'net.'",
        "orig_mod   | all names without their prefix '_orig_mod.'",
        "nested2    |",
        "numpyvals  |"
      })
  void everyWayOfSavingGivesTheSameNetwork(String name, String note) throws IOException {
    Path file = SharedData.require("fixtures/foreign/checkpoints/" + name + ".pth");
    Model model = load(file, "");
    assertEquals(original(), NetworkDigest.of(model.network()));
    assertEquals(note == null ? List.of() : List.of(file + ": " + note), model.notes());
  }

  @Test
  void theKeyChoosesTheAveragedWeightsWhereBothAreThere() throws IOException {
    Path file = SharedData.require("fixtures/foreign/checkpoints/ema.pth");
    Model model = load(file, "");
    assertEquals(
        List.of(file + ": weights are those of 'model'; others that fit are read with key: ema"),
        model.notes());
    assertNotEquals(original(), NetworkDigest.of(model.network()));
    Model averaged = load(file, "key: ema\n");
    assertEquals(original(), NetworkDigest.of(averaged.network()));
    assertEquals(List.of(), averaged.notes());
  }

  @Test
  void theRightNumberOfClassesIsProposed() {
    Path file = SharedData.require("fixtures/foreign/checkpoints/criterion.pth");
    String message = assertThrows(BadInputException.class, () -> load(file, "", 11)).getMessage();
    assertEquals(
        file
            + ": does not fit network espnet: of its 189 weights 157 are there\n"
            + "  32 of another shape: encoder.classifier.conv.weight: found [12, 256, 1, 1],"
            + " expected [11, 256, 1, 1]; level3_C.conv.weight: found [12, 131, 1, 1], expected"
            + " [11, 131, 1, 1]; br.weight: found [12], expected [11]; and 29 more\n"
            + "  The file seems to have 12 outputs, expected were 11: add  options: {classes: 12}",
        message);
  }

  private String original() {
    Model original = Models.load(PublishedModels.espnetCamvid(folder).toString());
    return NetworkDigest.of(original.network());
  }

  private Model load(Path file, String lines) throws IOException {
    return load(file, lines, 12);
  }

  private Model load(Path file, String lines, int classes) throws IOException {
    Path yaml = folder.resolve("model.yaml");
    Files.writeString(
        yaml,
        """
        name: espnet
        file: %s
        architecture: espnet
        options: {p: 2, q: 8, classes: %d}
        labels: camvid-11
        """
                .formatted(file, classes)
            + lines);
    return Models.load(yaml.toString());
  }
}
