package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a file defines itself, as PyTorch's newer exporter writes them. */
class LocalFunctionsTest {
  private static final String SETS =
      "opset_import { version: 18 } opset_import { domain: 'f' version: 1 } ";
  private static final String LEAKY =
      "functions { name: 'leaky' domain: 'f' input: 'i' output: 'o' attribute: 'slope' "
          + "node { op_type: 'LeakyRelu' input: 'i' output: 'o' attribute { name: 'alpha' type: FLOAT"
          + " ref_attr_name: 'slope' } } opset_import { version: 18 } } ";

  @TempDir private Path folder;

  private static ModelProto model(String graph, String functions) {
    ModelProto model =
        Toy.model(
            18,
            "y",
            1,
            "node { op_type: 'Conv' input: 'x' input: 'W' input: 'b' output: 'l' } " + graph);
    return model.toBuilder().clearOpsetImport().mergeFrom(Toy.text(SETS + functions)).build();
  }

  private static String call(String name, String inputs, String output, String... attributes) {
    return Toy.node(name, inputs, output, attributes).replace("op_type", "domain: 'f' op_type");
  }

  private void agrees(ModelProto model, String called) throws Exception {
    Path file = Files.write(folder.resolve("f.onnx"), model.toByteArray());
    float[] image = new float[3 * Toy.HEIGHT * Toy.WIDTH];
    Random random = new Random(4);
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(256) - 128;
    }
    OnnxReader.Reading reading = OnnxReader.reading(file);
    assertEquals(
        List.of("functions that the file defines itself were put where they are called: " + called),
        reading.notes());
    assertArrayEquals(
        BareRuntime.run(file, Toy.HEIGHT, Toy.WIDTH, image),
        AsTheRuntimeRunsItTest.run(reading.network(), Toy.HEIGHT, Toy.WIDTH, image));
  }

  @Test
  void attributesAreHandedOver() throws Exception {
    agrees(
        model(
            call("leaky", "l", "a", Toy.number("slope", 0.25))
                + call("leaky", "a", "y", Toy.number("slope", 3)),
            LEAKY),
        "f::leaky");
  }

  @Test
  void attributesThatAreNotGivenTakeTheirDefault() throws Exception {
    agrees(
        model(
            call("leaky", "l", "y"),
            LEAKY.replace(
                "attribute: 'slope'", "attribute_proto { name: 'slope' type: FLOAT f: 0.5 }")),
        "f::leaky");
  }

  @Test
  void functionsCallFunctions() throws Exception {
    agrees(
        model(
            call("twice", "l", "y"),
            LEAKY
                + "functions { name: 'twice' domain: 'f' input: 'l' output: 'y' "
                + call("leaky", "l", "a", Toy.number("slope", 0.5))
                + call("leaky", "a", "b", Toy.number("slope", 0.5))
                + Toy.node("Neg", "b", "y")
                + SETS
                + "} "),
        "f::twice, f::leaky");
  }

  @Test
  void inputsThatAreNotGivenStayOut() throws Exception {
    agrees(
        model(
            call("conv", "l V", "y")
                + "initializer { name: 'V' data_type: 1 dims: [1, 5, 1, 1] float_data: [1, 2, 3, 4, 5] } ",
            "functions { name: 'conv' domain: 'f' input: 'i' input: 'w' input: 'bias' output: 'o' "
                + Toy.node("Conv", "i w bias", "o")
                + "opset_import { version: 18 } } "),
        "f::conv");
  }

  @Test
  void aFunctionThatCallsItselfIsRefused() {
    refused(
        model(
            call("a", "l", "y"),
            "functions { name: 'a' domain: 'f' input: 'i' output: 'o' "
                + call("b", "i", "o")
                + SETS
                + "} functions { name: 'b' domain: 'f' input: 'i' output: 'o' "
                + call("a", "i", "o")
                + SETS
                + "} "),
        "theirs: function f::a calls itself (f::a, f::b); export it again without functions");
  }

  @Test
  void functionsThatDoubleAtEachLevelAreRefused() {
    StringBuilder functions = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String next = i == 39 ? Toy.node("Neg", "i", "a") : call("f" + (i + 1), "i", "a");
      String last = i == 39 ? Toy.node("Neg", "a", "o") : call("f" + (i + 1), "a", "o");
      functions.append(
          "functions { name: 'f"
              + i
              + "' domain: 'f' input: 'i' output: 'o' "
              + next
              + last
              + SETS
              + "} ");
    }
    refused(
        model(call("f0", "l", "y"), functions.toString()),
        "theirs: its functions call each other so often that it has more than 200000 nodes; export"
            + " it again without functions");
  }

  @Test
  void aFunctionForAnotherOperatorSetIsRefused() {
    refused(
        model(call("leaky", "l", "y"), LEAKY.replace("version: 18", "version: 17")),
        "theirs: function f::leaky is written for operator set 17, the model for 18; export it again"
            + " without functions");
  }

  private static void refused(ModelProto model, String message) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxReader.read(model.toByteArray(), "theirs"));
    assertEquals(message, e.getMessage());
  }
}
