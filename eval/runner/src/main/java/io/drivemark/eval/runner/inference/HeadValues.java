package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.head.LiveUnits;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the heads of a network answered for one frame, on the frame's grid: a {@link LabelMap} of
 * labels, a {@link Depth} of depth, {@link LiveUnits} of gates. Immutable but for the arrays in
 * them.
 */
public final class HeadValues {
  private final Map<String, Object> values;
  private final Optional<String> labels;
  private final OutputUse use;
  private final OptionalLong fragile;
  private final Optional<char[]> confidences;

  /**
   * @param labels the head of labels, if there is one; its value is a label map
   * @param use what the outputs of labels were used for
   * @param fragile pixels whose label could change by rounding, where they were counted
   */
  HeadValues(
      Map<String, Object> values, Optional<Head> labels, OutputUse use, OptionalLong fragile) {
    this(values, labels, use, fragile, Optional.empty());
  }

  /**
   * @param confidences of the labels, where they were asked for
   */
  HeadValues(
      Map<String, Object> values,
      Optional<Head> labels,
      OutputUse use,
      OptionalLong fragile,
      Optional<char[]> confidences) {
    this.values = new LinkedHashMap<>(values);
    this.labels = labels.map(Head::name);
    this.use = use;
    this.fragile = fragile;
    this.confidences = confidences;
  }

  /** Labels alone, of which nothing was counted. */
  public static HeadValues ofLabels(LabelMap labels) {
    Head head = Head.ofLabels(new LabelsHead(labels.space(), LabelsHead.Form.LABELS));
    return new HeadValues(
        Map.of(head.name(), labels), Optional.of(head), OutputUse.NONE, OptionalLong.empty());
  }

  /** The names of the heads, as the model declares them. */
  public Set<String> heads() {
    return Set.copyOf(values.keySet());
  }

  /**
   * What one head answered.
   *
   * @param type what its kind is decoded to
   * @throws IllegalArgumentException if there is no such head, or it is decoded to something else
   */
  public <V> V of(String head, Class<V> type) {
    Object value = values.get(head);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "head "
              + head
              + (value == null
                  ? " is none of " + values.keySet()
                  : " is a " + value.getClass().getName() + ", not a " + type.getName()));
    }
    return type.cast(value);
  }

  /**
   * The labels.
   *
   * @throws IllegalArgumentException if the network has none
   */
  public LabelMap labels() {
    return of(labels.orElse("of labels"), LabelMap.class);
  }

  /** The distances, where exactly one head answers some. */
  public Optional<Depth> depth() {
    return only(Depth.class);
  }

  /** The live units, where exactly one head answers some. */
  public Optional<LiveUnits> gates() {
    return only(LiveUnits.class);
  }

  private <V> Optional<V> only(Class<V> type) {
    List<V> found = values.values().stream().filter(type::isInstance).map(type::cast).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * How many pixels' labels could change by rounding; empty where that was not counted. See {@link
   * io.drivemark.architectures.head.LabelsDecoder.Counted}.
   */
  public OptionalLong fragile() {
    return fragile;
  }

  /**
   * How sure the labels are, a number a pixel; empty where that was not asked for. See {@link
   * io.drivemark.architectures.head.LabelConfidence}; not to be changed.
   */
  public Optional<char[]> confidences() {
    return confidences;
  }

  /** What the outputs of labels were used for; nothing where that was not counted. */
  public OutputUse use() {
    return use;
  }
}
