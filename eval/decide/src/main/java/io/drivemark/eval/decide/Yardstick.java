package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import java.util.Objects;

/**
 * What two entries must have in common for their accuracies to stand in one column: the same frames
 * and the same rules. Immutable.
 *
 * @param dataset the dataset's name
 * @param split its split
 * @param datasetDigest digest of the split's content
 * @param protocol the protocol's name
 * @param protocolDigest digest of its rules
 * @param grid how outputs came onto the truth's grid
 * @param measure what accuracy is measured by: results of two tasks are never held side by side
 */
public record Yardstick(
    String dataset,
    String split,
    String datasetDigest,
    String protocol,
    String protocolDigest,
    String grid,
    Measure measure) {
  public Yardstick {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(datasetDigest, "datasetDigest");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(protocolDigest, "protocolDigest");
    Objects.requireNonNull(grid, "grid");
    Objects.requireNonNull(measure, "measure");
  }

  /** The yardstick an entry was measured with. */
  public static Yardstick of(Entry entry) {
    return new Yardstick(
        entry.dataset().name(),
        entry.dataset().split(),
        entry.dataset().digest(),
        entry.protocol().name(),
        entry.protocol().digest(),
        entry.protocol().grid(),
        Measure.of(entry));
  }
}
