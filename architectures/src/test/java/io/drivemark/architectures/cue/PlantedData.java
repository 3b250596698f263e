package io.drivemark.architectures.cue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.files.Digests;

/** A few scenes to learn from and to be judged on. */
public record PlantedData(Dataset judged) implements CueData {
  /** Judged on val. */
  public PlantedData() {
    this(scenes("val", 4));
  }

  /** Scenes of a split. */
  public static SynthDrive scenes(String split, int count) {
    return new SynthDrive(SynthOptions.of(count, 5, 64, 72, split));
  }

  @Override
  public Dataset split(String name) {
    return scenes(name, 4);
  }

  @Override
  public String digest(String model) {
    return Digests.of(model);
  }
}
