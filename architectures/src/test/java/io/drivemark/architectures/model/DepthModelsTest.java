package io.drivemark.architectures.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.checkpoint.Saved;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the zoo's depth networks: what they say of themselves, in ONNX and beside weights. */
class DepthModelsTest {
  private static final LabelSpace CLASSES = LabelSpaces.named("camvid-11");
  private static final Map<String, String> NARROW = Map.of("width", "0.125");

  @TempDir Path folder;

  @Test
  void anUntrainedOneHasItsOwnHeadsAndNoClasses() {
    Model model = Models.untrained("m", "monodepth", NARROW, CLASSES, 1);
    assertEquals(Map.of("width", "0.125", "output", "disparities"), model.spec().options());
    assertEquals(
        List.of(new Head("depth", Optional.of("disparity1"), new DisparityHead(1, 80))),
        model.spec().heads());
    assertEquals(Optional.of(Task.DEPTH), model.spec().task());
    assertEquals(
        List.of("disparity1", "disparity2", "disparity3", "disparity4"), model.network().outputs());
    assertEquals(List.of("disparity1"), model.forInference().network().outputs());
    Map<String, String> metres = Map.of("width", "0.125", "output", "depth");
    assertEquals(
        List.of(
            new Head("depth", Optional.of("depth"), new DepthHead(1, 80, DepthHead.Form.METRES))),
        Models.untrained("m", "monodepth", metres, CLASSES, 1).spec().heads());
  }

  @Test
  void headsSurviveTheOnnxFile() {
    for (String output : List.of("disparities", "disparity", "depth")) {
      Map<String, String> options = Map.of("width", "0.125", "output", output);
      Model model = Models.untrained("m", "monodepth", options, CLASSES, 1);
      Path file = folder.resolve(output + ".onnx");
      Models.write(model, file, new ModelSpec.Size(128, 128));
      Model back = Models.load(file.toString());
      assertEquals(model, back);
      assertEquals(Models.digest(model), Models.digest(back));
    }
    assertEquals(
        "[{\"kind\":\"disparity\",\"name\":\"depth\",\"output\":\"disparity1\",\"range\":[1.0,80.0]}]",
        OnnxReader.read(folder.resolve("disparity.onnx")).metadata().get("drivemark.heads"));
  }

  @Test
  void aFileOfWeightsNeedsNoLabels() throws Exception {
    Model model = Models.untrained("m", "monodepth", NARROW, CLASSES, 5);
    Files.write(folder.resolve("m.safetensors"), safetensors(model.network()));
    String text = "name: m\nfile: m.safetensors\narchitecture: monodepth\n";
    Path yaml = Files.writeString(folder.resolve("m.yaml"), text + "options: {width: 0.125}\n");
    Model loaded = Models.load(yaml.toString());
    assertEquals(model.network(), loaded.network());
    assertEquals(model.spec().heads(), loaded.spec().heads());
    assertEquals(NARROW, loaded.spec().options());

    Files.writeString(yaml, text + "options: {width: 0.125, classes: 11}\n");
    BadInputException e = assertThrows(BadInputException.class, () -> Models.load(yaml.toString()));
    assertEquals(
        yaml
            + ": options: architecture 'monodepth': unknown option 'classes'; it has width, output",
        e.getMessage());
  }

  /** All weights but constants. */
  private static byte[] safetensors(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network.weights().values().stream()
        .filter(w -> w.role() != Weight.Role.CONSTANT)
        .forEach(w -> tensors.put(w.name(), w.tensor()));
    return Saved.safetensors(tensors);
  }
}
