package io.drivemark.architectures.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDictImportTest {
  private static Network network() {
    NetworkBuilder b = new NetworkBuilder("tiny", 1);
    String x = b.input("image", 3);
    return b.build(b.batchNorm("bn", b.conv("conv", x, 2, 1).bias().build(), 1e-5));
  }

  private static Map<String, Tensor> fitting() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put("module.conv.weight", Tensor.filled(Shape.of(2, 3, 1, 1), 1));
    all.put("module.conv.bias", Tensor.filled(Shape.of(2), 2));
    all.put("module.bn.weight", Tensor.filled(Shape.of(2), 3));
    all.put("module.bn.bias", Tensor.filled(Shape.of(2), 4));
    all.put("module.bn.running_mean", Tensor.filled(Shape.of(2), 5));
    all.put("module.bn.running_var", Tensor.filled(Shape.of(2), 6));
    all.put("module.bn.num_batches_tracked", Tensor.ofLongs(Shape.of(), new long[] {9}));
    return all;
  }

  @Test
  void everyWeightIsLoadedAndCountersAreLeftAside() {
    StateDict dict = new StateDict("a.pth", fitting());
    Network loaded = StateDictImport.load(network(), dict, NameMap.of("tiny"));
    assertEquals(fitting().get("module.conv.bias"), loaded.weights().get("conv.bias").tensor());
    assertEquals(
        fitting().get("module.bn.running_var"), loaded.weights().get("bn.running_var").tensor());
  }

  @Test
  void allThatDoesNotFitIsListedAtOnce() {
    Map<String, Tensor> wrong = fitting();
    wrong.remove("module.conv.bias");
    wrong.put("module.conv.weight", Tensor.filled(Shape.of(4, 3, 1, 1), 1));
    wrong.put("extra.weight", Tensor.filled(Shape.of(2), 1));
    StateDict dict = new StateDict("a.pth", wrong);
    assertEquals(
        "a.pth: does not fit network tiny, 3 problems\n"
            + "  module.conv.weight (here conv.weight): found shape [4, 3, 1, 1], expected"
            + " [2, 3, 1, 1]\n"
            + "  extra.weight: the network has no such weight\n"
            + "  conv.bias: missing in the file\n"
            + "  Check the architecture and its options",
        assertThrows(
                BadInputException.class,
                () -> StateDictImport.load(network(), dict, NameMap.of("tiny")))
            .getMessage());
  }
}
