package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.problem.BadInputException;
import org.junit.jupiter.api.Test;

/** What sparse tensors say, and what is refused; that they run alike is tested beside others. */
class SparseTensorsTest {
  private static ModelProto model(String dims, String indices, String values) {
    return Toy.model(
        13,
        "y",
        1,
        Toy.node("Conv", "x W b", "l")
            + Toy.node("Add", "l s", "y")
            + "sparse_initializer { values { name: 's' data_type: 1 "
            + values
            + "} indices { "
            + indices
            + "} "
            + dims
            + " } ");
  }

  private static String refusal(ModelProto model) {
    return assertThrows(
            BadInputException.class, () -> OnnxReader.read(model.toByteArray(), "theirs"))
        .getMessage();
  }

  @Test
  void valuesLieWhereTheIndicesSay() {
    Network network =
        OnnxReader.read(
            model(
                    "dims: 5 dims: 1 dims: 2",
                    "data_type: 7 dims: 2 int64_data: [1, 8]",
                    "dims: 2 float_data: [4, 5]")
                .toByteArray());
    float[] expected = {0, 4, 0, 0, 0, 0, 0, 0, 5, 0};
    assertArrayEquals(expected, network.weights().get("s").tensor().floats());
  }

  @Test
  void aTensorTooLargeIsRefusedBeforeItIsMade() {
    assertEquals(
        "theirs: sparse tensor s [100000, 100000, 9] is too large for the memory of this program"
            + " (-Xmx); the file is damaged, or save it again with dense weights",
        refusal(
            model(
                "dims: 100000 dims: 100000 dims: 9",
                "data_type: 7 dims: 1 int64_data: [1]",
                "dims: 1 float_data: [4]")));
  }

  @Test
  void anIndexBeyondTheTensorIsRefused() {
    assertEquals(
        "theirs: sparse tensor s [5, 1, 1] has a value at the index 5, expected 0 to 4; the file is"
            + " damaged, or save it again with dense weights",
        refusal(
            model(
                "dims: 5 dims: 1 dims: 1",
                "data_type: 7 dims: 1 int64_data: [5]",
                "dims: 1 float_data: [4]")));
    assertEquals(
        "theirs: sparse tensor s [5, 1, 1] has a value at the index 1, expected 0 to 0; the file is"
            + " damaged, or save it again with dense weights",
        refusal(
            model(
                "dims: 5 dims: 1 dims: 1",
                "data_type: 7 dims: 1 dims: 3 int64_data: [0, 1, 0]",
                "dims: 1 float_data: [4]")));
  }

  @Test
  void asManyValuesAsIndicesAreExpected() {
    assertEquals(
        "theirs: sparse tensor s takes 2 numbers, found 1; the file is damaged, or save it again"
            + " with dense weights",
        refusal(
            model(
                "dims: 5 dims: 1 dims: 1",
                "data_type: 7 dims: 2 int64_data: [0, 1]",
                "dims: 2 float_data: [4]")));
    assertEquals(
        "theirs: sparse tensor s [5, 1, 1] has indices [1, 2], expected [values] or [values, 3];"
            + " the file is damaged, or save it again with dense weights",
        refusal(
            model(
                "dims: 5 dims: 1 dims: 1",
                "data_type: 7 dims: 1 dims: 2 int64_data: [0, 1]",
                "dims: 1 float_data: [4]")));
  }
}
