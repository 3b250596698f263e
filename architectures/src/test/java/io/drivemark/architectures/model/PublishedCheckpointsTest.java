package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.drivemark.architectures.graph.NetworkDigest;
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
    Path file = PublishedModels.shared("fixtures/foreign/checkpoints/" + name + ".pth");
    Model model = load(file, "");
    assertEquals(original(), NetworkDigest.of(model.network()));
    assertEquals(note == null ? List.of() : List.of(file + ": " + note), model.notes());
  }

  @Test
  void theKeyChoosesTheAveragedWeightsWhereBothAreThere() throws IOException {
    Path file = PublishedModels.shared("fixtures/foreign/checkpoints/ema.pth");
    Model model = load(file, "");
    assertEquals(
        List.of(file + ": weights are those of 'model'; others that fit are read with key: ema"),
        model.notes());
    assertNotEquals(original(), NetworkDigest.of(model.network()));
    Model averaged = load(file, "key: ema\n");
    assertEquals(original(), NetworkDigest.of(averaged.network()));
    assertEquals(List.of(), averaged.notes());
  }

  private String original() {
    Model original = Models.load(PublishedModels.espnetCamvid(folder).toString());
    return NetworkDigest.of(original.network());
  }

  private Model load(Path file, String lines) throws IOException {
    Path yaml = folder.resolve("model.yaml");
    Files.writeString(
        yaml,
        """
        name: espnet
        file: %s
        architecture: espnet
        options: {p: 2, q: 8, classes: 12}
        labels: camvid-11
        """
                .formatted(file)
            + lines);
    return Models.load(yaml.toString());
  }
}
