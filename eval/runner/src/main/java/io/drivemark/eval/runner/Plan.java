package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.eval.metrics.Protocol;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A study with everything opened: its cells, grouped by dataset, in the study's order. Immutable.
 *
 * @param groups the cells of each dataset
 */
record Plan(List<List<Cell>> groups) {

  /**
   * Opens what a study names.
   *
   * @throws BadInputException with every name, file and class space that is wrong, at once
   */
  static Plan of(Study study, Sources sources) {
    return new Planner(study, sources).plan();
  }

  /** All cells in the study's order. */
  List<Cell> cells() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /** Collects problems while it opens things. */
  private static final class Planner {
    private final Study study;
    private final Sources sources;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Availability> availabilities = new HashMap<>();
    private final Map<Model, String> digests = new IdentityHashMap<>();

    Planner(Study study, Sources sources) {
      this.study = study;
      this.sources = sources;
    }

    Plan plan() {
      Optional<Protocol> protocol =
          tried(() -> Protocols.named(study.protocol()).requirePixels("a study's dataset"));
      Map<EngineSpec, Engine> engines = new HashMap<>();
      for (EngineSpec spec : study.engines()) {
        tried(() -> sources.engines().apply(spec.name())).ifPresent(e -> engines.put(spec, e));
      }
      List<Model> models = new ArrayList<>();
      for (String reference : study.models()) {
        tried(() -> sources.models().apply(reference)).ifPresent(models::add);
      }
      requireDifferentNames(models);
      List<Frames> datasets = new ArrayList<>();
      for (DatasetSpec spec : study.datasets()) {
        tried(() -> new Frames(sources.datasets().apply(spec.request()), budget()))
            .ifPresent(datasets::add);
      }
      Map<Frames, Map<Model, LabelMapping>> mappings = new IdentityHashMap<>();
      for (Frames frames : datasets) {
        for (Model model : models) {
          tried(() -> ClassMatch.find(model, frames.dataset(), study.mapping()))
              .ifPresent(
                  m ->
                      mappings.computeIfAbsent(frames, f -> new IdentityHashMap<>()).put(model, m));
        }
      }
      if (!problems.isEmpty()) {
        throw new BadInputException(
            problems.size() == 1
                ? problems.get(0)
                : "study: " + problems.size() + " problems\n  " + String.join("\n  ", problems));
      }
      List<List<Cell>> groups = new ArrayList<>();
      for (Frames frames : datasets) {
        List<Cell> group = new ArrayList<>();
        for (Model model : models) {
          for (EngineSpec spec : study.engines()) {
            LabelMapping mapping = mappings.get(frames).get(model);
            group.add(cell(model, frames, spec, engines.get(spec), mapping, protocol.get()));
          }
        }
        groups.add(List.copyOf(group));
      }
      return new Plan(List.copyOf(groups));
    }

    private Cell cell(
        Model model,
        Frames frames,
        EngineSpec spec,
        Engine engine,
        LabelMapping mapping,
        Protocol protocol) {
      EngineOptions options = EngineOptions.defaults();
      return new Cell(
          model,
          digests.computeIfAbsent(model, Models::digest),
          frames,
          engine,
          availabilities.computeIfAbsent(engine.name(), name -> engine.probe()),
          spec.threads().isPresent() ? options.withThreads(spec.threads().getAsInt()) : options,
          inputSize(model, frames),
          mapping,
          study.grid(),
          protocol);
    }

    private FrameSize inputSize(Model model, Frames frames) {
      return study
          .size()
          .or(() -> model.spec().input().size().map(s -> new FrameSize(s.height(), s.width())))
          .or(frames::size)
          .orElseThrow(
              () ->
                  new BadInputException(
                      "dataset "
                          + frames.dataset().name()
                          + "/"
                          + frames.dataset().split()
                          + ": not one of its "
                          + frames.count()
                          + " frames can be read, so there is no size to run at; look at it with"
                          + " 'drivemark verify'"));
    }

    private void requireDifferentNames(List<Model> models) {
      Map<String, Model> byName = new HashMap<>();
      for (Model model : models) {
        Model twin = byName.put(model.spec().name(), model);
        if (twin != null) {
          problems.add(
              "two models are called '"
                  + model.spec().name()
                  + "'; give one of them another name in its model file");
        }
      }
    }

    private long budget() {
      return Frames.defaultBudgetBytes() / study.datasets().size();
    }

    private <T> Optional<T> tried(Supplier<T> open) {
      try {
        return Optional.of(open.get());
      } catch (BadInputException e) {
        problems.add(e.getMessage());
        return Optional.empty();
      }
    }
  }
}
