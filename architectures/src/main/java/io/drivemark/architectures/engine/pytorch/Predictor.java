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
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A script that answers for one image, on the weights of a {@link Learner} as they are: with labels
 * or with the numbers of an output. For images of one size; not thread-safe.
 */
final class Predictor implements AutoCloseable {
  /** Makes the script's answer of the network's output. */
  private interface Ending {
    String of(String expression, Shape shape);
  }

  private final PtNDManager manager;
  private final FloatBuffer image;
  private final PtSymbolBlock predicting;
  private final IValue[] values;

  private Predictor(
      Network network,
      PtNDManager manager,
      List<PtNDArray> parameters,
      Shape input,
      String output,
      Ending ending) {
    this.manager = manager;
    ScriptWriter writer =
        new ScriptWriter(network.withOutputs(List.of(output)), input, ScriptMode.INFERENCE);
    String body = writer.write("x");
    String source =
        "  def forward(self: __torch__."
            + ScriptArchive.CLASS
            + ", x: Tensor, p: List[Tensor]) -> Tensor:\n"
            + body
            + "    return "
            + ending.of(writer.expression(output), writer.shape(output))
            + "\n";
    ByteBuffer bytes = Torch.bytes(Float.BYTES * input.elements());
    this.image = bytes.asFloatBuffer();
    this.predicting = Torch.load(manager, source);
    this.values =
        new IValue[] {
          IValue.from(Torch.over(manager, bytes, input.extents(), DataType.FLOAT32)),
          IValue.listFrom(parameters.toArray(PtNDArray[]::new))
        };
  }

  /**
   * Labels of the first output's scores.
   *
   * @param parameters the weights, in the network's order
   * @param input shape of the image, [1, C, height, width]
   * @param truthHeight height of the labels
   */
  static Predictor ofLabels(
      Network network,
      PtNDManager manager,
      List<PtNDArray> parameters,
      Shape input,
      int truthHeight,
      int truthWidth) {
    int[] size = {truthHeight, truthWidth};
    return new Predictor(
        network,
        manager,
        parameters,
        input,
        network.outputs().get(0),
        (scores, shape) ->
            "torch.to(torch.argmax("
                + LossScript.upsampled(scores, shape, size)
                + ", 1, False), 0)");
  }

  /** An output's own numbers. */
  static Predictor ofOutput(
      Network network,
      PtNDManager manager,
      List<PtNDArray> parameters,
      Shape input,
      String output) {
    return new Predictor(
        network,
        manager,
        parameters,
        input,
        output,
        (numbers, shape) -> "torch.contiguous(" + numbers + ")");
  }

  /** Predicts the labels of a normalised image, row by row. */
  void predict(FloatBuffer pixels, byte[] into) {
    run(pixels, answer -> answer.get(0, into));
  }

  /** Writes the output's numbers for a normalised image. */
  void predict(FloatBuffer pixels, FloatBuffer into) {
    run(
        pixels,
        answer ->
            into.put(0, answer.order(ByteOrder.nativeOrder()).asFloatBuffer(), 0, into.capacity()));
  }

  private void run(FloatBuffer pixels, Consumer<ByteBuffer> taker) {
    image.put(0, pixels.duplicate().clear(), 0, image.capacity());
    try (IValue answer = IValueUtils.runMethod(predicting, "forward", values);
        PtNDArray made = answer.toTensor(manager)) {
      taker.accept(made.toByteBuffer(true));
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
