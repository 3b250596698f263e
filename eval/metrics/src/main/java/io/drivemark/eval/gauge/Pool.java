package io.drivemark.eval.gauge;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was counted on the frames of a split, or of a slice of it. Immutable.
 *
 * @param space the classes; where a record is read again only names, colours and order are known
 * @param protocol the rules that accuracy follows
 * @param settings what the gauge's {@link Counter#settings} gave
 * @param confusion the confusion counts of each frame; the same frames in the same order
 * @param frames what the gauge counted on each frame, in the split's order; empty for a gauge that
 *     counts nothing of its own
 */
public record Pool(
    LabelSpace space,
    Protocol protocol,
    Map<String, String> settings,
    List<ConfusionMatrix> confusion,
    List<Counts> frames) {
  public Pool {
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(protocol, "protocol");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    confusion = List.copyOf(confusion);
    frames = List.copyOf(frames);
  }

  /** The confusion counts over all frames; there must be one. */
  public ConfusionMatrix pooledConfusion() {
    return ConfusionMatrix.sum(confusion);
  }

  /** What the gauge counted over all frames. */
  public Counts sum(Columns columns) {
    return Counts.sum(columns, frames);
  }
}
