package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.Closer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A script that ends in labels, on the weights of a {@link Learner} as they are. For images of one
 * size; not thread-safe.
 */
final class LabelPredictor implements AutoCloseable {
  private final PtNDManager manager;
  private final FloatBuffer image;
  private final PtSymbolBlock predicting;
  private final IValue[] values;

  /**
   * @param parameters the weights, in the network's order
   * @param input shape of the image, [1, C, height, width]
   * @param truthHeight height of the labels
   */
  LabelPredictor(
      Network network,
      PtNDManager manager,
      List<PtNDArray> parameters,
      Shape input,
      int truthHeight,
      int truthWidth) {
    this.manager = manager;
    Network first = network.withOutputs(network.outputs().subList(0, 1));
    ScriptWriter writer = new ScriptWriter(first, input, false);
    String body = writer.write("x");
    String logits = network.outputs().get(0);
    int[] size = {truthHeight, truthWidth};
    String source =
        "  def forward(self: __torch__."
            + ScriptArchive.CLASS
            + ", x: Tensor, p: List[Tensor]) -> Tensor:\n"
            + body
            + "    return torch.to(torch.argmax("
            + LossScript.upsampled(writer.expression(logits), writer.shape(logits), size)
            + ", 1, False), 0)\n";
    ByteBuffer bytes = Torch.bytes(Float.BYTES * input.elements());
    this.image = bytes.asFloatBuffer();
    this.predicting = Torch.load(manager, source);
    this.values =
        new IValue[] {
          IValue.from(Torch.over(manager, bytes, input.extents(), DataType.FLOAT32)),
          IValue.listFrom(parameters.toArray(PtNDArray[]::new))
        };
  }

  /** Predicts the labels of a normalised image, row by row. */
  void predict(FloatBuffer pixels, byte[] into) {
    image.put(0, pixels.duplicate().clear(), 0, image.capacity());
    try (IValue answer = IValueUtils.runMethod(predicting, "forward", values);
        PtNDArray made = answer.toTensor(manager)) {
      made.toByteBuffer(true).get(0, into);
    }
  }

  @Override
  public void close() {
    Closer all = new Closer();
    all.add(predicting);
    for (IValue value : values) {
      all.add(value);
    }
    all.close();
  }
}
