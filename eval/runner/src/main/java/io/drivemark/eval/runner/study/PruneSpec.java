package io.drivemark.eval.runner.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The {@code prune} section of a study: models to make before anything is measured, all by one
 * recipe. Immutable.
 *
 * @param train the frames that criteria, normalisation and training look at
 * @param val the frames a training evaluates on; with the usual recipe at its end alone, so that
 *     nothing is chosen by them
 * @param calibrationFrames frames of {@code train} for criteria and normalisation
 * @param finetune the recipe of fine-tuning by the trainer's keys; what is not given is as {@link
 *     io.drivemark.architectures.variant.FineTuning#recipe}; 0 epochs = none
 * @param scratch what differs where weights start at random; optimiser and learning rate are those
 *     of an ordinary training unless given here
 * @param variants at least one
 */
public record PruneSpec(
    DatasetSpec train,
    DatasetSpec val,
    int calibrationFrames,
    Map<String, String> finetune,
    Map<String, String> scratch,
    List<VariantSpec> variants) {
  /** Frames for criteria and normalisation where a study does not say. */
  public static final int USUAL_CALIBRATION_FRAMES = 64;

  public PruneSpec {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(val, "val");
    finetune = Collections.unmodifiableMap(new LinkedHashMap<>(finetune));
    scratch = Collections.unmodifiableMap(new LinkedHashMap<>(scratch));
    variants = List.copyOf(variants);
    if (calibrationFrames < 1) {
      throw new IllegalArgumentException(
          "calibration frames: at least 1, found " + calibrationFrames);
    }
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("a prune section needs at least one variant");
    }
  }

  /** The parents of all variants, each once, in their order. */
  public List<String> parents() {
    return variants.stream().flatMap(v -> v.parent().stream()).distinct().toList();
  }
}
