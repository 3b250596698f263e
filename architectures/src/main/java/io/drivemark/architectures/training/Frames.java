package io.drivemark.architectures.training;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Sample;

/**
 * The samples of a split, decoded once and kept as bytes while they fit a third of the heap that is
 * left; the rest is decoded each time. Safe to call from one thread at a time.
 */
final class Frames {
  private final Dataset dataset;
  private final Sample[] kept;
  private long budget;

  Frames(Dataset dataset) {
    this.dataset = dataset;
    this.kept = new Sample[dataset.ids().size()];
    Runtime runtime = Runtime.getRuntime();
    this.budget = (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / 3;
  }

  int count() {
    return kept.length;
  }

  Dataset dataset() {
    return dataset;
  }

  Sample get(int index) {
    Sample sample = kept[index];
    if (sample != null) {
      return sample;
    }
    Sample loaded = dataset.frame(index).sample();
    Sample slim = Sample.of(loaded.id(), loaded.image(), loaded.truth());
    long bytes = 4L * slim.truth().height() * slim.truth().width();
    if (bytes <= budget) {
      budget -= bytes;
      kept[index] = slim;
    }
    return slim;
  }
}
