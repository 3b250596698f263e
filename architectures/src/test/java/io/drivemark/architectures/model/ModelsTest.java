package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.LabelsHead.Form;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.ModelSpec.Variant;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
  @TempDir Path folder;

  private static Model dabnet(int outputs, Variant variant, Form output) {
    Network network = Architectures.build("dabnet", Map.of("block1", "1"), outputs, 3);
    InputSpec input =
        new InputSpec(
            Optional.of(new Size(96, 128)),
            "bgr",
            List.of(1.1, 2.0, 1 / 3.0),
            List.of(255.0, 1e-3, 58.395));
    return new Model(
        new ModelSpec(
            "dabnet-test",
            "dabnet",
            Map.of("block1", "1"),
            input,
            "camvid-11",
            output,
            variant,
            Map.of("epochs", "3", "miou", "0.5", "note", "commas, = and \"quotes\"\nand lines")),
        network);
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("model.yaml"), text);
  }

  @Test
  void modelSurvivesItsOnnxFile() {
    Variant pruned = new Variant("filter", Optional.of("dabnet-camvid"), Optional.of("l1"));
    for (Model model :
        List.of(dabnet(11, pruned, Form.LOGITS), dabnet(12, Variant.DENSE, Form.PROBABILITIES))) {
      Path file = folder.resolve("model.onnx");
      Models.write(model, file);
      Model back = Models.load(file.toString());
      assertEquals(model, back);
      assertEquals(Models.digest(model), Models.digest(back));
    }
  }

  @Test
  void digestTellsWeightsAndDescriptionApart() {
    Model model = dabnet(11, Variant.DENSE, Form.LOGITS);
    Model other = new Model(model.spec(), Architectures.build("dabnet", Map.of(), 11, 4));
    assertNotEquals(Models.digest(model), Models.digest(other));
    assertNotEquals(
        Models.digest(model), Models.digest(dabnet(11, Variant.DENSE, Form.PROBABILITIES)));
    assertEquals(64, Models.digest(model).length());
  }

  @Test
  void modelFileForAnOnnxFileOfOursAddsToWhatItSays() throws IOException {
    Model model = dabnet(11, Variant.DENSE, Form.LOGITS);
    Models.write(model, folder.resolve("a.onnx"));
    Model loaded =
        Models.load(yaml("name: renamed\nfile: a.onnx\ninput: {size: 64x64}\n").toString());
    assertEquals("renamed", loaded.spec().name());
    assertEquals("dabnet", loaded.spec().architecture());
    assertEquals("camvid-11", loaded.spec().labels().name());
    assertEquals(Optional.of(new Size(64, 64)), loaded.spec().input().size());
    assertEquals(model.network(), loaded.network());
  }

  private static final String YARD =
      "name: yard\nclasses:\n"
          + "  - {name: 'void: \\ground\\ \"é\"', color: '1,2,3', category: flat}\n"
          + "  - {name: person, color: '220,20,60', category: human, instances: true,"
          + " vulnerable: true}\n";

  @Test
  void ownClassesLieInTheOnnxFileAndSurviveTheirYaml() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Path labels = Files.writeString(there.resolve("yard.yaml"), YARD);
    OnnxWriter.write(
        Architectures.build("dabnet", Map.of(), 2, 1), there.resolve("a.onnx"), 64, 64);
    Path yaml =
        Files.writeString(
            there.resolve("model.yaml"), "name: mine\nfile: a.onnx\nlabels: yard.yaml\n");
    Model model = Models.load(yaml.toString());
    assertEquals(LabelSpaces.named(labels.toString()), model.spec().labels());

    Path file = folder.resolve("mine.onnx");
    Models.write(model, file);
    Files.delete(labels);
    Model back = Models.load(file.toString());
    assertEquals(model.spec(), back.spec());
    assertEquals(Models.digest(model), Models.digest(back));
    assertEquals(
        new LabelClass("person", 0xDC143C, "human", true, true),
        back.spec().labels().classes().get(1));
  }

  @Test
  void aShippedLabelSpaceIsWrittenByItsNameAlone() {
    ModelSpec spec = dabnet(11, Variant.DENSE, Form.LOGITS).spec();
    Map<String, String> written = SpecMetadata.write(spec);
    assertEquals("camvid-11", written.get("drivemark.labels"));
    assertFalse(written.containsKey("drivemark.classes"), "digests stay what they were");
    LabelSpace other = new LabelSpace("camvid-11", spec.labels().classes().subList(0, 3));
    assertTrue(
        SpecMetadata.write(withLabels(spec, other)).containsKey("drivemark.classes"),
        "same name, other classes");
  }

  @Test
  void aFileOfEarlierVersionsWhoseLabelSpaceIsGoneSaysWhatToDo() throws IOException {
    Model model = dabnet(2, Variant.DENSE, Form.LOGITS);
    Path gone = folder.resolve("yard.yaml");
    Map<String, String> old = new TreeMap<>(SpecMetadata.write(model.spec()));
    old.put("drivemark.labels", gone.toString());
    Path file = folder.resolve("old.onnx");
    OnnxWriter.write(model.network().withMetadata(old), file, 96, 128);
    assertEquals(
        file
            + ": its metadata describes the model incompletely\n"
            + "  drivemark.labels: "
            + gone
            + ": no such file. Write a model file (YAML) with the keys name, file and labels (the"
            + " classes it was trained with), and give that",
        message(file.toString()));
    Files.writeString(gone, YARD);
    assertEquals("yard", Models.load(file.toString()).spec().labels().name());
    Files.move(gone, folder.resolve("moved.yaml"));
    Path yaml = yaml("name: old\nfile: old.onnx\nlabels: moved.yaml\n");
    assertEquals("yard", Models.load(yaml.toString()).spec().labels().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "input.mean; NaN, 2, 3; expected three finite numbers",
        "input.mean; 1, Infinity, 3; expected three finite numbers",
        "input.mean; 1, 2; expected three finite numbers",
        "input.std; 1, 1, NaN; expected three finite numbers",
        "input.std; 1, 1, 1e999; expected three finite numbers",
        "input.std; 1, 0, 1; expected numbers other than 0"
      })
  void statisticsThatAreNoNumbersAreRefusedWhenTheFileIsRead(
      String key, String written, String expected) {
    Model model = dabnet(11, Variant.DENSE, Form.LOGITS);
    Map<String, String> metadata = new TreeMap<>(SpecMetadata.write(model.spec()));
    metadata.put("drivemark." + key, written);
    Path file = folder.resolve("a.onnx");
    OnnxWriter.write(model.network().withMetadata(metadata), file, 96, 128);
    String found =
        expected.contains("finite")
            ? written
            : "[1.0, 0.0, 1.0] with mean [1.1, 2.0, " + 1 / 3.0 + "]";
    assertEquals(
        file
            + ": its metadata describes the model incompletely\n  drivemark."
            + key
            + ": found "
            + found
            + ", "
            + expected,
        message(file.toString()));
  }

  private static ModelSpec withLabels(ModelSpec spec, LabelSpace labels) {
    return new ModelSpec(
        spec.name(),
        spec.architecture(),
        spec.options(),
        spec.input(),
        labels,
        spec.output(),
        spec.variant(),
        spec.provenance());
  }

  @Test
  void foreignOnnxFileNeedsAModelFile() throws IOException {
    Path file = folder.resolve("a.onnx");
    OnnxWriter.write(Architectures.build("dabnet", Map.of(), 12, 1), file, 64, 64);
    assertEquals(
        file
            + ": an ONNX file of another tool: it does not say its input and labels. Write a model"
            + " file (YAML) with the keys name, file, input and labels, and give that",
        message(file.toString()));
    Path yaml = yaml("name: x\nfile: a.onnx\n");
    assertEquals(
        yaml + ": key 'labels' is missing, and " + file + " does not say its labels either",
        message(yaml.toString()));
    Model model = Models.load(yaml("name: x\nfile: a.onnx\nlabels: camvid-11\n").toString());
    assertEquals("foreign", model.spec().architecture());
    assertEquals(InputSpec.IMAGENET, model.spec().input());
  }

  @Test
  void fewerOutputsThanClassesNamesBoth() throws IOException {
    Models.write(dabnet(11, Variant.DENSE, Form.LOGITS), folder.resolve("a.onnx"));
    Path yaml = yaml("name: small\nfile: a.onnx\nlabels: cityscapes-19\n");
    assertEquals(
        yaml
            + ": network small has 11 outputs, label space cityscapes-19 has 19 classes; name the"
            + " label space it was trained with as 'labels'",
        message(yaml.toString()));
  }

  @Test
  void allProblemsOfAModelFileAreReportedTogether() throws IOException {
    Path yaml =
        yaml(
            """
            nam: x
            file: a.pth
            architecture: espnett
            input: {size: 360, mean: [1, 2], std: [1, 0, 1]}
            labels: camvid-12
            """);
    assertEquals(
        yaml
            + ": 7 problems\n"
            + "  line 1: key 'name' is missing: expected a text\n"
            + "  line 3: architecture: architecture 'espnett' is not known (did you mean"
            + " 'espnet'?); there are "
            + String.join(", ", Architectures.names())
            + "\n"
            + "  line 4: input.size: found 360, expected HxW, for example 360x480\n"
            + "  line 4: input.mean: found 2 numbers, expected three, one a channel\n"
            + "  line 4: input.std: found [1.0, 0.0, 1.0], expected numbers other than 0\n"
            + "  line 5: labels: no label space is called 'camvid-12' (did you mean"
            + " 'camvid-11'?); known: "
            + String.join(", ", LabelSpaces.names())
            + ", or the path of a .yaml file\n"
            + "  line 1: unknown key 'nam' (did you mean 'name'?); known here: name, file,"
            + " architecture, options, input, heads, labels, output, output-name, output-index,"
            + " layout, threshold, pad, key, rename, drop, provenance",
        message(yaml.toString()));
  }

  @Test
  void missingWeightsFileIsNamed() throws IOException {
    Path yaml = yaml("name: x\nfile: a.pth\narchitecture: espnet\nlabels: camvid-11\n");
    assertEquals(
        yaml
            + ": file "
            + folder.resolve("a.pth")
            + " does not exist; 'file' is relative to the YAML's folder",
        message(yaml.toString()));
  }

  @Test
  void checkpointAloneNeedsAModelFile() {
    assertEquals(
        "a.pth: a checkpoint holds weights alone. Write a model file (YAML) with the keys name,"
            + " file, architecture, options, input and labels, and give that",
        message("a.pth"));
  }

  @Test
  void unknownModelNamesTheShippedOnes() {
    String message = message("no-such-model");
    assertTrue(message.startsWith("no model is called 'no-such-model'"), message);
    assertTrue(message.contains("; shipped: "), message);
  }

  @Test
  void everyShippedModelLoads() {
    for (String name : Models.names()) {
      assertEquals(name, Models.load(name).spec().name());
    }
  }

  private static String message(String nameOrPath) {
    return assertThrows(BadInputException.class, () -> Models.load(nameOrPath)).getMessage();
  }
}
