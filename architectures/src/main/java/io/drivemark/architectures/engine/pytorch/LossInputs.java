package io.drivemark.architectures.engine.pytorch;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a step of training is given besides images: labels where the loss has a {@link LabelError},
 * and the tensors that its terms name. Buffers are read from index 0 and not kept.
 */
public final class LossInputs {
  private final Optional<ByteBuffer> labels;
  private final Map<String, FloatBuffer> tensors = new LinkedHashMap<>();

  private LossInputs(Optional<ByteBuffer> labels, Map<String, FloatBuffer> tensors) {
    this.labels = labels;
    this.tensors.putAll(tensors);
  }

  /** Nothing yet. */
  public static LossInputs none() {
    return new LossInputs(Optional.empty(), Map.of());
  }

  /** Class indices, [N, H, W], 255 = void. */
  public static LossInputs labels(ByteBuffer truth) {
    return new LossInputs(Optional.of(truth), Map.of());
  }

  /** The same with one more tensor. */
  public LossInputs with(String name, FloatBuffer values) {
    LossInputs more = new LossInputs(labels, tensors);
    more.tensors.put(name, values);
    return more;
  }

  Optional<ByteBuffer> labels() {
    return labels;
  }

  Map<String, FloatBuffer> tensors() {
    return tensors;
  }
}
