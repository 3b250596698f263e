package io.drivemark.architectures.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxRuntimeSmokeTest {
  @Test
  void labelsOfTheGraphAreTheArgmaxOfItsLogits() {
    NetworkBuilder b = new NetworkBuilder("all", 1);
    String in = b.input("image", 3);
    String x = b.add("pad", new PadToMultiple(4), in);
    x = b.conv("stem", x, 8, 3).stride(2).padding(1).bias().build();
    x = b.pRelu("act", b.batchNorm("bn", x, 1e-3));
    var pool =
        b.addAll(
            "pool",
            new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true),
            List.of(x),
            List.of("pool", "pool.at"));
    String y = b.add("shuffle", new ChannelShuffle(2), pool.get(0));
    y = b.add("gate", new Gate(), y, b.constant("mask", Tensor.filled(Shape.of(8), 0.5f)));
    String p = b.add("ppm", new AdaptiveAveragePool(3, 3), y);
    p = b.add("ppm.up", new ResizeLike(ResizeMode.BILINEAR), p, y);
    y = b.sum("add", y, p);
    y = b.add("drop", new Dropout(0.1), y);
    y = b.add("unpool", new MaxUnpool(Extent.square(2), Extent.square(2)), y, "pool.at");
    y = b.concat("cat", y, x);
    y = b.add("up", new Resize(ResizeMode.NEAREST, 2, 2), y);
    y = b.add("crop", new CropLike(), y, in);
    y = b.conv("head", y, 5, 1).build();
    String labels = b.add("labels", new ArgMax(1, true), y);
    Network n = b.build(y, labels);
    try (Session s = Engines.named("onnxruntime").open(n, 45, 62, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(s.inputShape());
      for (int i = 0; i < input.capacity(); i++) input.put(i, (float) Math.sin(i));
      List<FloatBuffer> out = s.outputShapes().stream().map(Session::buffer).toList();
      s.run(input, out);
      s.run(input, out);
      int hw = 45 * 62;
      for (int i = 0; i < hw; i++) {
        int at = i;
        int best =
            IntStream.range(0, 5)
                .reduce(
                    0, (a, c) -> out.get(0).get(c * hw + at) > out.get(0).get(a * hw + at) ? c : a);
        assertEquals(best, out.get(1).get(i));
      }
    }
  }
}
