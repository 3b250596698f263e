package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.latency.NanoClock;
import java.util.function.Function;

/**
 * Where a run takes its parts from: by default what is installed, in tests what the test brings.
 *
 * @param datasets opens a dataset
 * @param models loads a model by name or path
 * @param engines finds an engine by name
 * @param clock times latencies
 * @param gauges ways of judging
 */
public record Sources(
    Function<DatasetRequest, Dataset> datasets,
    Function<String, Model> models,
    Function<String, Engine> engines,
    NanoClock clock,
    Gauges gauges) {

  /** With the gauges that are installed. */
  public Sources(
      Function<DatasetRequest, Dataset> datasets,
      Function<String, Model> models,
      Function<String, Engine> engines,
      NanoClock clock) {
    this(datasets, models, engines, clock, Gauges.installed());
  }

  /** What is installed. */
  public static Sources installed() {
    return new Sources(Datasets::open, Models::load, Engines::named, NanoClock.SYSTEM);
  }
}
