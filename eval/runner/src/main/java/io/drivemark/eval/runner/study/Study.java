package io.drivemark.eval.runner.study;

import io.drivemark.architectures.labelling.Grid;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What shall be measured: each model on each dataset with each engine. Immutable.
 *
 * @param datasets at least one
 * @param models what is there, or architectures with random weights; at least one unless variants
 *     are made
 * @param engines at least one
 * @param size the networks' input size; empty = native: the model's own, else the dataset's
 * @param mapping {@code auto}, a shipped mapping's name, or the path of a mapping file; a model may
 *     have its own
 * @param grid how outputs come onto the truth's grid
 * @param protocol the name of the rules accuracy follows
 * @param latency how speed is measured; empty = not at all
 * @param seed decides the random order of latency blocks
 * @param requirements bounds every entry must keep
 * @param prune variants to make first, and to measure like any other model
 * @param gauges names of those that judge besides the usual ones
 * @param depth which distances are judged, and how
 * @param driving what shall be said of answers that come late; empty = nothing
 * @param robustness under what networks of labels are judged besides clean frames, if at all
 */
public record Study(
    List<DatasetSpec> datasets,
    List<ModelSource> models,
    List<EngineSpec> engines,
    Optional<FrameSize> size,
    String mapping,
    Grid grid,
    String protocol,
    Optional<LatencySpec> latency,
    long seed,
    List<Requirement> requirements,
    Optional<PruneSpec> prune,
    List<String> gauges,
    DepthRule depth,
    Optional<DrivingSpec> driving,
    Optional<RobustnessSpec> robustness) {
  /** The schema's name, required in every study file. */
  public static final String SCHEMA = "drivemark-study/1";

  /** Mapping: the same label space, or the one shipped mapping between the two. */
  public static final String AUTO = "auto";

  /** The protocol where none is named. */
  public static final String DEFAULT_PROTOCOL = "cityscapes";

  /** A study that judges all known distances. */
  public Study(
      List<DatasetSpec> datasets,
      List<ModelSource> models,
      List<EngineSpec> engines,
      Optional<FrameSize> size,
      String mapping,
      Grid grid,
      String protocol,
      Optional<LatencySpec> latency,
      long seed,
      List<Requirement> requirements,
      Optional<PruneSpec> prune,
      List<String> gauges) {
    this(
        datasets,
        models,
        engines,
        size,
        mapping,
        grid,
        protocol,
        latency,
        seed,
        requirements,
        prune,
        gauges,
        DepthRule.everywhere(),
        Optional.empty(),
        Optional.empty());
  }

  /** A study without further gauges. */
  public Study(
      List<DatasetSpec> datasets,
      List<ModelSource> models,
      List<EngineSpec> engines,
      Optional<FrameSize> size,
      String mapping,
      Grid grid,
      String protocol,
      Optional<LatencySpec> latency,
      long seed,
      List<Requirement> requirements,
      Optional<PruneSpec> prune) {
    this(
        datasets,
        models,
        engines,
        size,
        mapping,
        grid,
        protocol,
        latency,
        seed,
        requirements,
        prune,
        List.of());
  }

  public Study {
    datasets = List.copyOf(datasets);
    models = List.copyOf(models);
    engines = List.copyOf(engines);
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(mapping, "mapping");
    Objects.requireNonNull(grid, "grid");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(latency, "latency");
    requirements = List.copyOf(requirements);
    Objects.requireNonNull(prune, "prune");
    gauges = List.copyOf(gauges);
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(driving, "driving");
    Objects.requireNonNull(robustness, "robustness");
    boolean nothing = models.isEmpty() && prune.isEmpty();
    if (datasets.isEmpty() || nothing || engines.isEmpty()) {
      throw new IllegalArgumentException(
          "a study needs at least one dataset, one model and one engine");
    }
  }

  /**
   * One dataset and some models on one engine; everything else as study files default it.
   *
   * @param models names of shipped models, or paths
   */
  public static Study of(DatasetSpec dataset, List<String> models, EngineSpec engine) {
    return new Study(
        List.of(dataset),
        named(models),
        List.of(engine),
        Optional.empty(),
        AUTO,
        Grid.LOGITS_BILINEAR,
        DEFAULT_PROTOCOL,
        Optional.of(LatencySpec.DEFAULT),
        1,
        List.of(),
        Optional.empty());
  }

  /** Models that are there, by name or path. */
  public static List<ModelSource> named(List<String> references) {
    return references.stream().<ModelSource>map(ModelSource.Named::new).toList();
  }

  /**
   * Reads a study file; paths in it are relative to its folder.
   *
   * @throws io.drivemark.problem.BadInputException with all problems of the file at once
   */
  public static Study read(Path file) {
    return StudyFile.read(file);
  }

  /**
   * Reads a study's text as {@link #toYaml} wrote it; paths in it stand as they are.
   *
   * @param source what to call it in messages
   * @throws io.drivemark.problem.BadInputException with all problems of the text at once
   */
  public static Study parse(String source, String text) {
    return StudyFile.parse(source, text, Path.of(""));
  }

  /** The same study measuring speed in another way, or not at all. */
  public Study withLatency(Optional<LatencySpec> other) {
    return with(datasets, models, engines, other, prune, gauges);
  }

  /** The same study on other datasets. */
  public Study withDatasets(List<DatasetSpec> others) {
    return with(others, models, engines, latency, prune, gauges);
  }

  /** The same study of other models. */
  public Study withModels(List<ModelSource> others) {
    return with(datasets, others, engines, latency, prune, gauges);
  }

  /** The same study with other engines. */
  public Study withEngines(List<EngineSpec> others) {
    return with(datasets, models, others, latency, prune, gauges);
  }

  /** The same study with variants to make. */
  public Study withPrune(PruneSpec variants) {
    return with(datasets, models, engines, latency, Optional.of(variants), gauges);
  }

  /** The same study of these models, none of them to be made. */
  public Study measuring(List<ModelSource> others) {
    return with(datasets, others, engines, latency, Optional.empty(), gauges);
  }

  /** The same study judged by these gauges besides the usual ones. */
  public Study withGauges(List<String> names) {
    return with(datasets, models, engines, latency, prune, names);
  }

  /** The same study with networks judged under this besides clean frames, or under nothing. */
  public Study withRobustness(Optional<RobustnessSpec> other) {
    return new Study(
        datasets,
        models,
        engines,
        size,
        mapping,
        grid,
        protocol,
        latency,
        seed,
        requirements,
        prune,
        gauges,
        depth,
        driving,
        other);
  }

  /** The same study that says this of answers that come late, or nothing. */
  public Study withDriving(Optional<DrivingSpec> other) {
    return new Study(
        datasets,
        models,
        engines,
        size,
        mapping,
        grid,
        protocol,
        latency,
        seed,
        requirements,
        prune,
        gauges,
        depth,
        other,
        robustness);
  }

  private Study with(
      List<DatasetSpec> otherDatasets,
      List<ModelSource> otherModels,
      List<EngineSpec> otherEngines,
      Optional<LatencySpec> otherLatency,
      Optional<PruneSpec> otherPrune,
      List<String> otherGauges) {
    return new Study(
        otherDatasets,
        otherModels,
        otherEngines,
        size,
        mapping,
        grid,
        protocol,
        otherLatency,
        seed,
        requirements,
        otherPrune,
        otherGauges,
        depth,
        driving,
        robustness);
  }

  /**
   * The models to measure besides variants: those named, and the parents of variants. A model with
   * cues stands behind the one inside.
   */
  public List<ModelSource> modelsAndParents() {
    Map<String, ModelSource> there = new HashMap<>();
    for (ModelSource source : models) {
      if (source instanceof ModelSource.Named named) {
        there.putIfAbsent(named.reference(), named);
      }
    }
    Set<ModelSource> all = new LinkedHashSet<>();
    for (ModelSource source : models) {
      if (source instanceof ModelSource.Cued cued) {
        all.add(there.computeIfAbsent(cued.of(), ModelSource.Named::new));
      }
      all.add(source);
    }
    for (String parent : prune.map(PruneSpec::parents).orElse(List.of())) {
      all.add(there.computeIfAbsent(parent, ModelSource.Named::new));
    }
    return List.copyOf(all);
  }

  /** The same study with every engine's threads spelled out. */
  public Study withThreads(int whereNotGiven) {
    return withEngines(
        engines.stream()
            .map(
                e ->
                    new EngineSpec(
                        e.name(), OptionalInt.of(e.threads().orElse(whereNotGiven)), e.form()))
            .toList());
  }

  /** The study as a file that reads back to it, every default spelled out. */
  public String toYaml() {
    return StudyFile.write(this);
  }
}
