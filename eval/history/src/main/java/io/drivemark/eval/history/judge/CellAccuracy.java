package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The accuracy of a series in one night, and what it depends on. Immutable.
 *
 * @param cellKey digest of all that the accuracy depends on but the machine and the program
 * @param model digest of the model's content
 * @param data digest of the dataset's split as it was read
 * @param engineVersion the engine's version
 * @param prints digest of the label maps of all frames; empty in records without
 * @param canary digest of the logits of one fixed frame; empty in records without
 * @param complete whether all frames of the split were judged
 * @param values the figures
 */
public record CellAccuracy(
    String cellKey,
    String model,
    String data,
    String engineVersion,
    Optional<String> prints,
    Optional<String> canary,
    boolean complete,
    List<Measurement> values) {
  public CellAccuracy {
    Objects.requireNonNull(cellKey, "cellKey");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(prints, "prints");
    Objects.requireNonNull(canary, "canary");
    values = List.copyOf(values);
  }
}
