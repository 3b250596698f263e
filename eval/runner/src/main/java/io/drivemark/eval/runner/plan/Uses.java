package io.drivemark.eval.runner.plan;

import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.runner.plan.driving.Clips;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.ModelSource;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.driving.DrivingKeys;
import io.drivemark.eval.runner.study.use.DatasetUse;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a study meets each of its datasets. */
record Uses(Study study, Sources sources) {
  /** Decoded frames of all datasets together may take one of so many parts of the heap. */
  private static final int HEAP_PARTS = 8;

  /**
   * Opens a dataset, with what gauges read.
   *
   * @param depth whether a model may be asked for distances
   * @throws BadInputException if there is none, or it is damaged
   */
  FrameCache frames(DatasetSpec spec, boolean depth) {
    Dataset dataset = sources.datasets().apply(spec.request());
    Set<FrameCache.Part> parts = Gauges.parts(gauges(spec));
    if (depth && dataset.tasks().contains(Task.DEPTH)) {
      parts.add(FrameCache.Part.DEPTH);
    }
    long budget = FrameCache.partOfHeap(HEAP_PARTS) / study.datasets().size();
    return new FrameCache(dataset, budget, parts);
  }

  /** The models that a dataset is used for, in the study's order: with those inside of cues. */
  List<ModelSource> models(DatasetSpec dataset) {
    DatasetUse use = dataset.use();
    List<ModelSource> all = study.modelsAndParents();
    Set<String> inside =
        all.stream()
            .filter(source -> use.hasModel(source.inUse()))
            .flatMap(
                source -> source instanceof ModelSource.Cued c ? Stream.of(c.of()) : Stream.of())
            .collect(Collectors.toSet());
    return all.stream()
        .filter(
            source ->
                use.hasModel(source.inUse())
                    || source instanceof ModelSource.Named named
                        && inside.contains(named.reference()))
        .toList();
  }

  /**
   * The engines that a model meets on a dataset, in the study's order: where it has no gates, forms
   * of gates are not told apart.
   */
  List<EngineSpec> engines(DatasetSpec dataset, Model model) {
    boolean gates = GatedCells.hasGates(model);
    return study.engines().stream()
        .filter(e -> dataset.use().hasEngine(e.name()))
        .map(e -> gates ? e : new EngineSpec(e.name(), e.threads()))
        .distinct()
        .toList();
  }

  /** The usual gauges, and those on request that are asked of a dataset. */
  List<Gauge> gauges(DatasetSpec dataset) {
    boolean asked = dataset.use().hasSection(DatasetUse.GAUGES);
    return sources.gauges().on(Gauge.Occasion.RUN, asked ? study.gauges() : List.of());
  }

  /** Of models that were made, those that a dataset is used for: with their parents. */
  static List<Model> made(DatasetSpec dataset, List<Model> made, List<Model> parents) {
    Set<String> there = parents.stream().map(m -> m.spec().name()).collect(Collectors.toSet());
    return made.stream()
        .filter(
            m ->
                dataset.use().models().isEmpty()
                    || m.spec().variant().parent().filter(there::contains).isPresent())
        .toList();
  }

  /** Whether it is asked of a dataset what late answers are worth. */
  boolean drives(DatasetSpec dataset) {
    return study.driving().isPresent() && dataset.use().hasSection(DrivingKeys.KEY);
  }

  /**
   * The clips of a dataset.
   *
   * @throws BadInputException if there are none; the message says what to do
   */
  Clips clips(Dataset dataset) {
    try {
      return Clips.of(dataset, study.driving().orElseThrow());
    } catch (BadInputException e) {
      throw study.datasets().size() == 1
          ? e
          : new BadInputException(
              e.getMessage()
                  + "; to drive through the study's other datasets alone, write 'use: {sections:"
                  + " []}' below this one",
              e);
    }
  }
}
