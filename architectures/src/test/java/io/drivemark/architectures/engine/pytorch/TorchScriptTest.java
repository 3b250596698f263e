package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.OutputSelector;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.sheet.NetworkSheet;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TorchScript files from a program text to label scores. */
class TorchScriptTest {
  private static final EngineOptions ONE_THREAD = new EngineOptions(1);

  @TempDir Path folder;

  /** Twelve planes: the image, its negative, and both again; wrapped as networks answer. */
  @ParameterizedTest
  @CsvSource({
    "Tensor, y, answer, 1",
    "'List[Tensor]', '[y, x]', 0, 2",
    "'Tuple[Tensor, Tensor]', '(x, y)', 1, 2",
    "'Dict[str, Tensor]', '{\"aux\": x, \"out\": y}', out, 2"
  })
  void theChosenTensorOfTheAnswerIsTheScores(String type, String answer, String name, int tensors)
      throws Exception {
    Model model = load(type, answer);
    OutputSelector selector =
        all -> {
          List<String> names = all.stream().map(Port::name).toList();
          assertEquals(tensors, names.size(), names.toString());
          return List.of(names.indexOf(name));
        };
    try (Session session =
        Engines.named("pytorch").open(model.network(), 4, 6, ONE_THREAD, selector)) {
      assertEquals(List.of(Shape.of(1, 12, 4, 6)), session.outputShapes());
      FloatBuffer input = Session.buffer(session.inputShape());
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < input.capacity(); i++) {
          input.put(i, round * (i + 1));
        }
        session.run(input, List.of(output));
        for (int i = 0; i < output.capacity(); i++) {
          int plane = i / 24;
          float pixel = round * (i % 72 + 1);
          assertEquals(plane / 3 % 2 == 0 ? pixel : -pixel, output.get(i), "element " + i);
        }
      }
    }
  }

  @Test
  void severalTensorsAreOutputsInTheOrderThatIsSelected() throws Exception {
    Model model = load("Tuple[Tensor, Tensor]", "(x, y)");
    try (Session session =
        Engines.named("pytorch").open(model.network(), 4, 6, ONE_THREAD, all -> List.of(1, 0))) {
      assertEquals(List.of(Shape.of(1, 12, 4, 6), Shape.of(1, 3, 4, 6)), session.outputShapes());
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(Session.buffer(session.inputShape()).put(7, 5), outputs);
      assertEquals(5, outputs.get(0).get(7));
      assertEquals(-5, outputs.get(0).get(72 + 7));
      assertEquals(5, outputs.get(1).get(7));
    }
    try (Session session = Engines.named("pytorch").open(model.network(), 4, 6, ONE_THREAD)) {
      assertEquals(2, session.outputShapes().size(), "all, where nobody selects");
    }
  }

  @Test
  void itsCostIsUnknownAndItsContentIdentified() throws Exception {
    Model model = load("Tensor", "y");
    assertEquals(0, Cost.of(model.network(), 4, 6).parameters());
    assertTrue(NetworkSheet.of(model.network()).hidesParameters());
    assertEquals(Models.digest(model), Models.digest(load("Tensor", "y")));
    assertTrue(!Models.digest(model).equals(Models.digest(load("Tensor", "torch.neg(y)"))));
  }

  @Test
  void anotherEngineSaysWhoRunsIt() throws Exception {
    Model model = load("Tensor", "y");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Engines.named("onnxruntime").open(model.network(), 4, 6, ONE_THREAD));
    assertEquals(
        "net is a TorchScript file: engine pytorch runs it, and it cannot be written as ONNX; export"
            + " the network with torch.onnx.export for other engines",
        e.getMessage());
  }

  @Test
  void anAnswerWithoutATensorIsRefused() throws Exception {
    Model model = load("int", "3");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Engines.named("pytorch").open(model.network(), 4, 6, ONE_THREAD));
    assertEquals(
        "TorchScript file net answers with no tensor; expected scores [1, classes, height, width],"
            + " alone or in a list, tuple or dictionary",
        e.getMessage());
  }

  @Test
  void aDamagedFileIsRefused() throws Exception {
    load("Tensor", "y");
    byte[] whole = Files.readAllBytes(folder.resolve("net.pt"));
    Files.write(folder.resolve("net.pt"), java.util.Arrays.copyOf(whole, whole.length / 2));
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> Models.load(folder.resolve("net.yaml").toString()));
    assertTrue(
        e.getMessage()
            .startsWith(folder.resolve("net.pt") + ": is damaged or no TorchScript file ("),
        e.getMessage());
  }

  @Test
  void withoutADescriptionItSaysWhatIsMissing() {
    BadInputException e = assertThrows(BadInputException.class, () -> Models.load("net.pt"));
    assertEquals(
        "net.pt: a TorchScript file does not say its labels and input. Write a model file (YAML)"
            + " with the keys name, file, input and labels, and give that",
        e.getMessage());
  }

  private Model load(String type, String answer) throws Exception {
    String program =
        "  def forward(self: __torch__."
            + ScriptArchive.CLASS
            + ", x: Tensor) -> "
            + type
            + ":\n    z = torch.neg(x)\n    y = torch.cat([x, z, x, z], 1)\n    return "
            + answer
            + "\n";
    Files.write(folder.resolve("net.pt"), ScriptArchive.of(program));
    Path yaml =
        Files.writeString(
            folder.resolve("net.yaml"), "name: theirs\nfile: net.pt\nlabels: camvid-11\n");
    return Models.load(yaml.toString());
  }
}
