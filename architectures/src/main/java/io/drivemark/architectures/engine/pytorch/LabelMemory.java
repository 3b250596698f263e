package io.drivemark.architectures.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.datasets.LabelSpace;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels of a batch, and what {@link LabelError} needs to know of them. Not thread-safe. */
final class LabelMemory {
  private final double hardShare;
  private final Shape shape;
  private final ByteBuffer labels;
  private final ByteBuffer weightBytes;
  private final FloatBuffer classWeights;
  private final ByteBuffer keptBytes;
  private final FloatBuffer kept;

  LabelMemory(LabelError term, Shape batch) {
    this.hardShare = term.hardShare();
    this.shape = Shape.of(batch.extent(0), batch.height(), batch.width());
    this.labels = Torch.bytes(shape.elements());
    float[] weights = term.classWeights();
    this.weightBytes = Torch.bytes(Float.BYTES * (long) weights.length);
    this.classWeights = weightBytes.asFloatBuffer().put(0, weights);
    this.keptBytes = Torch.bytes(2 * Float.BYTES);
    this.kept = keptBytes.asFloatBuffer();
  }

  /** The script's arguments over this memory, in order. */
  Map<String, PtNDArray> arguments(PtNDManager manager) {
    Map<String, PtNDArray> out = new LinkedHashMap<>();
    out.put("labels", Torch.over(manager, labels, shape.extents(), DataType.UINT8));
    out.put(
        "weights",
        Torch.over(manager, weightBytes, new int[] {classWeights.capacity()}, DataType.FLOAT32));
    out.put("kept", Torch.over(manager, keptBytes, new int[] {2}, DataType.FLOAT32));
    return out;
  }

  /**
   * Takes over a batch's labels: Σ w over valid pixels, and how many pixels bootstrapping keeps.
   *
   * @return whether a pixel is valid; where none is, Σ w is 1 and the term 0
   */
  boolean take(ByteBuffer truth) {
    labels.put(0, truth.duplicate().clear(), 0, labels.capacity());
    long[] counts = new long[256];
    for (int i = 0; i < labels.capacity(); i++) {
      counts[labels.get(i) & 0xFF]++;
    }
    double sum = 0;
    long valid = 0;
    for (int c = 0; c < LabelSpace.VOID; c++) {
      if (counts[c] > 0 && c >= classWeights.capacity()) {
        throw new IllegalArgumentException(
            "label " + c + " has no class among the " + classWeights.capacity() + " outputs");
      }
      if (counts[c] > 0) {
        valid += counts[c];
        sum += (double) counts[c] * classWeights.get(c);
      }
    }
    kept.put(0, valid == 0 ? 1 : (float) sum);
    kept.put(1, (float) Math.max(1, (long) (valid * hardShare)));
    return valid > 0;
  }
}
