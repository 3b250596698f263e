package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import io.drivemark.architectures.engine.pytorch.GateError.Chosen;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a {@link Learner} does about gates between a network's way forward and its gradients: reads
 * logits and targets, or, where a rule is decided in Java, makes the targets of the responses and
 * adds the loss. Not thread-safe.
 */
final class GatePass implements AutoCloseable {
  private final GateError term;
  private final int images;
  private final ByteBuffer targetBytes;
  private final NDList arguments = new NDList();
  private final PtSymbolBlock script;
  private GateBits bits;

  /**
   * @param images of a step
   * @param targets that have the term's factor
   */
  GatePass(GateError term, int images, PtNDManager manager, TargetMemory targets) {
    this.term = term;
    this.images = images;
    Shape shape = Shape.of(images, term.units());
    this.targetBytes = Torch.bytes(Float.BYTES * shape.elements());
    PtNDArray array = Torch.over(manager, targetBytes, shape.extents(), DataType.FLOAT32);
    arguments.add(array);
    arguments.add(targets.arguments().get(GateError.FACTOR));
    this.script = term.isChosen() ? Torch.load(manager, source()) : null;
  }

  private String source() {
    return "  def forward(self: __torch__."
        + ScriptArchive.CLASS
        + ", loss: Tensor, gate_logits: Tensor, gate_targets: Tensor, gate_factor: Tensor) ->"
        + " Tensor:\n"
        + GateScript.loss(term, images)
        + "    return torch.add(loss, torch.mul("
        + GateScript.VALUE
        + ", "
        + term.weight()
        + "))\n";
  }

  /**
   * Takes over what the learner's script answered.
   *
   * @return the loss of all terms, part of the answer or to be closed with it
   */
  PtNDArray take(NDList answer) {
    float[] logits = floats((PtNDArray) answer.get(1));
    if (!term.isChosen()) {
      bits = new GateBits(term.sites(), images, logits, floats((PtNDArray) answer.get(2)));
      return (PtNDArray) answer.get(0);
    }
    float[] targets = chosen(doubles((PtNDArray) answer.get(2)));
    targetBytes.asFloatBuffer().put(0, targets);
    bits = new GateBits(term.sites(), images, logits, targets);
    NDList values = new NDList(answer.get(0), answer.get(1), arguments.get(0), arguments.get(1));
    PtNDArray loss = (PtNDArray) IValueUtils.forward(script, values, true).get(0);
    answer.add(loss);
    return loss;
  }

  /** The bits of the last step. */
  GateBits bits() {
    return bits;
  }

  private float[] chosen(double[] responses) {
    float[] targets = new float[images * term.units()];
    for (int image = 0; image < images; image++) {
      int from = image * term.units();
      List<Integer> residual = new ArrayList<>();
      int at = from;
      for (Site site : term.sites()) {
        if (site.residual()) {
          residual.add(at);
        } else {
          List<Integer> own = IntStream.range(at, at + site.units()).boxed().toList();
          choose(responses, own, site.name(), targets);
        }
        at += site.units();
      }
      if (!residual.isEmpty()) {
        choose(responses, residual, "the residual units", targets);
      }
    }
    return targets;
  }

  private void choose(double[] responses, List<Integer> places, String where, float[] targets) {
    Chosen rule = (Chosen) term.rule();
    boolean[] live = rule.choice().live(places.stream().mapToDouble(p -> responses[p]).toArray());
    if (live.length != places.size()) {
      throw new IllegalArgumentException(
          "gate criterion "
              + rule.name()
              + ": "
              + live.length
              + " answers for the "
              + places.size()
              + " responses of "
              + where);
    }
    for (int i = 0; i < live.length; i++) {
      targets[places.get(i)] = live[i] ? 1 : 0;
    }
  }

  private static float[] floats(PtNDArray array) {
    FloatBuffer values = array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] out = new float[values.remaining()];
    values.get(out);
    return out;
  }

  private static double[] doubles(PtNDArray array) {
    var values = array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    double[] out = new double[values.remaining()];
    values.get(out);
    return out;
  }

  @Override
  public void close() {
    if (script != null) {
      script.close();
    }
  }
}
