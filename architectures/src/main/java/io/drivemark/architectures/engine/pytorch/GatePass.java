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
import java.util.Arrays;

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
    int each = responses.length / images;
    for (int image = 0; image < images; image++) {
      double[] residual = new double[(int) term.sites().stream().filter(Site::residual).count()];
      int from = image * each;
      int seen = 0;
      for (Site site : term.sites()) {
        if (site.residual()) {
          residual[seen++] = responses[from];
        }
        from += site.unitOfChannel().size();
      }
      boolean[] units = residual.length == 0 ? new boolean[0] : live(residual, "residual units");
      from = image * each;
      seen = 0;
      int at = image * term.units();
      for (Site site : term.sites()) {
        int channels = site.unitOfChannel().size();
        boolean[] live =
            site.residual()
                ? new boolean[] {units[seen++]}
                : live(Arrays.copyOfRange(responses, from, from + channels), site.name());
        put(site, live, targets, at);
        from += channels;
        at += site.units();
      }
    }
    return targets;
  }

  private boolean[] live(double[] responses, String where) {
    Chosen rule = (Chosen) term.rule();
    boolean[] live = rule.choice().live(responses);
    if (live.length != responses.length) {
      throw new IllegalArgumentException(
          "gate criterion "
              + rule.name()
              + ": "
              + live.length
              + " answers for the "
              + responses.length
              + " responses of "
              + where);
    }
    return live;
  }

  private void put(Site site, boolean[] live, float[] targets, int at) {
    for (int c = 0; c < live.length; c++) {
      int unit = site.unitOfChannel().get(c);
      int first = site.unitOfChannel().indexOf(unit);
      if (live[c] != live[first]) {
        throw new IllegalArgumentException(
            "gate criterion "
                + ((Chosen) term.rule()).name()
                + ": filters "
                + first
                + " and "
                + c
                + " of "
                + site.name()
                + " are one unit, and only one of them is live");
      }
      targets[at + unit] = live[c] ? 1 : 0;
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
