package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Toy.node;
import static io.drivemark.architectures.onnx.Toy.whole;
import static io.drivemark.architectures.onnx.Toy.wholes;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzTarget;

/**
 * Damaged ONNX files are read or refused, and what is read can be counted, analysed and written.
 */
class OnnxFuzzTest extends FuzzContract {
  @Override
  protected FuzzTarget target() {
    FuzzTarget target =
        FuzzTarget.of("onnx", OnnxFuzzTest::read)
            .mayThrow(BadInputException.class)
            .tokens("Conv", "Resize", "Reshape", "Constant", "Cast", "Concat", "If", "x", "W", "l")
            .token(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1})
            .token(new byte[] {-128, -128, -128, -128, 8})
            .seed(ForeignModel.written(13, true).toByteArray())
            .seed(ForeignModel.written(11, false).toByteArray())
            .seed(ForeignModel.resizedByComputedFactor().toByteArray())
            .seed(ForeignModel.resizedLikeTheImage().toByteArray())
            .seed(ForeignModel.channelsLast().toByteArray())
            .seed(OnnxWriter.toBytes(OnnxReader.read(ForeignModel.ofOneSize().toByteArray()), 6, 8))
            .seed(batch().toByteArray())
            .seed(layout().toByteArray());
    for (var file : AsTheRuntimeRunsItTest.files().toList()) {
      target = target.seed(((ModelProto) file.get()[1]).toByteArray());
    }
    return target;
  }

  private static void read(byte[] bytes) {
    Network network = OnnxReader.read(bytes, "damaged");
    Shape image = network.inputs().isEmpty() ? Shape.unknown() : network.inputs().get(0).shape();
    boolean sized = image.hasRank() && image.rank() == 4;
    int height = sized && image.height() > 0 ? image.height() : 48;
    int width = sized && image.width() > 0 ? image.width() : 64;
    OnnxWriter.toBytes(network, height, width);
    try {
      Cost.of(network, height, width);
      ChannelGroups.of(network);
    } catch (IllegalArgumentException e) {
      // does not take this size, which commands report as bad input
    }
  }

  private static ModelProto batch() {
    return Toy.model(
        13,
        node("Conv", "x W b", "l")
            + Toy.longs("s", 4, -1)
            + node("Reshape", "l s", "y")
            + Toy.input("x", 1, 4, 3, 6, 8)
            + Toy.value("output", "y", 1));
  }

  private static ModelProto layout() {
    return Toy.model(
        11,
        "y",
        1,
        node("Conv", "x W b", "l", wholes("pads", 0, 0, 0, 0), whole("group", 1))
            + Toy.longs("p", 0, 0, 1, 2, 0, 0, 3, 2)
            + node("Pad", "l p", "q")
            + node("Split", "q", "a c", whole("axis", 1), wholes("split", 2, 3))
            + node("Concat", "a c", "d", whole("axis", 1))
            + Toy.longs("st", 1, -6)
            + Toy.longs("en", 99, -1)
            + Toy.longs("ax", 1, -1)
            + node("Slice", "d st en ax", "e")
            + node("Transpose", "e", "f", wholes("perm", 0, 2, 3, 1))
            + node("ReduceMean", "f", "g", wholes("axes", 1))
            + Toy.longs("n", 0, 1)
            + node("Gather", "g n", "h", whole("axis", 2))
            + node("MaxPool", "q", "m i", wholes("kernel_shape", 2, 2), wholes("strides", 2, 2))
            + node("MaxUnpool", "m i", "u", wholes("kernel_shape", 2, 2), wholes("strides", 2, 2))
            + node("GlobalAveragePool", "u", "v")
            + node("Softmax", "v", "y", whole("axis", 1)));
  }
}
