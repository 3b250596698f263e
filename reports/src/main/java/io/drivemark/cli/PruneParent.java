package io.drivemark.cli;

import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.variant.CalibrationSet;
import io.drivemark.architectures.variant.VariantMaker;
import io.drivemark.datasets.Dataset;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code prune} reads. */
record PruneParent(Model parent, Dataset train, Dataset val, CalibrationSet frames) {
  VariantMaker.Setting setting(LatencyTables tables, Optional<Path> rounds, int threads) {
    return new VariantMaker.Setting(
        parent, Models.digest(parent), train, val, frames, tables, rounds, threads);
  }
}
